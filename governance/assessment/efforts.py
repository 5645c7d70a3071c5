"""What a path is planned on, as it stands in the database: efforts entered, shares, offices, declarations, requests."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, union_all

from governance.assessment.course import Part
from governance.assessment.cycle_models import Criterion, Cycle, Share
from governance.assessment.evidence_models import Declaration
from governance.assessment.result_models import PublishedResult
from governance.assessment.score_models import DocumentEffort, StepEffort
from governance.assessment.steps import Rung
from governance.assessment.values import number_in
from governance.documents.lifecycle import State
from governance.documents.models import Document
from governance.documents.queries import readable
from governance.kernel.db import db, json_of, within
from governance.people.actors import Actor
from governance.people.models import Unit
from governance.tasks import queries as tasks
from governance.tasks.models import Assignment, Source, Task

PLACE = "{item}:{level} ({year})"  # how a task names the step it is asked for


@dataclass(frozen=True)
class EnteredStep:
    """What an institution says of a step. Without an effort the step is ruled out."""

    item: str
    level: int
    effort: Fraction | None
    unit_id: int | None = None
    earliest_on: date | None = None
    needs: tuple[Rung, ...] = ()
    documents: tuple[str, ...] = ()
    note: str = ""
    by_title: str = ""
    version: int = 0

    @property
    def rung(self) -> Rung:
        """The item and the level it reaches."""
        return self.item, self.level


@dataclass(frozen=True)
class EnteredDocument:
    """What an institution says that a work on a document asks once."""

    key: str
    title: str
    effort: Fraction
    by_title: str = ""
    version: int = 0


@dataclass(frozen=True)
class Published:
    """Values of the tiers above the items as the ministry published them, and of which year."""

    year: int
    values: Mapping[str, Fraction]


@dataclass(frozen=True)
class Facts:
    """What hangs on a cycle and counts for its path.

    `asked` are the requests for steps, by their PLACE; `loaded` is the official wording of levels with its source;
    `readable` are the documents under way that the actor may see, `seen` the requests.
    """

    steps: Mapping[Rung, EnteredStep] = field(default_factory=dict)
    documents: Mapping[str, EnteredDocument] = field(default_factory=dict)
    responsible: Mapping[str, int] = field(default_factory=dict)
    contributors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    published: Published | None = None
    readable: frozenset[int] = frozenset()
    loaded: Mapping[Rung, tuple[str, str]] = field(default_factory=dict)

    def offices_of(self, item: str) -> tuple[int, ...]:
        """Who has a share in an item: first who answers for it."""
        first = (self.responsible[item],) if item in self.responsible else ()
        return (*first, *self.contributors.get(item, ()))


def facts_of(actor: Actor, cycle_id: int) -> Facts:
    """Everything that a path is planned on besides the scores and the documents. One statement."""
    open_to_read = within(actor.institution_id, Document, literal("open"), json_of(id=Document.id)).where(
        Document.state.not_in((State.ENACTED, State.WITHDRAWN)), readable(actor)
    )
    of_actor = within(actor.institution_id, Task, literal("seen"), json_of(id=Task.assignment_id))
    of_actor = of_actor.join(Assignment, Assignment.id == Task.assignment_id)
    of_actor = of_actor.where(_asked_in(actor.institution_id, cycle_id), tasks.readable(actor)).distinct()
    rows = db.session.execute(union_all(*_parts(actor.institution_id, cycle_id), open_to_read, of_actor)).all()
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for what, told in rows:
        found[what].append(told)
    steps = [_step(one) for one in found["step"]]
    documents = [EnteredDocument(**one | {"effort": Fraction(one["effort"])}) for one in found["document"]]
    return Facts(
        steps={one.rung: one for one in steps},
        documents={one.key: one for one in documents},
        responsible={one["item"]: one["unit_id"] for one in found["share"] if one["part"] == Part.RESPONSIBLE},
        contributors=_gathered((one["item"], one["unit_id"]) for one in found["share"] if one["part"] == "contributor"),
        units={one["id"]: one["name"] for one in sorted(found["unit"], key=lambda one: one["name"])},
        declared={kind: frozenset(all_of) for kind, all_of in _gathered(_declared(found["declared"])).items()},
        asked={one["place"]: one["id"] for one in sorted(found["asked"], key=lambda one: one["id"])},
        published=_published(found["result"]),
        readable=frozenset(one["id"] for one in found["open"]),
        seen=frozenset(one["id"] for one in found["seen"]),
        loaded={(one["item"], one["level"]): (one["wording"], one["source"]) for one in found["criterion"]},
    )


def entered_steps(institution_id: int, cycle_id: int) -> dict[Rung, EnteredStep]:
    """The steps that the institution said something of. One statement."""
    part = _parts(institution_id, cycle_id)[0]
    return {one.rung: one for _what, told in db.session.execute(part) for one in [_step(told)]}


def _parts(institution_id: int, cycle_id: int) -> list[Select[Any]]:
    """One SELECT of each sort of row, all of the same two columns: what it is, and the row as JSON."""
    cycle = select(Cycle.instrument).where(Cycle.institution_id == institution_id, Cycle.id == cycle_id)
    told = {
        "step": (StepEffort, {name: getattr(StepEffort, name) for name in _STEP}),
        "document": (DocumentEffort, {name: getattr(DocumentEffort, name) for name in _DOCUMENT}),
        "share": (Share, {"item": Share.item, "unit_id": Share.unit_id, "part": Share.part}),
        "unit": (Unit, {"id": Unit.id, "name": Unit.name}),
        "declared": (Declaration, {"kind": Document.kind, "state": Declaration.state}),
        "asked": (Assignment, {"id": Assignment.id, "place": Assignment.place}),
        "criterion": (Criterion, {name: getattr(Criterion, name) for name in _CRITERION}),
        "result": (PublishedResult, {"year": PublishedResult.year, "values": PublishedResult.values}),
    }
    parts = {
        what: within(institution_id, model, literal(what), json_of(**columns))
        for what, (model, columns) in told.items()
    }
    parts["step"] = parts["step"].where(StepEffort.cycle_id == cycle_id)
    parts["document"] = parts["document"].where(DocumentEffort.cycle_id == cycle_id)
    parts["share"] = parts["share"].where(Share.cycle_id == cycle_id)
    acts = (Document.act_id == Declaration.act_id) & (Document.institution_id == Declaration.institution_id)
    declared = parts["declared"].select_from(Declaration).join(Document, acts)
    parts["declared"] = declared.where(Declaration.withdrawn_at.is_(None))
    parts["asked"] = parts["asked"].where(_asked_in(institution_id, cycle_id))
    parts["criterion"] = parts["criterion"].where(Criterion.instrument == cycle.scalar_subquery())
    same = PublishedResult.instrument == cycle.scalar_subquery()
    parts["result"] = parts["result"].where(same, PublishedResult.withdrawn_at.is_(None))
    return list(parts.values())


def _asked_in(institution_id: int, cycle_id: int) -> ColumnElement[bool]:
    """What was asked for an indicator since the cycle was set up."""
    made_at = select(Cycle.made_at).where(Cycle.institution_id == institution_id, Cycle.id == cycle_id)
    return (Assignment.source == Source.INDICATOR) & (Assignment.created_at >= made_at.scalar_subquery())


_WRITTEN = ("by_title", "version")
_DOCUMENT = ("key", "title", "effort", *_WRITTEN)
_CRITERION = ("item", "level", "wording", "source")
_STEP = ("item", "level", "effort", "unit_id", "earliest_on", "needs", "documents", "note", *_WRITTEN)


def _step(told: dict[str, Any]) -> EnteredStep:
    earliest = told["earliest_on"]
    read = {
        "effort": None if told["effort"] is None else Fraction(told["effort"]),
        "earliest_on": date.fromisoformat(earliest) if earliest else None,
        "needs": tuple(rung_of(one) for one in _listed(told["needs"])),
        "documents": tuple(_listed(told["documents"])),
    }
    return EnteredStep(**told | read)


def rung_of(text: str) -> Rung:
    """ "19:2" as an item and a level."""
    item, _colon, level = text.rpartition(":")
    return item, int(level)


def _listed(value: Any) -> list[Any]:
    """A JSON column inside a JSON object: SQLite hands it on as text."""
    return list(json.loads(value) if isinstance(value, str) else value or ())


def _gathered(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _declared(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    return ((one["kind"], one["state"]) for one in rows)


def _published(rows: Iterable[dict[str, Any]]) -> Published | None:
    """The latest year in which the same instrument was used; what cannot be read as a number is left out."""
    latest = max(rows, key=lambda one: int(one["year"]), default=None)
    if latest is None:
        return None
    raw = latest["values"]
    values = {code: number_in(text) for code, text in (json.loads(raw) if isinstance(raw, str) else raw).items()}
    return Published(latest["year"], {code: value for code, value in values.items() if value is not None})
