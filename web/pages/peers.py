"""Averages of comparable governments: entered with their source, to stand beside a year on the same instrument."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import years
from governance.assessment.instruments import Instrument
from governance.kernel import clock
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.forms.reading import FAULTS, Form, faults_of, shown
from web.forms.result import labels_of, values_sent
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.result_shapes import comma
from web.pages.results import instrument_named, year_named
from web.wording import marked
from workflows import recording_results
from workflows.recording_results import NewPeers

LABELS = {"peers": marked("Sejawat")}


@pages.route("/index/peers", methods=["GET", "POST"])
def index_peers() -> ResponseReturnValue:
    actor, form = current_actor(), Form()
    if request.method == "GET":
        year = year_named(request.args.get("year", ""), today_of(actor))
        return _page(actor, instrument_named(request.args.get("instrument", ""), year), {"year": year})
    instrument, year = instrument_named(form.text("instrument"), 0), form.number("year") or 0
    new = NewPeers(year, instrument.key, form.text("peers"), values_sent(instrument), form.text("source"))
    problems = form.problems
    if not problems:
        try:
            recording_results.keep_peers(new, by=actor, now=clock.now(), library=library())
        except FAULTS as refusal:
            problems += faults_of(refusal)
    if problems:
        told = shown(problems, {**labels_of(instrument), **LABELS})
        return _page(actor, instrument, form.again(), problems=told), 422
    flash(_("Rata-rata sejawat dicatat."), "good")
    return redirect(url_for("pages.index_peers"), 303)


def _page(actor: Actor, instrument: Instrument, form: dict[str, Any], **more: Any) -> str:
    known = library().instruments.by_key
    rows = [
        {"year": one.year, "peers": one.peers, "source": one.source, "by": one.by_title, "at": one.at,
         "instrument": known[one.instrument].title if one.instrument in known else one.instrument,
         "values": [(code, comma(text)) for code, text in one.values.items()]}
        for one in years.peers_of(actor.institution_id)
    ]  # fmt: skip
    return render_template(
        "index_peers.html",
        rows=rows,
        form=form,
        instrument=instrument,
        instruments=[(key, one.title) for key, one in known.items()],
        can_record=permissions.may(actor, Act.RECORD_RESULT),
        **{"problems": [], **more},
    )
