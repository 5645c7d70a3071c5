"""Screening: what comes in through an upload is looked through by clamd, where one is configured, before it is kept."""

from collections.abc import Sequence

import structlog

from governance.kernel.errors import Invalid, Problem
from governance.tasks.handing_in import FilePart
from workflows.library import Library
from workflows.outside.clamd import NotAnswering, found_in

log = structlog.get_logger()


def require_clean(files: Sequence[FilePart], library: Library, place: str = "files") -> None:
    """Invalid where clamd finds something, or does not answer: configured means required, nothing is kept unseen.

    Called before a verb's transaction, so that no row is locked while a file is looked through.
    """
    if not library.clamd.is_asked:
        return
    problems = [one for file in files if (one := _problem(file, library, place)) is not None]
    if problems:
        raise Invalid(*problems)


def _problem(file: FilePart, library: Library, place: str) -> Problem | None:
    where, told = file.want or place, {"name": file.name[:80]}
    try:
        found = found_in(library.clamd, file.data)
    except NotAnswering as error:
        log.error("clamd does not answer", why=str(error))
        return Problem(where, "evidence.not_screened", told)
    if not found:
        return None
    log.warning("clamd found something", found=found, size=len(file.data))
    return Problem(where, "evidence.infected", told | {"found": found[:100]})
