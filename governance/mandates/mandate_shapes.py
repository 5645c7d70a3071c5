"""The shape of config/law/mandates.yaml: what an entry may say, and the rules it must meet by itself."""

from collections.abc import Iterable
from typing import Any

from governance.kernel.data_files import Spot
from governance.kernel.data_shapes import (
    Reader,
    Shape,
    amount,
    choice,
    day,
    defines,
    flag,
    key,
    many,
    maybe,
    number,
    refers,
    span_faults,
    table,
    text,
)
from governance.mandates.mandates import (
    Basis,
    Duty,
    Establisher,
    Group,
    Habit,
    Mandate,
    Recurrence,
    Review,
    Section,
    Stage,
    Strength,
    TeamRole,
    TeamRule,
)
from governance.mandates.regulation_shapes import A_REGULATION, HOW_SURE, IN_FORCE, in_force_faults, words_of
from governance.mandates.rules import DraftingFlow, Input, Term
from governance.people.roles import Role

_SPAN: dict[str, Reader] = {"from": maybe(day), "to": maybe(day)}


_BASIS = Shape(
    Basis,
    {
        "regulation": A_REGULATION,
        "article": text,
        "says": text,
        "verified": flag,
        "evidence": choice("text_read", "secondary", "title_only", "memory_or_practice"),
        **IN_FORCE,
    },
    {"in_force_latest": maybe(day), "source": text},
    check=in_force_faults,
)
_DUTY = Shape(
    Duty,
    {
        **_SPAN,
        "strength": words_of(Strength),
        "regulation": maybe(A_REGULATION),
        "article": maybe(text),
        "says": text,
        "how_sure": HOW_SURE,
    },
    {"note": text},
    check=span_faults,
)


def _team_faults(made: TeamRule) -> Iterable[str]:
    yield from span_faults(made)
    keys = [role.key for role in made.roles]
    if len(set(keys)) < len(keys):
        yield "satu peran ditulis dua kali"
    for role in made.roles:
        if role.max is not None and role.max < role.min:
            yield f"peran {role.key!r}: paling banyak ({role.max}) kurang dari paling sedikit ({role.min})"


_TEAM_ROLE = Shape(
    TeamRole,
    {"key": key, "title": text, "how_sure": HOW_SURE},
    {
        "held_by": maybe(text),
        "also": text,
        "office": maybe(choice(*Role)),
        "article": maybe(text),
        "min": number,
        "max": maybe(number),
        "duties": many(text),
    },
)
_TEAM_RULE = Shape(
    TeamRule,
    {**_SPAN, "how_sure": HOW_SURE, "regulation": maybe(A_REGULATION), "article": maybe(text),
     "roles": many(_TEAM_ROLE)},
    {"functions": many(text), "note": text},
    check=_team_faults,
)  # fmt: skip
_REVIEW = Shape(
    Review,
    {"when": text},
    {"key": key, "at_year": amount, "by": text, "article": text, "basis": text, "regulation": A_REGULATION,
     **IN_FORCE, "triggers": many(text)},
    check=in_force_faults,
)  # fmt: skip
_RECURRENCE = Shape(
    Recurrence,
    {"type": choice("annual", "annual_or_on_change", "annual_review", "every_n_years", "at_least_every_n_years",
                    "periodic")},
    {"n": number, "article": text, "regulation": A_REGULATION, **IN_FORCE, "verified": flag, "note": text},
    check=in_force_faults,
)  # fmt: skip
_SECTION = Shape(
    Section,
    {"key": key, "title": text},
    {"legal_basis": text, "note": text, "optional": flag, "verified": flag},
)
_HABIT = Shape(Habit, {"items": many(text)}, {"note": text, "verified": flag})
_EVIDENCE = table(many(text))


def _mandate_faults(made: Mandate) -> Iterable[str]:
    for what, keys in (
        ("cites", made.cites),
        ("depends_on", made.depends_on),
        ("required_sections", tuple(section.key for section in made.required_sections)),
    ):
        double = {name for name in keys if keys.count(name) > 1}
        if double:
            yield f"{what}: {', '.join(sorted(double))} ditulis dua kali"
    if made.key in made.depends_on:
        yield "bergantung pada dirinya sendiri"


MANDATE = Shape(
    Mandate,
    {
        "key": defines("mandate", "input"),
        "group": refers("group"),
        "title": text,
        "nature": choice("law", "instrument", "practice"),
        "established_by": text,
        "instrument": maybe(text),
        "legal_basis": many(_BASIS),
        "duty": many(_DUTY),
        "depends_on": many(refers("input")),
    },
    {
        "aliases": many(text),
        "cites": many(A_REGULATION),
        "cites_note": text,
        "mandatory": flag,
        "external": flag,
        "established_by_on_date": many(
            Shape(Establisher, {**_SPAN, "by": text, "how_sure": HOW_SURE}, check=span_faults)
        ),
        "prepared_by": maybe(text),
        "prepared_by_note": text,
        "reviewed_by": text,
        "approved_by": text,
        "validity_years": maybe(number),
        "validity_note": text,
        "reviews": many(_REVIEW),
        "reviews_note": text,
        "recurrence": maybe(_RECURRENCE),
        "required_sections": many(_SECTION),
        "required_sections_note": text,
        "required_sections_nature": text,
        "common_chapters": _HABIT,
        "common_columns": _HABIT,
        "stages": many(Shape(Stage, {"key": key, "title": text})),
        "team": many(_TEAM_RULE),
        "team_practice_roles": many(text),
        "evidence_for": lambda value, spot: tuple(_EVIDENCE(value, spot).items()),
        "evidence_for_note": text,
        "note": text,
    },
    check=_mandate_faults,
)


def _group_key(value: Any, spot: Spot) -> str:
    name = str(choice("1", "2", "3", "4", "5", "related")(value, spot))
    spot.define("group", name)
    return name


GROUP = Shape(Group, {"key": _group_key, "title": text, "short": text}, {"note": text})
INPUT = Shape(Input, {"key": defines("input"), "title": text})
TERM = Shape(Term, {"key": defines("term"), "title": text, "short": text, "how_sure": HOW_SURE}, {"note": text})
FLOW = Shape(
    DraftingFlow,
    {"for_documents": many(refers("mandate")), "legal_basis": text, "steps": many(text), **IN_FORCE},
    {"note": text, "before_note": text},
    check=in_force_faults,
)
