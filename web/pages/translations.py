"""The evidence of an older instrument read under the next: what it could speak for, what is dropped or new."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment.eyes import eyes_of
from governance.assessment.instruments import Instrument, Mapped
from governance.assessment.old_evidence import accepted_on
from governance.assessment.translating import Piece, Reading, Relation, translated
from governance.assessment.years import cycles_of
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.wording import marked

RELATIONS = {
    Relation.SAME: marked("pokok sama"),
    Relation.SPLIT: marked("terbagi"),
    Relation.MERGED: marked("menjadi satu"),
    Relation.DROPPED: marked("tidak dinilai lagi"),
    Relation.NEW: marked("baru"),
}
SURE = {
    "derived": marked("dari nama dan kriteria kedua instrumen"),
    "inferred": marked("tafsiran pokok: periksa"),
}


@pages.get("/index/translation")
def index_translation() -> ResponseReturnValue:
    actor = current_actor()
    shelf = library().instruments
    mapped = _asked(actor, shelf.mapped)
    if mapped is None:
        raise NotFound
    old = accepted_on(eyes_of(actor), mapped.before)
    found = translated(mapped, shelf.by_key, old.pieces)
    return render_template(
        "index_translation.html",
        choices=[_choice(one, one is mapped) for one in shelf.mapped],
        before=found.before.title,
        after=found.after.title,
        cycle=old.cycle,
        pieces=len({piece.use_id for piece in old.pieces}),
        speaks_for=found.speaks_for,
        all_items=len(found.after.items),
        carried=[_reading_shape(one, found.before, found.after) for one in found.carried],
        dropped=[_reading_shape(one, found.before, found.after) for one in found.dropped],
        new=[_reading_shape(one, found.before, found.after) for one in found.new],
        unmapped=[*_named(found.unmapped_before, found.before), *_named(found.unmapped_after, found.after)],
    )


def _asked(actor: Actor, known: tuple[Mapped, ...]) -> Mapped | None:
    """The pair in the address; else from an earlier cycle to the latest, or on from the latest; else the last."""
    wish = request.args.get("to", "")
    if wish:
        return next((one for one in known if one.after == wish), None)
    used = [one.instrument for one in cycles_of(actor.institution_id)]
    latest = used[-1] if used else ""
    leading = [one for one in known if one.after == latest and one.before in used]
    leading = leading or [one for one in known if one.before == latest]
    return (leading or list(known))[-1] if known else None


def _choice(one: Mapped, here: bool) -> dict[str, Any]:
    titles = library().instruments.by_key
    words = _("%(before)s ke %(after)s", before=titles[one.before].title, after=titles[one.after].title)
    return {"words": words, "url": url_for("pages.index_translation", to=one.after), "here": here}


def _reading_shape(one: Reading, before: Instrument, after: Instrument) -> dict[str, Any]:
    return {
        "before": _named(one.pair.before, before),
        "after": _named(one.pair.after, after),
        "relation": _(RELATIONS[one.relation]),
        "sure": _(SURE[one.pair.how_sure]) if one.pair.how_sure in SURE else one.pair.how_sure,
        "note": one.pair.note,
        "pieces": [_piece_shape(piece) for piece in one.pieces],
    }


def _piece_shape(piece: Piece) -> dict[str, Any]:
    return {"name": piece.name, "item": piece.item, "level": piece.level}


def _named(keys: tuple[str, ...], instrument: Instrument) -> list[str]:
    return [f"{key}. {instrument.items[key].name}" for key in keys]
