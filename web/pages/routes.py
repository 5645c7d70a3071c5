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
    kind_routes,
    kinds,
    register_keeping,
    regulating,
    regulations,
    renditions,
    reviewing,
    signing_in,
    tasks,
    templates,
    turning,
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
    kind_routes,
    kinds,
    register_keeping,
    regulating,
    regulations,
    renditions,
    reviewing,
    signing_in,
    tasks,
    templates,
    turning,
    word,
)

__all__ = ["RESOURCES", "pages"]
