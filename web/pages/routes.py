"""The pages' table of contents: every resource that answers to a browser."""

from web.pages import (
    account,
    comments,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    people,
    register_keeping,
    regulating,
    regulations,
    renditions,
    reviewing,
    signing,
    signing_in,
    tasks,
    templates,
    verifying,
    word,
)
from web.pages.blueprint import pages

RESOURCES = (
    account,
    comments,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    people,
    register_keeping,
    regulating,
    regulations,
    renditions,
    reviewing,
    signing,
    signing_in,
    tasks,
    templates,
    verifying,
    word,
)

__all__ = ["RESOURCES", "pages"]
