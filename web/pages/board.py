"""The board: what is late, what ends this week, by group of documents and by office; filters live in the address."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.almanac import board as counted
from governance.almanac import dates
from governance.almanac.audience import Audience, Whose, audience_of
from governance.almanac.board import MandateTally, OfficeTally, Standing, Tallies
from governance.almanac.dates import AskedOf, Wish
from governance.almanac.weeks import WEEK, sunday_of
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import institution_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.dated import (
    by_day,
    group_of,
    groups,
    mandates_of,
    obligation_shape,
    step_shape,
    task_shape,
    together,
)
from web.pages.documents import today_of
from web.pages.shapes import kind_title
from web.wording import marked

EARLY = timedelta(days=3650)  # how far back something may be late
MOST_LATE, MOST_SHOWN, MOST_OFFICES = 60, 60, 60
SHOWN = ("late", "due", "estimate", "undated", "open", "met", "waived")
FIRM = frozenset({"late", "due", "open"})


class Span(StrEnum):
    """How far the board looks ahead."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"

    def ends_on(self, today: date) -> date:
        """Its last day: a week ends on Sunday."""
        sunday = sunday_of(today)
        days = {Span.FORTNIGHT: WEEK, Span.MONTH: timedelta(days=30), Span.QUARTER: timedelta(days=91)}
        return sunday + days.get(self, timedelta())


SPANS = {
    Span.WEEK: marked("Minggu ini"),
    Span.FORTNIGHT: marked("Dua minggu"),
    Span.MONTH: marked("Sebulan"),
    Span.QUARTER: marked("Tiga bulan"),
}
STANDINGS = {
    Standing.LATE: marked("Terlambat"),
    Standing.RECEIVED: marked("Belum dibuka"),
    Standing.RUNNING: marked("Dikerjakan"),
    Standing.HANDED_IN: marked("Diserahkan"),
    Standing.DECLINED: marked("Ditolak"),
    Standing.VERIFIED: marked("Lengkap"),
}


@dataclass(frozen=True)
class Asked:
    """The filters of the address that make sense."""

    unit: str = ""
    group: str = ""
    state: Standing | None = None
    span: Span = Span.WEEK

    def address(self, **changes: Any) -> str:
        """The board with one filter changed; what says nothing is left out."""
        told = replace(self, **changes)
        named = {"unit": told.unit, "group": told.group, "state": told.state}
        kept: dict[str, Any] = {name: str(value) for name, value in named.items() if value}
        if told.span != Span.WEEK:
            kept["span"] = str(told.span)
        return url_for("pages.board", **kept)


@pages.get("/board")
def board() -> ResponseReturnValue:
    actor = current_actor()
    permissions.require(actor, Act.WATCH)
    today = today_of(actor)
    asked = _asked(actor)
    audience = audience_of(actor, Whose.ALL)
    mandates = mandates_of(asked.group) if asked.group else None
    wish = Wish(today - EARLY, asked.span.ends_on(today), mandates, asked.unit, open_only=True, limit=200)
    tallies = counted.tallies(audience, wish, today)
    by_group = _groups(tallies, asked)
    return render_template(
        "board.html",
        today=today,
        week=today.isocalendar().week,
        asked=asked,
        choices=_choices(actor),
        **_lists(audience, wish, asked, today),
        **_counts(tallies, asked),
        groups=by_group,
        following=min((one for one in by_group if one["next_on"]), key=lambda one: one["next_on"], default=None),
        can_follow_up=permissions.may(actor, Act.FOLLOW_UP),
        can_ask=permissions.may(actor, Act.ASK),
    )


def _asked(actor: Actor) -> Asked:
    wish = {name: request.args.get(name, "") for name in ("unit", "group", "state", "span")}
    units = {unit.key for unit in institution_of(actor).units}
    return Asked(
        unit=wish["unit"] if wish["unit"] in units else "",
        group=wish["group"] if wish["group"] in dict(groups()) else "",
        state=Standing(wish["state"]) if wish["state"] in set(Standing) else None,
        span=Span(wish["span"]) if wish["span"] in set(Span) else Span.WEEK,
    )


def _choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    units = sorted((unit.name, unit.key) for unit in institution_of(actor).units)
    return {
        "unit": [(key, name) for name, key in units],
        "group": [(key, f"{key} {title}" if len(key) == 1 else title) for key, title in groups()],
        "state": [(key.value, _(words)) for key, words in STANDINGS.items()],
        "span": [(key.value, _(words)) for key, words in SPANS.items()],
    }


