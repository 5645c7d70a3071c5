"""The calculator of days: the address holds the question, the page the count day by day, with what the law counts."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.calendar.counting import Count, Passed
from governance.mandates.rules import CALENDAR, WORKING, Deadline
from web.at_hand import calendar_of, law_of
from web.forms.counting import LABELS, Question, Rule, answered, rules_of
from web.forms.reading import shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of


@pages.get("/working-days/count")
def count_days() -> ResponseReturnValue:
    actor = current_actor()
    today, calendar, deadlines = today_of(actor), calendar_of(actor), law_of(actor).deadlines
    asked = Question.of(request.args, today)
    count, rule, problems = answered(asked, calendar, deadlines) if request.args else (None, None, [])
    page = render_template(
        "working_days_count.html",
        asked=asked,
        count=_count_shape(count) if count else None,
        rule=_rule_shape(rule) if rule else None,
        week=calendar.week,
        rules=[(one.key, _rule_words(one)) for one in rules_of(deadlines, today)],
        deadlines=[_deadline_shape(one) for one in deadlines.values()],
        problems=shown(problems, LABELS),
    )
    return page, 422 if problems else 200


def _count_shape(count: Count) -> dict[str, Any]:
    return {
        "start": count.start,
        "end": count.end,
        "moved": count.moved if count.moved != count.end else None,
        "number": count.number,
        "length": (count.end - count.start).days,
        "passed": [_passed_shape(one) for one in count.passed],
        "beyond": [_passed_shape(one) for one in count.beyond],
        "end_why": _why(count.passed[-1]) if count.passed else "",
        "estimated": any(one.estimated for day in (*count.passed, *count.beyond) for one in day.closed),
    }


def _passed_shape(one: Passed) -> dict[str, Any]:
    estimated = bool(one.closed) and all(holiday.estimated for holiday in one.closed)
    return {"day": one.day, "number": one.number, "why": _why(one), "estimated": estimated}


def _why(one: Passed) -> str:
    """Why offices are closed on the day; "" where they work."""
    names = [holiday.name for holiday in one.closed]
    if one.outside_week and not names:
        return _("akhir pekan")
    return ", ".join(names)


def _rule_shape(rule: Rule) -> dict[str, Any]:
    one = rule.deadline
    return {"words": _rule_words(rule), "rule": one.rule, "article": one.article, "verified": one.verified}


def _rule_words(rule: Rule) -> str:
    """A term in a line: how much of what, of which article."""
    if rule.unit == WORKING:
        length = ngettext("%(num)s hari kerja", "%(num)s hari kerja", rule.number)
    else:
        length = ngettext("%(num)s bulan", "%(num)s bulan", rule.number)
    many = _(", untuk orang banyak") if rule.key.endswith(":mass") else ""
    return f"{length}{many}: {rule.deadline.article}"


def _deadline_shape(one: Deadline) -> dict[str, Any]:
    words = {WORKING: _("Hari kerja"), CALENDAR: _("Hari kalender")}
    return {
        "rule": one.rule,
        "article": one.article,
        "counts": words[one.counts] if one.counts else _("Tidak menghitung hari"),
        "verified": one.verified,
    }
