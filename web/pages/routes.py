"""The pages' table of contents: every resource that answers to a browser."""

from web.pages import (
    account,
    agenda,
    comments,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    numbers,
    register_keeping,
    regulating,
    regulations,
    relating,
    renditions,
    reviewing,
    signing_in,
    tasks,
    templates,
    word,
)
from web.pages.blueprint import pages

RESOURCES = (
    account,
    agenda,
    comments,
    comparisons,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    numbers,
    register_keeping,
    regulating,
    regulations,
    relating,
    renditions,
    reviewing,
    signing_in,
    tasks,
    templates,
    word,
)

__all__ = ["RESOURCES", "pages"]
