"""Reminders: what the coming nights will send and to whom, and the ladders by which they are sent."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.obligations.foretelling import MOST_DAYS, Foreseen, reminders_until
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.kind_shapes import sure
from web.wording import duty_told, told

NEXT_MONTH = timedelta(days=31)
# What a rung's `tells` names that is no post's role.
OFFICES = ("unit", "asker")


@pages.get("/deadlines/reminders")
def reminders() -> ResponseReturnValue:
    """What the nights until a day will send, if nothing changes; a day that cannot be read is a month from now."""
    actor = current_actor()
    today = today_of(actor)
    first, until = today + timedelta(days=1), _until(request.args.get("until", ""), today)
    found = reminders_until(actor.institution_id, first, until, library().law.ladders)
    nights = [(day, [_shape(one) for one in group]) for day, group in groupby(found, key=lambda one: one.day)]
    return render_template("reminders.html", nights=nights, count=len(found), first=first, until=until, today=today)


@pages.get("/deadlines/ladders")
def ladders() -> ResponseReturnValue:
    law = library().law
    offices = {office.role: office.title for office in reversed(law.offices)}
    shown = [
        {
            "title": ladder.title,
            "used_for": ladder.used_for,
            "how_sure": sure(ladder.how_sure),
            "source": ladder.source,
            "rungs": [
                {
                    "name": told(f"rung.{step.rung}"),
                    "days": step.days_before,
                    "tells": [offices.get(whom) or told(f"tells.{whom}") for whom in step.tells],
                    "may_be_put_off": step.may_be_put_off,
                }
                for step in ladder.steps
            ],
        }
        for ladder in law.ladders.values()
    ]
    return render_template("ladders.html", ladders=shown)


def _until(wish: str, today: date) -> date:
    try:
        day = date.fromisoformat(wish)
    except ValueError:
        return today + NEXT_MONTH
    return min(max(day, today + timedelta(days=1)), today + timedelta(days=MOST_DAYS))


def _shape(one: Foreseen) -> dict[str, Any]:
    return {
        "title": f"{duty_told(one.mandate, one.stage)} {one.year}",
        "url": url_for("pages.deadline", obligation_id=one.obligation_id),
        "due_on": one.due_on,
        "estimate": one.estimated,
        "rung": told(f"rung.{one.rung}"),
        "posts": one.posts,
    }
