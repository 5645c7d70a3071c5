"""The form of a year's published result: its values by code, and the rest of it, as typed."""

from typing import Any

from flask import request

from governance.assessment.instruments import Instrument
from governance.assessment.results import INDEX
from web.forms.reading import Form
from web.wording import marked
from workflows.recording_results import NewResult

PREFIX = "v."
MOST = 60  # characters of a value that are read at all; the verb says what is too long
LABELS = {
    "year": marked("Tahun"),
    "instrument": marked("Instrumen"),
    "predicate": marked("Predikat"),
    "target": marked("Target IKD"),
    "number": marked("Nomor"),
    "dated_on": marked("Tanggal"),
    "source": marked("Sumber"),
    "scan": marked("Pindaian"),
    "reason": marked("Alasan"),
}


def values_sent(instrument: Instrument) -> dict[str, str]:
    """What was typed for the index, the tiers and the items of the instrument; what was left empty is left out."""
    codes = (INDEX, *instrument.groups, *instrument.items)
    typed = {code: request.form.get(f"{PREFIX}{code}", "").strip()[:MOST] for code in codes}
    return {code: text for code, text in typed.items() if text}


def result_sent(form: Form, instrument: Instrument, year: int) -> NewResult:
    """The result as it was sent."""
    return NewResult(
        year=year,
        instrument=instrument.key,
        values=values_sent(instrument),
        predicate=form.text("predicate"),
        target=form.text("target"),
        number=form.text("number"),
        dated_on=form.day("dated_on"),
        source=form.text("source"),
        scan=form.scan("scan"),
    )


def labels_of(instrument: Instrument) -> dict[str, str]:
    """What each field is called, those of the values by the names that the instrument gives them."""
    groups = {code: group.name for code, group in instrument.groups.items()}
    items = {key: f"{key}. {item.name}" for key, item in instrument.items.items()}
    return {**LABELS, INDEX: instrument.index_name, **groups, **items}


def typed_again(instrument: Instrument, values: dict[str, str], **rest: Any) -> dict[str, Any]:
    """A form's beginning from what is already known."""
    return {**{f"{PREFIX}{code}": text for code, text in values.items()}, **rest}
