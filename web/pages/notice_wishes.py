"""What one wishes of e-mail: at once or one digest a day, quiet hours, which topics; each choice with what it does."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.kernel import clock
from governance.kernel.errors import Invalid, Problem
from governance.notices import queries
from governance.notices.letter_wording import topic_key
from governance.notices.queries import Chosen
from governance.notices.timing import Quiet
from governance.notices.topics import TERMS, Topic
from web.forms.reading import Form, sent, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.wording import marked, told
from workflows import notice_wishes
from workflows.notice_wishes import Wish

HOURS = [(hour, f"{hour:02}.00") for hour in range(24)]
NONE = Quiet(0, 0)
USUAL_DIGEST = 7  # proposed where nobody chose an hour yet: the first hour of office
LABELS = {"digest_at": marked("Jam ringkasan"), "quiet_from": marked("Mulai"), "quiet_to": marked("Sampai")}


@pages.get("/account/notices")
def notice_choices() -> ResponseReturnValue:
    chosen = queries.chosen(current_actor())
    return _page(chosen, _typed(chosen))


@pages.post("/account/notices")
def choose_notices() -> ResponseReturnValue:
    form = Form()
    wish = _wish(form)
    try:
        if form.problems:
            raise Invalid(*form.problems)
        notice_wishes.choose(wish, by=current_actor(), now=clock.now())
    except Invalid as refusal:
        again = form.again() | {"mail": form.many("mail")}
        return _page(queries.chosen(current_actor()), again, refusal.problems), 422
    flash(_("Pilihan surel Anda berlaku mulai sekarang."), "good")
    return redirect(url_for("pages.notice_choices"), 303)


def _wish(form: Form) -> Wish:
    digest_at = form.number("digest_at") if sent("way") == "digest" else None
    quiet: Quiet | None = None
    if sent("quiet") == "own":
        quiet = Quiet(form.number("quiet_from") or 0, form.number("quiet_to") or 0)
    elif sent("quiet") == "none":
        quiet = NONE
    wanted = set(form.many("mail"))
    return Wish(
        digest_at, quiet, frozenset(one for one, terms in TERMS.items() if terms.may_be_off and one not in wanted)
    )


def _typed(chosen: Chosen) -> dict[str, Any]:
    quiet = chosen.quiet or chosen.house_quiet
    none = chosen.quiet is not None and quiet.from_hour == quiet.to_hour
    return {
        "way": "at_once" if chosen.digest_at is None else "digest",
        "digest_at": USUAL_DIGEST if chosen.digest_at is None else chosen.digest_at,
        "quiet": "house" if chosen.quiet is None else "none" if none else "own",
        "quiet_from": quiet.from_hour,
        "quiet_to": quiet.to_hour,
        "mail": [topic for topic in Topic if topic not in chosen.off],
    }


def _page(chosen: Chosen, form: dict[str, Any], problems: tuple[Problem, ...] = ()) -> str:
    topics = [
        {
            "key": topic.value,
            "name": told(topic_key(topic)),
            "what": told(f"{topic_key(topic)}.what"),
            "waits": terms.waits,
            "may_be_off": terms.may_be_off,
            "urgent": terms.urgent,
            "gathered": terms.sort is not None,
        }
        for topic, terms in TERMS.items()
    ]
    return render_template(
        "notice_wishes.html",
        email=chosen.email,
        digest_at=chosen.digest_at,
        quiet=_hours(chosen.quiet or chosen.house_quiet),
        house_quiet=_hours(chosen.house_quiet),
        form=form,
        hours=HOURS,
        topics=topics,
        problems=shown(problems, LABELS),
    )


def _hours(quiet: Quiet) -> tuple[str, str] | None:
    """ "20.00" and "06.00", or None where no hour is quiet."""
    return None if quiet.from_hour == quiet.to_hour else (f"{quiet.from_hour:02}.00", f"{quiet.to_hour:02}.00")
