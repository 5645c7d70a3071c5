"""A closed cycle as one file: every row that hangs on it, and what it came to; written the one canonical way.

`facts` are rows that nothing changes any more: read again, they have to be the same to the last letter. `names` are
what its offices, posts and evidence were called on that day, `computed` what the instrument of that day made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Select, or_

from governance.assessment import scoring
from governance.assessment.cycle_models import (
    Cycle,
    CyclePaper,
    CycleSeat,
    CycleStep,
    CycleTask,
    Share,
    TableImport,
)
from governance.assessment.evidence_models import Evidence, EvidenceStep, EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.rated import present, scores_of
from governance.assessment.score_models import DocumentEffort, Rebuttal, Score, StepEffort
from governance.documents.models import Act, Document
from governance.kernel.db import Tenant, db, within
from governance.people.models import Post, Unit
from governance.trail.chain import canonical

FORMAT = 1
OF_A_CYCLE: tuple[type[Any], ...] = (
    CycleSeat,
    Share,
    CycleTask,
    CyclePaper,
    CycleStep,
    TableImport,
    EvidenceUse,
    Score,
    Rebuttal,
    StepEffort,
    DocumentEffort,
)
# Of what hangs on other things too, only what its own triggers never let change again.
OF_THE_CYCLE = ("id", "year", "instrument", "round", "target", "ready_by", "note", "made_at", "opened_at")
OF_EVIDENCE = ("id", "act_id", "sha256", "media", "size", "unit_id", "by_title", "at")
OF_AN_ACT = ("id", "kind", "number", "signed_on", "sha256")


@dataclass(frozen=True)
class Verdict:
    """What came of reading a closed cycle again: the parts of `facts` that differ, and whether the index does."""

    differing: tuple[str, ...]
    computed_differs: bool

    @property
    def is_whole(self) -> bool:
        """Whether every row is as it was when the cycle was closed."""
        return not self.differing


def frozen(institution_id: int, cycle_id: int, instrument: Instrument, release: str) -> dict[str, Any]:
    """Everything of the cycle as it is now. `release` names the law data that the instrument comes from."""
    return {
        "format": FORMAT,
        "facts": facts_of(institution_id, cycle_id),
        "names": _names(institution_id, cycle_id),
        "computed": computed(institution_id, cycle_id, instrument),
        "law_release": release,
    }


def written(content: Mapping[str, Any]) -> bytes:
    """The bytes of the file: JSON, keys sorted, no spaces, so that the same content has the same sha256."""
    return canonical(dict(content)).encode()


def compared(kept: Mapping[str, Any], now: Mapping[str, Any]) -> Verdict:
    """Whether the rows still say what the file says. A paper may have become an act since: that changes nothing."""
    before, after = kept["facts"], now["facts"] | {"act": _known(now["facts"]["act"], kept["facts"]["act"])}
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return Verdict(tuple(names), kept["computed"] != now["computed"])


def _known(rows: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = {row["id"] for row in before}
    return [row for row in rows if row["id"] in keys]


def facts_of(institution_id: int, cycle_id: int) -> dict[str, Any]:
    """Every row that hangs on the cycle, table by table, in the order of their keys."""
    found: dict[str, Any] = {}
    for model in OF_A_CYCLE:
        of_it = model.cycle_id == cycle_id
        found[model.__tablename__] = _rows(institution_id, model, [column.key for column in _columns(model)], of_it)
    uses = _of(institution_id, cycle_id, EvidenceUse, EvidenceUse.id)
    files = _of(institution_id, cycle_id, EvidenceUse, EvidenceUse.evidence_id)
    papers = _of(institution_id, cycle_id, CyclePaper, CyclePaper.document_id)
    steps = [column.key for column in _columns(EvidenceStep)]
    found["evidence_step"] = _rows(institution_id, EvidenceStep, steps, EvidenceStep.use_id.in_(uses))
    found["evidence"] = _rows(institution_id, Evidence, OF_EVIDENCE, Evidence.id.in_(files))
    found["act"] = _rows(institution_id, Act, OF_AN_ACT, _is_named(institution_id, files, papers))
    found["cycle"] = _rows(institution_id, Cycle, OF_THE_CYCLE, Cycle.id == cycle_id)
    return found


def computed(institution_id: int, cycle_id: int, instrument: Instrument) -> dict[str, Any]:
    """The index of every stage and of what counts at present: exact, with every tier and what is not rated."""
    scores = scores_of(institution_id, cycle_id)
    by_stage = {stage.value: values for stage, values in scores.items() if values}
    return {name: _index(instrument, values) for name, values in (by_stage | {"present": present(scores)}).items()}


def _index(instrument: Instrument, values: Mapping[str, Any]) -> dict[str, Any]:
    index = scoring.score(instrument, values)
    exact = index.exact
    return {
        "index": scoring.two_decimals(exact) if exact is not None else None,
        "index_exact": scoring.as_fraction(exact) if exact is not None else None,
        "predicate": instrument.predicate_of(exact) if exact is not None else None,
        "missing": list(index.missing),
        "range": [scoring.as_fraction(index.low), scoring.as_fraction(index.high)],
        "tiers": {
            tier: {code: scoring.as_fraction(value) if value is not None else None for code, value in of_tier.items()}
            for tier, of_tier in index.tiers.items()
        },
    }


def _is_named(institution_id: int, files: Select[Any], papers: Select[Any]) -> Any:
    """Acts that are evidence of the cycle, or that its papers became."""
    given = within(institution_id, Evidence, Evidence.act_id).where(
        Evidence.id.in_(files), Evidence.act_id.is_not(None)
    )
    signed = within(institution_id, Document, Document.act_id).where(
        Document.id.in_(papers), Document.act_id.is_not(None)
    )
    return Act.id.in_(given) | Act.id.in_(signed)


def _names(institution_id: int, cycle_id: int) -> dict[str, dict[str, str]]:
    """What those who took part were called, and what the evidence and the papers were."""
    units = [_of(institution_id, cycle_id, model, model.unit_id) for model in (Share, EvidenceUse, StepEffort)]
    named = (
        ("units", Unit, Unit.name, units),
        ("posts", Post, Post.title, [_of(institution_id, cycle_id, CycleSeat, CycleSeat.post_id)]),
        ("evidence", Evidence, Evidence.name, [_of(institution_id, cycle_id, EvidenceUse, EvidenceUse.evidence_id)]),
        ("papers", Document, Document.title, [_of(institution_id, cycle_id, CyclePaper, CyclePaper.document_id)]),
    )
    return {
        what: {
            str(key): name
            for key, name in db.session.execute(
                within(institution_id, model, model.id, column).where(or_(*(model.id.in_(one) for one in keys)))
            )
        }
        for what, model, column, keys in named
    }


def _of(institution_id: int, cycle_id: int, model: type[Any], column: Any) -> Select[Any]:
    return within(institution_id, model, column).where(model.cycle_id == cycle_id)


def _rows(institution_id: int, model: type[Tenant], columns: Any, condition: Any) -> list[dict[str, Any]]:
    """The rows as the database has them: read column by column, so that nothing not yet written slips in."""
    wanted = [getattr(model, name) for name in columns]
    rows = within(institution_id, model, *wanted).where(condition).order_by(model.id)
    return [{name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in db.session.execute(rows)]


def _columns(model: type[Any]) -> list[Any]:
    return [column for column in model.__table__.columns if column.key != "institution_id"]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
