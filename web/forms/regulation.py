"""The forms of the register read and filled: a regulation's entry, and what was found of one."""

from dataclasses import asdict
from typing import Any

from governance.kernel.errors import Problem
from governance.mandates.entries import EVERY, Entry, Fact, Relation
from governance.mandates.regulations import Gazette, Regulation
from web.forms.reading import Form, sent
from web.wording import marked

ENTRY_LABELS = {
    "type": marked("Jenis peraturan"),
    "number": marked("Nomor"),
    "year": marked("Tahun"),
    "title": marked("Judul"),
    "issuer": marked("Nama lembaga"),
    "gazette_kind": marked("Lembaran"),
    "gazette_year": marked("Tahun lembaran"),
    "gazette_number": marked("Nomor lembaran"),
    "gazette_supplement": marked("Nomor tambahan lembaran"),
    "enacted": marked("Ditetapkan"),
    "promulgated": marked("Diundangkan"),
    "in_force_from": marked("Mulai berlaku"),
    "in_force_to": marked("Hari terakhir berlaku"),
    "in_preparation": marked("Masih disusun"),
    "how_sure": marked("Seberapa pasti"),
    "note": marked("Catatan"),
    "kinds": marked("Dikutip dalam"),
    "closed_on": marked("Tidak dipakai sejak"),
    "reason": marked("Alasan"),
}
FACT_LABELS = {
    "by": marked("Dengan peraturan"),
    "by_key": marked("Dengan peraturan"),
    "since": marked("Sejak"),
    "source": marked("Sumber"),
    "how_sure": marked("Seberapa pasti"),
    "note": marked("Catatan"),
    "kinds": marked("Dikutip dalam"),
    "closed_on": marked("Ditutup pada"),
    "reason": marked("Alasan"),
}


def seen_version() -> int:
    """The version that the form showed; 0 where it named none, which no row has."""
    value = sent("version")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def entry_sent(form: Form, key: str) -> Entry:
    """The entry that was typed; what cannot be read is among the form's problems."""
    return Entry(
        key=key,
        type=form.text("type", required=True),
        title=form.text("title", required=True),
        issuer=form.text("issuer"),
        number=form.whole("number"),
        year=form.whole("year"),
        gazette=_gazette(form),
        enacted=form.day("enacted"),
        promulgated=form.day("promulgated"),
        in_force_from=form.day("in_force_from"),
        in_force_to=form.day("in_force_to"),
        in_preparation=bool(form.text("in_preparation")),
        how_sure=form.text("how_sure", required=True),
        note=form.text("note"),
        kinds=form.many("kinds"),
        version=seen_version(),
    )


def fact_sent(form: Form, key: str, relation: Relation, fact_id: int = 0) -> Fact:
    """The fact that was typed."""
    cited = relation is Relation.CITED
    return Fact(
        key=key,
        relation=relation,
        source=form.text("source", required=True),
        by=None if cited else form.text("by", required=True),
        since=form.day("since"),
        kinds=form.many("kinds") if cited else (),
        how_sure=form.text("how_sure", required=True),
        note=form.text("note"),
        id=fact_id,
        version=seen_version(),
    )


def typed(form: Form, *names: str) -> dict[str, Any]:
    """What was typed, to be shown again; ticked boxes as they were ticked."""
    return form.again() | {name: form.many(name) for name in names}


def form_of(entry: Entry) -> dict[str, Any]:
    """An entry as its form shows it."""
    gazette = entry.gazette
    return asdict(entry) | {
        "gazette_kind": gazette.kind if gazette else "",
        "gazette_year": gazette.year if gazette else "",
        "gazette_number": gazette.number if gazette else "",
        "gazette_supplement": (gazette.supplement or "") if gazette else "",
    }


def form_from(regulation: Regulation, kinds: tuple[str, ...]) -> dict[str, Any]:
    """What the register already says of one that waits to be completed."""
    known = {name: getattr(regulation, name) for name in ("type", "number", "year", "issuer", "note")}
    days = {name: getattr(regulation, name) for name in ("enacted", "promulgated", "in_force_from")}
    title = "" if regulation.status == "local" and regulation.number is None else regulation.title
    return known | days | {"title": title, "kinds": kinds or (EVERY,), "how_sure": "read", "version": 0}


def _gazette(form: Form) -> Gazette | None:
    kind, year, number = form.text("gazette_kind"), form.whole("gazette_year"), form.whole("gazette_number")
    supplement = form.whole("gazette_supplement")
    if year is not None and number is not None and kind:
        return Gazette(kind, year, number, supplement)
    if year is not None or number is not None or supplement is not None:
        lacking = {"gazette_kind": kind, "gazette_year": year, "gazette_number": number}
        place = next((name for name, value in lacking.items() if not value), "gazette_number")
        form.problems.append(Problem(place, "regulation.gazette_incomplete"))
    return None
