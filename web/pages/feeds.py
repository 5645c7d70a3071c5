"""Calendar feeds: the page on which their secret links are made and revoked, and the file they lead to."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from governance.almanac import dates, feed, links
from governance.almanac.dates import AskedOf, Owed, StepDue, Wish
from governance.almanac.feed import Event, Firmness
from governance.almanac.links import Feed
from governance.documents.models import Secrecy
from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.obligations.models import Fulfilment
from governance.people.queries import unit_of
from governance.tasks.lifecycle import State
from web.forms.reading import Form, shown
from web.guard import current_actor
from web.limits import FEEDS_PER_ADDRESS, limiter
from web.pages.blueprint import pages
from web.pages.dated import SECRET, STEPS, obligation_shape, step_shape, task_shape
from web.wording import marked, told
from workflows import feeds
from workflows.signing_in import digest

SECRET_FORM = re.compile(r"[0-9a-f]{32}", re.ASCII)
BACK, AHEAD = timedelta(days=180), timedelta(days=800)  # the days a feed holds around today
LABELS = {"label": marked("Dipakai di mana")}
DONE = frozenset({State.HANDED_IN, State.VERIFIED})


@pages.get("/cal/<token>.ics")
@limiter.limit(FEEDS_PER_ADDRESS)
def calendar_feed(token: str) -> ResponseReturnValue:
    """The dates that a secret address leads to; whoever knows it needs no account, and it says no person's name."""
    found = links.feed_by(digest(token)) if SECRET_FORM.fullmatch(token) else None
    if found is None:
        return _unknown()
    with force_locale(found.language):
        written = feed.written(_name_of(found), _events(found))
    answer = make_response(written)
    answer.mimetype = "text/calendar"
    answer.headers["Content-Disposition"] = "inline; filename=mandat.ics"
    answer.headers["Cache-Control"] = "private, max-age=900"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)


@pages.get("/calendar/links")
def calendar_links() -> ResponseReturnValue:
    return _page()


@pages.post("/calendar/links")
def make_link() -> ResponseReturnValue:
    form = Form()
    label, of_unit = form.text("label"), form.text("whose") == "unit"
    try:
        secret = feeds.make_link(label, of_unit=of_unit, by=current_actor(), now=clock.now())
    except Invalid as refusal:
        return _page(problems=refusal.problems, typed=form.again()), 422
    return _page(made=_address(url_for("pages.calendar_feed", token=secret)))


@pages.post("/calendar/links/<int:link_id>/revoke")
def revoke_link(link_id: int) -> ResponseReturnValue:
    feeds.revoke_link(link_id, by=current_actor(), now=clock.now())
    flash(_("Tautan dicabut. Kalender yang memakainya tidak mendapat apa-apa lagi."), "good")
    return redirect(url_for("pages.calendar_links"), 303)


def _unknown() -> Response:
    """A calendar program shows no page; whoever opens the address himself reads why. No cookie, no form."""
    answer = make_response(told("feed.unknown"), 404)
    answer.mimetype = "text/plain"
    return answer


def _page(*, made: str = "", problems: Iterable[Problem] = (), typed: dict[str, str] | None = None) -> str:
    actor = current_actor()
    found = links.links_of(actor)
    return render_template(
        "calendar_links.html",
        links=[one for one in found if one.revoked_at is None],
        revoked=[one for one in found if one.revoked_at is not None],
        made=made,
        webcal=re.sub(r"^https?", "webcal", made),
        unit=unit_of(actor)[1],
        problems=shown(problems, LABELS),
        typed=typed or {},
    )


def _name_of(found: Feed) -> str:
    whose = found.unit_name or _("tenggat saya")
    return f"Mandat: {whose}, {found.institution_name}"


def _events(found: Feed) -> list[Event]:
    today = clock.day_in(found.timezone, clock.now())
    audience = links.audience_of_feed(found, today)
    wish = Wish(today - BACK, today + AHEAD)
    events = [_obligation(one, found, today) for one in dates.obligations(audience, wish, today) if one.due.due_on]
    events += [_task(one, found, today) for one in dates.tasks(audience, wish)]
    return events + [_step(one, found, today) for one in dates.steps(audience, wish)]


def _obligation(one: Owed, found: Feed, today: date) -> Event:
    shape = obligation_shape(one, today, uncounted)
    gone = one.fulfilment in (Fulfilment.DROPPED, Fulfilment.WAIVED)
    firmness = Firmness.CANCELLED if gone else Firmness.TENTATIVE if one.due.estimated else Firmness.CONFIRMED
    title = shape.title if not one.due.estimated else _("%(title)s (perkiraan)", title=shape.title)
    if one.fulfilment is Fulfilment.MET:
        title = _("Terpenuhi: %(title)s", title=title)
    window = _("Rentang: sejak %(day)s.", day=format_date(one.due.begins_on, "d MMMM y")) if one.due.begins_on else ""
    words = " ".join(part for part in (_("Dasar: %(why)s.", why=shape.why) if shape.why else "", window) if part)
    uid = _uid(found, "obligation", one.due.id)
    return Event(
        uid, one.due.due_on or today, title, words, _address(shape.url), _("Kewajiban"), firmness,
        sequence=one.version - 1, changed_at=one.changed_at,
    )  # fmt: skip


def _task(one: AskedOf, found: Feed, today: date) -> Event:
    """A task; of one that a document of a closed class gave, no more than that there is one."""
    shape = task_shape(one, today, uncounted)
    gone = one.state is State.CANCELLED or one.lapsed(today)
    closed = one.secrecy is not Secrecy.BIASA
    title = _("Tugas dari %(what)s", what=_(SECRET[one.secrecy]).lower()) if closed else shape.title
    if one.state in DONE and not gone:
        title = _("Selesai: %(title)s", title=title)
    said = [_("Dasar: %(why)s.", why=shape.why)] if shape.why and not closed else []
    said += [_("Yang diserahkan: %(wants)s.", wants="; ".join(shape.asks))] if shape.asks and not closed else []
    firmness = Firmness.CANCELLED if gone else Firmness.CONFIRMED
    uid = _uid(found, "task", one.id)
    return Event(
        uid, one.due_on or today, title, " ".join(said), _address(shape.url), _("Tugas"), firmness,
        sequence=one.version - 1, changed_at=one.moved_at,
    )  # fmt: skip


def _step(one: StepDue, found: Feed, today: date) -> Event:
    shape = step_shape(one, today, uncounted)
    closed = one.secrecy is not Secrecy.BIASA
    what = _(SECRET[one.secrecy]).lower() if closed else one.title
    title = _(STEPS[one.asked], title=what) if one.asked in STEPS else what
    uid = _uid(found, "step", one.id)
    words = "" if closed else shape.why
    return Event(
        uid, one.due_on, title, words, _address(shape.url), _("Paraf dan persetujuan"), Firmness.CONFIRMED,
        sequence=0, changed_at=one.since,
    )  # fmt: skip


def uncounted(_due_on: date | None, _today: date) -> None:
    """A calendar program counts by itself, and who asks has no calendar here."""


def _uid(found: Feed, kind: str, key: int) -> str:
    """The same for ever and everywhere: in a person's calendar and in his unit's, whatever this host is called."""
    return f"{kind}-{key}.{found.institution_key}@mandat"


def _address(path: str) -> str:
    """The whole address, from the setting and never from what a stranger's request calls this host."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path
