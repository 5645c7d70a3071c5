"""The pages' table of contents: every resource that answers to a browser."""

from web.pages import (
    account,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    register_keeping,
    regulating,
    regulations,
    renditions,
    signing_in,
    tasks,
    templates,
    word,
)
from web.pages.blueprint import pages

RESOURCES = (
    account,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    register_keeping,
    regulating,
    regulations,
    renditions,
    signing_in,
    tasks,
    templates,
    word,
)

__all__ = ["RESOURCES", "pages"]
