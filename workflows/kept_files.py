"""Which columns name kept files, and from that: files that no row names, and rows whose file is missing or damaged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from governance.assessment.cycle_models import Cycle, TableImport
from governance.assessment.evidence_models import Evidence
from governance.assessment.result_models import PublishedResult
from governance.documents.act_models import Signature, Signing
from governance.documents.delivery_models import Delivery
from governance.documents.models import (
    Act,
    Decision,
    ExternalStep,
    OwnTemplate,
    Promulgation,
    Rendition,
    Revision,
    WorkingCopy,
)
from governance.documents.publication_models import Publication
from governance.documents.step_models import StepChange
from governance.kernel.db import db
from governance.kernel.files import PREFIXES, Files
from governance.obligations.models import EvaluationLetter, Milestone, Obligation
from governance.tasks.models import HandInFile

GRACE = timedelta(hours=24)  # A file is written before the row that names it commits.

DIGITS = "0123456789abcdef"  # Names are looked at one first digit at a time, to keep memory small.

# Every column that ends with sha256 stands in one of these two; tests/house/test_kept_files.py says so.
NAMES_A_FILE: tuple[InstrumentedAttribute[str] | InstrumentedAttribute[str | None], ...] = (
    Revision.sha256,
    Revision.source_sha256,
    WorkingCopy.file_sha256,
    OwnTemplate.sha256,
    Decision.sha256,
    StepChange.sha256,
    Act.sha256,
    Act.scan_sha256,
    Promulgation.sha256,
    Signature.sha256,
    Signing.approved_sha256,
    Signing.sealed_sha256,
    Signing.word_sha256,
    Signing.prepared_sha256,
    Signing.signed_sha256,
    ExternalStep.scan_sha256,
    Rendition.source_sha256,
    Rendition.word_sha256,
    Rendition.pdf_sha256,
    Publication.sha256,
    Publication.source_sha256,
    Delivery.scan_sha256,
    EvaluationLetter.scan_sha256,
    Milestone.scan_sha256,
    Obligation.report_sha256,
    HandInFile.sha256,
    Cycle.frozen_sha256,
    TableImport.sha256,
    Evidence.sha256,
    PublishedResult.scan_sha256,
)
NAMES_NO_FILE = (Revision.template_sha256,)  # A template is part of the program.


@dataclass(frozen=True)
class Fault:
    """A file that a row names and that is not there, or is not what it was."""

    column: str
    sha256: str
    why: str  # "missing" or "damaged"


@dataclass
class Swept:
    """What no row names (`count` files, `size` bytes), and what rows name in vain."""

    count: int = 0
    size: int = 0
    faults: tuple[Fault, ...] = ()


def sweep(files: Files, *, now: datetime, dry: bool) -> Swept:
    """Remove what no row has named for a day (`dry`: only count it), and look whether all that rows name is whole."""
    swept = Swept()
    oldest = (now - GRACE).timestamp()
    for digit in DIGITS:
        prefixes = [prefix for prefix in PREFIXES if prefix.startswith(digit)]
        there = {sha256 for prefix in prefixes for sha256 in files.kept_under(prefix)}
        named = _named_under(digit)  # Read after the files: what is written meanwhile is named, not orphaned.
        for sha256 in sorted(there - named.keys()):
            _sweep_one(files, sha256, oldest, swept, dry=dry)
        for place in (place for prefix in prefixes for place in files.unfinished_under(prefix)):
            if not dry and place.stat().st_mtime < oldest:
                place.unlink()
        swept.faults += tuple(_faults(files, named))
    return swept


def _sweep_one(files: Files, sha256: str, oldest: float, swept: Swept, *, dry: bool) -> None:
    place = files.place(sha256)
    try:
        found = place.stat()
    except FileNotFoundError:
        return
    if found.st_mtime >= oldest:
        return
    size = found.st_size if dry else files.remove(sha256, older_than=oldest)
    if dry or not place.exists():
        swept.count += 1
        swept.size += size


def _faults(files: Files, named: dict[str, str]) -> Iterator[Fault]:
    for sha256, column in sorted(named.items()):
        if not files.is_whole(sha256):
            yield Fault(column, sha256, "damaged" if files.place(sha256).exists() else "missing")


def _named_under(digit: str) -> dict[str, str]:
    """sha256 -> the column that names it, of all that begin with `digit`."""
    named: dict[str, str] = {}
    for column in NAMES_A_FILE:
        found = select(column).where(column.startswith(digit)).distinct().execution_options(across=True)
        for sha256 in db.session.scalars(found):
            if sha256 is not None:
                named.setdefault(sha256, str(column))
    db.session.rollback()
    return named
