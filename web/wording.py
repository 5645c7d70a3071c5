"""Notices, refusals and steps in the reader's language: the one place where a key becomes a sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import format_date, gettext

from governance.kernel.errors import Problem
from governance.mandates.law import Law
from governance.notices.wording import sentence_of, subject_of
from governance.obligations import delivery

DAYS = ("day", "today")
# A key whose sentence differs where this parameter is set: "reminder.due" is told as "reminder.due.estimated".
VARIANTS = {
    "reminder.due": "estimated",
    "timetable.moved": "more",
    "trail.document.submitted": "checked",
    "trail.document.corrected": "checked",
    "trail.document.approved": "strategic",
    "trail.document.enacted": "strategic",
    "trail.document.signed": "strategic",
}


def marked(text: str) -> str:
    """A text that is translated where it is shown; the mark puts it into the catalogue."""
    return text


def told(key: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of a key in the language of the one who asks."""
    shown = _shown(params or {})
    if (params or {}).get(VARIANTS.get(key, "")):
        key = f"{key}.{VARIANTS[key]}"
    return gettext(sentence_of(key)) % _Lenient(shown)


def problem_told(problem: Problem) -> str:
    """What is wrong with one field and what to do."""
    return told(problem.key, problem.params)


def subject_told(key: str, params: Mapping[str, Any]) -> str:
    """The subject line of a notice's e-mail in the language of the one who reads it."""
    return gettext(subject_of(key)) % _Lenient(_shown(params))


class _Lenient(dict[str, Any]):
    """A parameter that an older row does not have shows as a dash and never breaks a page."""

    def __missing__(self, name: str) -> str:
        return "–"


def duty_told(mandate: str, stage: str) -> str:
    """What is due: a stage of the evaluation by its name, else the mandate with the step that is due."""
    law: Law = current_app.extensions["mandat"].law
    if stage in law.stages:
        return law.stages[stage]
    title = _mandate_told(mandate, law)
    if stage == delivery.STAGE:
        return gettext("Penyampaian: %(title)s", title=title)
    return f"{title}: {_stage_told(stage, law)}" if stage else title


def _stage_told(stage: str, law: Law) -> str:
    """A stage of the evaluation by its name, a step of another duty by its words; what has neither as it is written."""
    said = told(f"stage.{stage}")
    return law.stages.get(stage) or (stage if said == f"stage.{stage}" else said)


def _shown(params: Mapping[str, Any]) -> dict[str, Any]:
    law: Law = current_app.extensions["mandat"].law
    shown = {name: _written(name, value, law) for name, value in params.items()}
    if "mandate" in params and "stage" in params:
        shown["duty"] = duty_told(params["mandate"], params["stage"])
    return shown


def _written(name: str, value: Any, law: Law) -> Any:
    if (name in DAYS or name.endswith("_on")) and isinstance(value, str):
        return format_date(date.fromisoformat(value[:10]), "d MMMM y")
    if name in ("relation", "declared") and isinstance(value, str):
        return gettext(sentence_of(f"{name}.{value}"))
    if name == "moves":
        return "; ".join(_move_told(move) for move in value if isinstance(move, Mapping))
    if name == "because" and isinstance(value, Mapping):
        return told(value.get("key", "because.facts"), value.get("params"))
    if name == "milestone":
        return told(f"milestone.{value}")
    if name == "stage":
        return _stage_told(value, law)
    if name == "mandate" and isinstance(value, str):
        return _mandate_told(value, law)
    return value


def _mandate_told(mandate: str, law: Law) -> str:
    """A mandate by its title; what is due without being one (an acting Sekda's longest term) has words of its own."""
    if mandate in law.mandates:
        return law.mandates[mandate].title
    own = f"duty.{mandate}"
    return mandate if sentence_of(own) == own else told(own)


def _move_told(move: Mapping[str, Any]) -> str:
    """One obligation whose date moved, as a part of a sentence."""
    undated = ".undated" if move["kind"] == "added" and "to_on" not in move else ""
    return told(f"timetable.move.{move['kind']}{undated}", move)
