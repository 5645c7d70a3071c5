"""What a cycle says in its papers: fields of report, minutes and consent, filled from it; and what changed since."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from governance.assessment.course import CycleRole, ScoreStage
from governance.assessment.instruments import Instrument
from governance.assessment.judging import EvidenceState
from governance.assessment.paper_facts import Facts, day_of
from governance.assessment.scoring import Index, as_fraction, predicates_of, score, two_decimals
from governance.assessment.sheet_layout import STAGES
from governance.assessment.sheets import number
from governance.calendar.words import day_in_words
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.models import Secrecy
from governance.documents.phrases import spelled
from governance.documents.values import as_entries, as_texts, cleaned_value

REPORT, MINUTES, CONSENT = "self_assessment_report", "self_assessment_minutes", "publication_consent"
KINDS = (REPORT, MINUTES, CONSENT)
FROM_CYCLE = "draft.source.cycle"
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROLES = {
    CycleRole.COORDINATOR: "Koordinator",
    CycleRole.ANSWERABLE: "Penanggung Jawab Tim Asesor Internal",
    CycleRole.DATA_ENTRY: "Pelaksana Entri Data",
    CycleRole.ASSESSOR: "Anggota Tim Asesor Internal",
}
SIGNING = (CycleRole.ANSWERABLE, CycleRole.DATA_ENTRY, CycleRole.ASSESSOR)
MOST_NAMED = 30  # items in one sentence
CUT = "... (selengkapnya pada siklusnya)"


@dataclass(frozen=True)
class Ground:
    """What papers are written from besides the facts: the instrument, who holds which post, the institution's day."""

    instrument: Instrument
    year: int
    names: Mapping[int, str]
    zone_day: date | None  # on which the self-assessment was handed on


def fields_of(kind: Kind, facts: Facts, ground: Ground) -> dict[str, Any]:
    """The fields of a paper of that kind that the cycle can fill; the others keep what a draft starts with."""
    made = {REPORT: _report, MINUTES: _minutes, CONSENT: _consent}[kind.key](facts, ground)
    return {spec.key: _fitted(spec, made[spec.key]) for spec in kind.fields if made.get(spec.key)}


def _report(facts: Facts, ground: Ground) -> dict[str, Any]:
    count = len(ground.instrument.items)
    return {
        "summary": _summary(facts, ground, every_stage=True),
        "participants": _participants(facts),
        "counted": f"{count} ({spelled(count)}) butir {ground.instrument.title}",
        "scores": _scores(facts, ground.instrument),
        "proofs": _proofs(facts),
        "notes": _notes(facts, ground.instrument),
        "improvements": _improvements(facts, ground.instrument),
    }


def _minutes(facts: Facts, ground: Ground) -> dict[str, Any]:
    found: dict[str, Any] = {"summary": _summary(facts, ground, every_stage=False)}
    if ground.zone_day is not None:
        found |= {"held_on": ground.zone_day.isoformat(), "weekday": WEEKDAYS[ground.zone_day.weekday()]}
    signers = [
        {"office": f"{ROLES[CycleRole(one['role'])]} ({one['title']})", "name": ground.names.get(one["post_id"], "")}
        for role in SIGNING
        for one in facts.seats
        if one["role"] == role
    ]
    return found | {"signers": signers}


def _consent(facts: Facts, ground: Ground) -> dict[str, Any]:
    """Who consents has to know to what: the index of the self-assessment, where every item is rated."""
    index = _index(facts, ground.instrument, ScoreStage.SELF)
    if index.exact is None:
        return {}
    return {"self_assessed": f"{_shown(index.exact)} menurut {ground.instrument.title}"}


# ---------------------------------------------------------------- the parts


def values_of(facts: Facts, stage: ScoreStage) -> dict[str, Fraction]:
    """The values of one stage, exact."""
    return {one["item"]: Fraction(one["value"]) for one in facts.scores if one["stage"] == stage}


def _index(facts: Facts, instrument: Instrument, stage: ScoreStage) -> Index:
    return score(instrument, values_of(facts, stage))


def _shown(value: Fraction) -> str:
    return two_decimals(value).replace(".", ",")


