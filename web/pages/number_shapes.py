"""How series, the book of a year and the changes of a series look to their pages."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents import book
from governance.documents.book import SeriesSeen
from governance.documents.numbering import Gap
from governance.people.actors import Actor
from governance.people.roles import Role
from web.at_hand import institution_of, library
from web.pages.shapes import kind_title
from web.wording import marked, told

LABELS = {
    "key": marked("Nama seri"),
    "way": marked("Cara menomori"),
    "pattern": marked("Pola"),
    "classification": marked("Kode klasifikasi"),
    "code": marked("Kode klasifikasi per jenis"),
    "classifications": marked("Kode klasifikasi per jenis"),
    "kinds": marked("Jenis dokumen"),
    "start": marked("Nomor awal"),
    "start_year": marked("Tahun nomor awal"),
    "first": marked("Nomor pertama"),
    "last": marked("Nomor terakhir"),
    "reason": marked("Alasan"),
    "signed_on": marked("Rencana tanggal tanda tangan"),
    "number": marked("Nomor"),
}


def series_shape(actor: Actor, one: SeriesSeen, year: int) -> dict[str, Any]:
    """A series and how far it has come in a year."""
    shelf = library()
    named = [kind_title(kind) for kind in one.kinds]
    family = [kind.title for kind in shelf.kinds.values() if kind.series == one.key and kind.key not in one.kinds]
    unit = unit_named(actor)
    return {
        "id": one.id,
        "key": one.key,
        "way": one.way.value,
        "pattern": one.pattern,
        "classification": one.classification,
        "codes": [(kind_title(kind), code) for kind, code in one.classifications.items()],
        "kinds": named + family,
        "first": one.first,
        "last": one.last,
        "reserved": one.reserved,
        "void": one.void,
        "left": one.left,
        "missing": one.missing,
        "example": one.example(year, unit),
    }


def unit_named(actor: Actor) -> str:
    """The unit that an example names: the one that most of these documents come from."""
    facts = institution_of(actor)
    digital = facts.post_of(Role.DIGITAL)
    return facts.unit(digital.unit).abbreviation if digital else ""


def book_shape(line: book.Line | Gap) -> dict[str, Any]:
    """A number of the book, or a gap in it."""
    if isinstance(line, Gap):
        return {"gap": True, "first": line.first, "last": line.last, "count": line.count}
    return {
        "gap": False,
        "number": line.number,
        "use": line.use.value,
        "written": line.written,
        "dated_on": line.dated_on,
        "url": url_for("pages.document", document_id=line.document_id) if line.document_id else "",
        "title": line.title,
        "reason": line.reason,
        "by": line.by_title,
        "at": line.at,
        "left": line.left,
    }


def line_shape(line: Any) -> dict[str, Any]:
    """A line of a series' trail, with what was changed."""
    before, after = line.params.get("before"), line.params.get("after")
    changes = []
    if isinstance(before, dict) and isinstance(after, dict):
        changes = [(_(LABELS.get(name, name)), _said(before.get(name)), _said(value)) for name, value in after.items()]
    return {
        "what": told(f"trail.{line.what}", line.params),
        "at": line.at,
        "who": line.by_title,
        "changes": changes,
        "number": line.number,
        "hash": line.hash,
    }


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{kind_title(kind)}: {code}" for kind, code in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(kind_title(str(kind)) for kind in value) or "–"
    return "–" if value in (None, "") else str(value)