def _lists(audience: Audience, wish: Wish, asked: Asked, today: date) -> dict[str, Any]:
    """Three statements: obligations, tasks (late and to come, or those that stand where it is asked), and steps."""
    if asked.state is not None:
        found = counted.tasks_standing(audience, wish, asked.state, today)
        return {"chosen": rounds_of(found[:MOST_LATE], today), "chosen_count": len(found), "late": [], "coming": []} | {
            "late_tasks": [],
            "more_late": False,
        }
    tasks = counted.tasks_pressing(audience, wish, today)
    late = [one for one in tasks if one.due_on is not None and one.due_on < today]
    ahead = together(task_shape(one, today) for one in tasks if one.due_on is not None and one.due_on >= today)
    owed = [obligation_shape(one, today) for one in dates.obligations(audience, wish, today)]
    steps = [step_shape(one, today) for one in dates.steps(audience, wish)]
    firm = [one for one in owed if one.state in FIRM and one.due_on is not None and one.due_on <= wish.last]
    coming = [*ahead, *(one for one in [*firm, *steps] if not one.is_late)]
    return {
        "chosen": None,
        "late": by_day(one for one in [*firm, *steps] if one.is_late)[:MOST_LATE],
        "late_tasks": rounds_of(late[:MOST_LATE], today),
        "more_late": len(late) > MOST_LATE,
        "coming": by_day(coming)[:MOST_SHOWN],
    }


def rounds_of(tasks: list[AskedOf], today: date) -> list[dict[str, Any]]:
    """The copies of what was asked together, each with its last sign of life and what comes next."""
    found: dict[int, list[AskedOf]] = {}
    for one in tasks:
        found.setdefault(one.assignment_id, []).append(one)
    return [
        {
            "url": url_for("pages.asked", assignment_id=key),
            "remind": url_for("pages.remind_late", assignment_id=key),
            "title": task_shape(copies[0], today).title,
            "why": task_shape(copies[0], today).why,
            "late": any(one.due_on is not None and one.due_on < today and one.is_open(today) for one in copies),
            "copies": [
                {"shape": task_shape(one, today), "moved_at": one.moved_at, "state": one.state.value,
                 "wished_until": one.wished_until}
                for one in copies
            ],
        }
        for key, copies in found.items()
    ]  # fmt: skip


def _counts(tallies: Tallies, asked: Asked) -> dict[str, Any]:
    """The heading's figures, and the offices with a link for each count."""
    offices = [_office(one, asked) for one in tallies.offices[:MOST_OFFICES]]
    running = tallies.counts.get(Standing.RECEIVED, 0) + tallies.counts.get(Standing.RUNNING, 0)
    late = tallies.counts.get(Standing.LATE, 0)
    return {
        "offices": offices,
        "more_offices": max(0, len(tallies.offices) - MOST_OFFICES),
        "standings": [(key.value, _(words)) for key, words in STANDINGS.items()],
        "open_tasks": running + late,
        "open_offices": sum(
            any(one.counts.get(key) for key in (Standing.LATE, Standing.RECEIVED, Standing.RUNNING))
            for one in tallies.offices
        ),
        "late_count": late + sum(one.counts.get("late", 0) for one in tallies.mandates),
    }


def _office(one: OfficeTally, asked: Asked) -> dict[str, Any]:
    counts = [(key.value, one.counts.get(key, 0)) for key in STANDINGS]
    done = one.counts.get(Standing.VERIFIED, 0)
    late = one.counts.get(Standing.LATE, 0)
    return {
        "name": one.name,
        "url": asked.address(unit=one.key, state=None),
        "cells": [(key, count, asked.address(unit=one.key, state=Standing(key)) + "#daftar") for key, count in counts],
        "total": one.total,
        "done": done,
        "late": late,
        "strip": {"done": _share(done, one.total), "late": _share(late, one.total),
                  "running": _share(one.total - done - late, one.total), "from": _share(one.total - late, one.total)},
    }  # fmt: skip


def _share(count: int, total: int) -> str:
    """A part of the whole in percent, as SVG takes it."""
    return f"{count * 100 / total:.1f}%" if total else "0%"


def _groups(tallies: Tallies, asked: Asked) -> list[dict[str, Any]]:
    """Each group of documents: how its obligations stand, and the first that comes."""
    found = []
    for key, title in groups():
        mandates = [one for one in tallies.mandates if group_of(one.mandate) == key]
        if not mandates:
            continue
        counts: dict[str, int] = {}
        for one in mandates:
            for state, count in one.counts.items():
                counts[state] = counts.get(state, 0) + count
        following = min((one for one in mandates if one.next_on), key=_next_on, default=None)
        found.append({
            "title": f"{key} {title}" if len(key) == 1 else title,
            "url": asked.address(group=key, state=None),
            "counts": [(state, counts[state]) for state in SHOWN if counts.get(state)],
            "next_on": following.next_on if following else None,
            "next": kind_title(following.mandate) if following else "",
            "year_url": url_for("pages.year", group=key),
        })  # fmt: skip
    return found


def _next_on(one: MandateTally) -> date:
    return one.next_on or date.max