def _summary(facts: Facts, ground: Ground, *, every_stage: bool) -> list[dict[str, str]]:
    """The index of each stage that has rated anything, then every tier of the self-assessment."""
    instrument = ground.instrument
    stages = [stage for stage in ScoreStage if every_stage or stage is ScoreStage.SELF]
    rows = [_stage_row(stage, _index(facts, instrument, stage), instrument) for stage in stages if _rated(facts, stage)]
    if not rows:
        return []
    own = _index(facts, instrument, ScoreStage.SELF)
    for code, group in instrument.groups.items():
        value = own.tiers[instrument.tier_of[code]][code]
        weight = f"bobot {_decimal(group.weight)}%"
        rows.append(
            {"what": f"{code} {group.name}", "score": _shown(value) if value is not None else "", "note": weight}
        )
    return rows


def _rated(facts: Facts, stage: ScoreStage) -> bool:
    return any(one["stage"] == stage for one in facts.scores)


def _stage_row(stage: ScoreStage, index: Index, instrument: Instrument) -> dict[str, str]:
    """A stage's index, exact beside the rounded one; with gaps it has none, and the range is told."""
    what = f"{instrument.index_name}, {STAGES[stage].lower()}"
    if index.exact is None:
        span = f"{_shown(index.low)} sampai {_shown(index.high)}"
        missing = f"{len(index.missing)} butir belum dinilai; rentang {span}"
        return {"what": what, "score": "", "note": missing}
    exact, of_rounded = predicates_of(instrument, index.exact)
    told = exact if exact == of_rounded else f"{exact}; dibulatkan {of_rounded}"
    return {"what": what, "score": _shown(index.exact), "note": f"{told}; eksak {as_fraction(index.exact)}"}


def _participants(facts: Facts) -> list[dict[str, str]]:
    rows = [{"office": one["title"], "part": ROLES[CycleRole(one["role"])]} for one in facts.seats]
    items: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in facts.shares:
        items[one["unit"]][one["part"]].append(one["item"])
    for unit, parts in sorted(items.items()):
        told = [
            f"{words} butir {_listed(parts[part])}"
            for part, words in (("responsible", "penanggung jawab"), ("contributor", "kontributor"))
            if parts[part]
        ]
        rows.append({"office": unit, "part": "; ".join(told)})
    return rows


def _scores(facts: Facts, instrument: Instrument) -> list[dict[str, str]]:
    """Every item, also those that are not rated yet: a blank is no level 1."""
    own = {one["item"]: one for one in facts.scores if one["stage"] == ScoreStage.SELF}
    rows = []
    for key, item in instrument.items.items():
        found = own.get(key)
        told = {"score": _number(found["value"]), "why": found["explanation"]} if found else {"score": "", "why": ""}
        rows.append({"indicator": f"{key}. {item.name}", **told})
    return rows


def _proofs(facts: Facts) -> list[dict[str, str]]:
    """Accepted evidence, once for all its items; what is secret is not named in a paper that everyone reads."""
    pieces: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for one in facts.uses:
        if one["state"] == EvidenceState.ACCEPTED and one["secrecy"] == Secrecy.BIASA:
            pieces[one["evidence_id"]].append(one)
    return [
        {
            "proof": uses[0]["name"],
            "number": _dated(uses[0]),
            "indicators": _listed(dict.fromkeys(one["item"] for one in uses)),
            "owner": "; ".join(dict.fromkeys(one["unit"] for one in uses)),
        }
        for uses in pieces.values()
    ]


def _dated(one: Mapping[str, Any]) -> str:
    day = day_of(one["signed_on"]) or day_of(one["dated_on"])
    parts = [f"Nomor {one['number']}" if one["number"] else "", f"tanggal {day_in_words(day)}" if day else ""]
    return " ".join(filter(None, parts))


