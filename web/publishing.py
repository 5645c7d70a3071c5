"""A published act in words: its metadata for the network, its relations, and when any of it last changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.act_models import Relation
from governance.documents.brief import establishing
from governance.documents.effect import effect
from governance.documents.public_relations import Related
from governance.documents.published import Published
from governance.documents.publishing import FILLED, TOLD_ELSEWHERE, Described, turned_at
from governance.documents.text import Form
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role
from web.at_hand import library
from web.wording import marked

HOW_SURE = {
    "read": marked("terbaca dalam peraturan"),
    "secondary": marked("dari sumber kedua"),
    "practice": marked("praktik"),
    "inferred": marked("kesimpulan"),
    "memory": marked("ingatan, belum dibaca dalam peraturan"),
    "unknown": marked("belum diketahui"),
}
RELATIONS = {
    (Relation.AMENDS, True): marked("Mengubah"),
    (Relation.AMENDS, False): marked("Diubah dengan"),
    (Relation.REVOKES, True): marked("Mencabut"),
    (Relation.REVOKES, False): marked("Dicabut dengan"),
    (Relation.REPLACES, True): marked("Menggantikan"),
    (Relation.REPLACES, False): marked("Digantikan dengan"),
    (Relation.IMPLEMENTS, True): marked("Melaksanakan"),
    (Relation.IMPLEMENTS, False): marked("Dilaksanakan dengan"),
}
ABSTRACT = {
    "reasons": marked("Alasan"),
    "basis": marked("Dasar hukum"),
    "content": marked("Isi"),
    "notes": marked("Catatan"),
}


def described(act: Published, institution: InstitutionFacts, place: str = "") -> Described:
    """What a published act says of itself."""
    form, office = instrument_of(act.kind, institution, act.signed_on)
    keeper = institution.post_of(Role.LEGAL)
    return Described(
        form=form,
        office=office,
        region=institution.region,
        number=act.number,
        title=act.title,
        signed_on=act.signed_on,
        place=place or institution.seat or "",
        promulgated_on=act.promulgated_on,
        gazette=act.gazette,
        unit=act.unit,
        keeper=institution.unit(keeper.unit).name if keeper else "",
        signer=act.signer,
        details=act.details,
        short=_short(form, office),
        file=file_name(act),
    )


def instrument_of(kind: str, institution: InstitutionFacts, on: date) -> tuple[Form, str]:
    """The form of a kind, and who set it on that day: (Keputusan, "Bupati")."""
    known = library().kinds.get(kind)
    if known is None:  # A kind that was once shipped: what was published of it stays readable.
        return Form.DECREE, institution.head_office
    return known.form, establishing(known, institution, library().law, on).short


def metadata(one: Described) -> dict[str, str | date]:
    """The network's fields by key, those that follow from the act and from what Bagian Hukum completed; no blanks."""
    filled = {key: source(one) for key, source in FILLED.items()}
    return {key: value for key, value in filled.items() if value}


def metadata_rows(one: Described) -> list[dict[str, Any]]:
    """The fields in the network's order, each with what it says, who fills it in and how sure the field is."""
    filled = metadata(one)
    return [
        {
            "key": field.key,
            "title": field.title,
            "value": filled.get(field.key),
            "is_day": isinstance(filled.get(field.key), date),
            "by_legal": field.filled_by == "legal",
            "source": field.source,
            "how_sure": _(HOW_SURE[field.how_sure]),
            "note": field.note,
        }
        for field in library().law.jdih
        if field.key not in TOLD_ELSEWHERE
    ]


def abstract_shape(act: Published) -> list[dict[str, str]]:
    """The abstract's parts that are written."""
    return [{"title": _(ABSTRACT[name]), "text": text} for name, text in act.details.abstract]


def relation_shape(one: Related, key: str, institution: InstitutionFacts, on: date) -> dict[str, Any]:
    """A relation in words; only an act that is published too is led to, and one that is not biasa is not named."""
    return {
        "word": _(RELATIONS[one.relation, one.forth]),
        "name": _related_name(one, institution, on) if one.is_named else _("sebuah keputusan yang tidak diumumkan"),
        "named": one.is_named,
        "url": url_for("pages.jdih_act", key=key, token=one.token) if one.token else None,
        "since": one.since,
    }


def _related_name(one: Related, institution: InstitutionFacts, on: date) -> str:
    if one.words:
        return one.words
    form, office = instrument_of(one.kind, institution, one.since or on)
    return Described(form, office, institution.region, one.number, one.title, one.since or on).name


def updated_at(act: Published, related: Sequence[Related], timezone: str, on: date) -> datetime:
    """When anything that is told of an act last changed: by hand, by another act, or because its day came."""
    by_hand = (act.published_at, act.withdrawn_at, act.detailed_at)
    moments = [*by_hand, *(one.at for one in related), turned_at(act.period, on, timezone)]
    return max(moment for moment in moments if moment is not None)


def status_of(act: Published, on: date) -> str:
    """Whether it holds on a day, as the word of its state."""
    return effect(act.period, on).value


def file_name(act: Published) -> str:
    """What the published file is called; ASCII, so that it is the same on every computer."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in act.number)
    number = "-".join(part for part in plain.split("-") if part)
    return f"{act.kind}-{act.signed_on.year}-{number}.pdf"[:150]


def _short(form: Form, office: str) -> str:
    found = (one.short for one in library().law.short_forms if (one.form, one.office) == (form.value, office))
    return next(found, "")
