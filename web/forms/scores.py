"""The forms of scores: one row an item, each with the score that was shown; everything is read, nothing raises."""

from collections.abc import Collection
from typing import Any

from flask import request

from governance.assessment.course import ScoreStage
from governance.assessment.score_check import Given

FIELDS = ("value", "source", "explanation", "uses", "seen")


def stage_sent(stages: Collection[ScoreStage]) -> ScoreStage | None:
    """The stage that the form is of; None where it is none of these."""
    return next((stage for stage in stages if stage.value == request.form.get("stage", "")), None)


def rows_sent(items: Collection[str]) -> list[Given]:
    """What was typed for each of the items that the form has a row of."""
    return [given(item, f"{item}.") for item in items if f"{item}.seen" in request.form]


def given(item: str, prefix: str = "") -> Given:
    """What was typed for one item."""
    sent = {name: request.form.get(f"{prefix}{name}", "").strip() for name in FIELDS}
    ticked = [*request.form.getlist("use"), *sent["uses"].split(",")]
    uses = tuple(dict.fromkeys(int(one) for one in ticked if _is_key(one)))
    return Given(
        item=item,
        value=sent["value"],
        source=sent["source"],
        explanation=sent["explanation"].replace("\r\n", "\n"),
        uses=uses,
        replaces=int(sent["seen"]) if _is_key(sent["seen"]) else None,
    )


def typed_of(rows: Collection[Given], stale: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """What was typed, to be shown again over what stands.

    Where somebody else scored meanwhile the form now replaces that score, which is shown; every other row still says
    which one it was filled in from, so that a row that nobody touched stays untouched.
    """
    return {
        one.item: {"value": one.value, "source": one.source, "explanation": one.explanation}
        | ({} if one.item in stale else {"seen": one.replaces or "", "uses": ",".join(str(use) for use in one.uses)})
        for one in rows
    }


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
