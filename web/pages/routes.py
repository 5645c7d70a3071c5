"""The pages' table of contents: every resource that answers to a browser."""

from web.pages import (
    account,
    deadlines,
    decisions,
    documents,
    drafts,
    home,
    inbox,
    kinds,
    regulating,
    signing_in,
    tasks,
    word,
)
from web.pages.blueprint import pages

RESOURCES = (account, deadlines, decisions, documents, drafts, home, inbox, kinds, regulating, signing_in, tasks, word)

__all__ = ["RESOURCES", "pages"]