def _notes(facts: Facts, instrument: Instrument) -> list[str]:
    """Evidence counted, what is not rated, where respondent and assessors differ, what is not named."""
    states = Counter(str(one["state"]) for one in facts.uses)
    accepted, checked = states[EvidenceState.ACCEPTED], states[EvidenceState.IN_PROCESS]
    waiting = states[EvidenceState.DRAFT] + states[EvidenceState.REVISE]
    told = f"{accepted} diterima, {checked} diperiksa, {waiting} draf atau diminta diperbaiki"
    found = [f"Bukti yang ditawarkan {len(facts.uses)}: {told}."]
    own, proposed = values_of(facts, ScoreStage.SELF), values_of(facts, ScoreStage.PROPOSAL)
    if missing := [item for item in instrument.items if item not in own]:
        found.append(f"Belum dinilai: butir {_listed(missing)}.")
    differ = [item for item in instrument.items if item in own and item in proposed and own[item] != proposed[item]]
    if differ:
        pairs = [f"{one} ({_decimal(proposed[one])} menjadi {_decimal(own[one])})" for one in differ]
        found.append(f"Usulan responden dan penilaian asesor berbeda pada butir {_listed(pairs)}.")
    if hidden := sum(one["secrecy"] != Secrecy.BIASA for one in facts.uses):
        found.append(f"Bukti terbatas atau rahasia sebanyak {hidden} tidak dirinci dalam laporan ini.")
    return found


def _improvements(facts: Facts, instrument: Instrument) -> list[dict[str, str]]:
    """Items without accepted evidence, each with the office that answers for it."""
    accepted = {one["item"] for one in facts.uses if one["state"] == EvidenceState.ACCEPTED}
    owners = {one["item"]: one["unit"] for one in facts.shares if one["part"] == "responsible"}
    return [
        {"what": f"Melengkapi bukti butir {key}. {item.name}", "owner": owners.get(key, ""), "until": ""}
        for key, item in instrument.items.items()
        if key not in accepted
    ]


def _listed(items: Iterable[str]) -> str:
    named = list(items)
    more = f", dan {len(named) - MOST_NAMED} lainnya" if len(named) > MOST_NAMED else ""
    return ", ".join(named[:MOST_NAMED]) + more


def _number(text: str) -> str:
    return str(number(text)).replace(".", ",")


def _decimal(value: Fraction) -> str:
    return _number(as_fraction(value))


def _fitted(spec: FieldSpec, value: Any) -> Any:
    """The value as the field can hold it: no longer than its cells, and no more rows."""
    if isinstance(value, str):
        return _short(value, spec.limit)
    if isinstance(value, list):
        return [
            {key: _short(text, spec.limit) for key, text in one.items()}
            if isinstance(one, Mapping)
            else _short(one, spec.limit)
            for one in value[: spec.most]
        ]
    return value


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - len(CUT)] + CUT


# ---------------------------------------------------------------- what changed since


@dataclass(frozen=True)
class Changed:
    """A field that the cycle would fill otherwise today: rows by their first cell, as before and after."""

    label: str
    rows: tuple[tuple[str, str, str], ...]


def changed_since(kind: Kind, began: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    """What the cycle says otherwise than when the draft was made of it; who signs is the day's, and not compared."""
    found = []
    for spec in kind.fields:
        first = began.get(spec.key)
        if first is None or first.get("source") != FROM_CYCLE or spec.key == "signers":
            continue
        rows = _differing(spec, first["value"], cleaned_value(now.get(spec.key)))
        if rows:
            found.append(Changed(spec.label, tuple(rows)))
    return found


def _differing(spec: FieldSpec, before: Any, after: Any) -> list[tuple[str, str, str]]:
    if isinstance(before, list) or isinstance(after, list):
        had, has = _rows(spec, before), _rows(spec, after)
        return [
            (name, had.get(name, ""), has.get(name, "")) for name in {**had, **has} if had.get(name) != has.get(name)
        ]
    return [("", str(before or ""), str(after or ""))] if before != after else []


def _rows(spec: FieldSpec, value: Any) -> dict[str, str]:
    """Each row by its first column (a database may keep the cells in another order); a list of texts by the texts."""
    entries: Sequence[Mapping[str, Any]] = as_entries(value)
    if not entries:
        return {text[:80]: text for text in as_texts(value)}
    cells = [[str(one.get(column.key) or "") for column in spec.columns] for one in entries]
    return {row[0]: "; ".join(filter(None, row[1:])) for row in cells}
