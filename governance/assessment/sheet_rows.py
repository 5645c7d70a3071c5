"""What stands in a cycle now, as plain rows by their name ("score:5:self"), and as the texts of a workbook's cells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from governance.assessment.course import Part, ScoreStage
from governance.assessment.cycle_models import Share
from governance.assessment.score_models import DocumentEffort, Score, StepEffort
from governance.assessment.sheet_layout import EFFORTS, PAPERS, RULED_OUT, SCORED, SHARES, Place, why
from governance.assessment.sheet_offices import Office, Offices
from governance.documents.values import cleaned_text
from governance.kernel.db import db, within
from governance.kernel.texts import FORBIDDEN
from governance.people.models import Unit

Row = dict[str, Any]
Rows = Mapping[str, Row]


def standing(institution_id: int, cycle_id: int) -> dict[str, Row]:
    """Every share, score that counts, effort of a step and of a document. Four statements."""
    found: dict[str, Row] = {}
    for share in db.session.scalars(within(institution_id, Share).where(Share.cycle_id == cycle_id)):
        units = found.setdefault(f"share:{share.item}", {"units": {}})["units"]
        units[str(share.unit_id)] = [share.part.value, share.how_sure]
    counting = within(institution_id, Score).where(Score.cycle_id == cycle_id, Score.counts)
    for score in db.session.scalars(counting):
        found[f"score:{score.item}:{score.stage.value}"] = score_row(score)
    for step in db.session.scalars(within(institution_id, StepEffort).where(StepEffort.cycle_id == cycle_id)):
        found[f"effort:{step.item}:{step.level}"] = effort_row(step)
    papers = within(institution_id, DocumentEffort).where(DocumentEffort.cycle_id == cycle_id)
    for paper in db.session.scalars(papers):
        found[f"document:{paper.key}"] = document_row(paper)
    return found


def score_row(score: Score) -> Row:
    """A score as it is kept with an import."""
    return {
        "id": score.id,
        "value": score.value,
        "source_value": score.source_value,
        "explanation": score.explanation,
        "uses": list(score.uses),
    }


def effort_row(step: StepEffort) -> Row:
    """The effort of a step, as above."""
    return {
        "version": step.version,
        "effort": step.effort,
        "unit_id": step.unit_id,
        "earliest_on": step.earliest_on.isoformat() if step.earliest_on else None,
        "needs": list(step.needs),
        "documents": list(step.documents),
        "note": step.note,
        "by_title": step.by_title,
        "at": step.at.astimezone(UTC).isoformat(),
    }


def document_row(paper: DocumentEffort) -> Row:
    """The effort of a document, as above."""
    told = {"version": paper.version, "title": paper.title, "effort": paper.effort}
    return told | {"by_title": paper.by_title, "at": paper.at.astimezone(UTC).isoformat()}


def cells_of(rows: Rows, offices: Offices) -> dict[Place, str]:
    """The rows as the workbook has them, cell by cell; a blank cell is left out."""
    found: dict[Place, str] = {}
    for name, row in rows.items():
        found |= {place: text for place, text in _cells(name, row, offices) if text}
    return found


def _cells(name: str, row: Row, offices: Offices) -> Iterable[tuple[Place, str]]:
    kind, _, of = name.partition(":")
    if kind == "share":
        parts: dict[str, list[str]] = defaultdict(list)
        for unit_id, (part, _sure) in row["units"].items():
            parts[part].append(offices.key_of(int(unit_id)))
        yield (SHARES, of, "responsible"), "".join(parts[Part.RESPONSIBLE.value])
        yield (SHARES, of, "contributors"), ";".join(sorted(parts[Part.CONTRIBUTOR.value]))
    elif kind == "score" and row["value"] is not None:
        item, _, stage = of.rpartition(":")
        yield (SCORED, item, stage), row["value"]
        yield (SCORED, item, why(ScoreStage(stage))), plain(row["explanation"])
    elif kind == "effort":
        yield (EFFORTS, of, "effort"), RULED_OUT if row["effort"] is None else row["effort"]
        yield (EFFORTS, of, "unit"), offices.key_of(row["unit_id"]) if row["unit_id"] else ""
        yield (EFFORTS, of, "earliest"), row["earliest_on"] or ""
        yield (EFFORTS, of, "needs"), ";".join(sorted(row["needs"]))
        yield (EFFORTS, of, "documents"), ";".join(sorted(row["documents"]))
        yield (EFFORTS, of, "note"), plain(row["note"])
    elif kind == "document":
        yield (PAPERS, of, "title"), plain(row["title"])
        yield (PAPERS, of, "effort"), row["effort"]


def plain(text: str) -> str:
    """A text as a cell can hold it."""
    return cleaned_text(FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))


def offices_of(institution_id: int) -> Offices:
    """The institution's offices as a workbook names them. One statement."""
    rows = within(institution_id, Unit, Unit.id, Unit.key, Unit.short, Unit.name).order_by(Unit.id)
    return Offices.of(Office(*row) for row in db.session.execute(rows))
