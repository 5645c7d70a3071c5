"""The approval pack: who decided what, as what, when, on which sha256, with which notes, and the trail's proof of it.

A pack ends at the document's own last line of the trail, so that it is the same file, byte by byte, until something
more happens to the document. docs/approval-pack.md describes the format; decision 0047 says what it proves.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, String, cast, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from governance.documents.act_models import Signature
from governance.documents.models import Act, Decision, Document, ExternalStep, Promulgation, Revision
from governance.documents.queries import readable
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from governance.people.models import Holding, Person, Unit
from governance.trail.chain import canonical
from governance.trail.models import TrailLine

FORMAT, VERSION = "mandat.approval-pack", 1
PROVES = (
    "Setiap baris jejak dokumen ini utuh: sidiknya adalah sha256 dari sidik baris sebelumnya dan isi barisnya.",
    "Baris yang nomornya berurutan bersambung satu sama lain.",
    "Keputusan, langkah pihak lain, dan revisi sama dengan baris jejaknya: jabatan siapa, kapan, sha256 mana.",
    "Berkas yang sha256-nya sama dengan yang tercantum adalah berkas yang diputus itu, sampai bita terakhir.",
)
PROVES_NOT = (
    "Bahwa baris perkara lain di antara baris-baris ini bersambung: isinya tidak dibuka untuk dihitung ulang.",
    "Bahwa rantai ini rantai lembaga itu: cocokkan nomor dan sidiknya dengan salinan jangkar jejak di luar sistem.",
    "Bahwa waktu yang tertulis waktu sebenarnya: itu jam server pada saat itu.",
    "Nama orang, judul, dan catatan yang tidak tercantum dalam baris jejak: cocokkan di pemasangan asalnya.",
    "Bahwa sesudah baris terakhir tidak terjadi apa-apa lagi dengan dokumen ini.",
)


def pack_of(actor: Actor, document_id: int, institution: InstitutionFacts) -> dict[str, Any]:
    """The pack of a document that the actor may see; NotFound otherwise."""
    row = db.session.execute(_documents(actor.institution_id, document_id).where(readable(actor))).first()
    if row is None:
        raise NotFound
    return _pack(actor.institution_id, row, institution)


def pack_in(institution_id: int, document_id: int, institution: InstitutionFacts) -> dict[str, Any] | None:
    """The pack of any document of an institution, for the operator's check; None where there is none."""
    row = db.session.execute(_documents(institution_id, document_id)).first()
    return _pack(institution_id, row, institution) if row else None


def written(pack: dict[str, Any]) -> bytes:
    """The one way to write a pack: canonical JSON and a line's end."""
    return f"{canonical(pack)}\n".encode()


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    """The content with the sha256 of its canonical form, so that a changed byte is found before anything else."""
    bare = {name: value for name, value in content.items() if name != "seal"}
    return bare | {"seal": hashlib.sha256(canonical(bare).encode()).hexdigest()}


def _pack(institution_id: int, row: Any, institution: InstitutionFacts) -> dict[str, Any]:
    document: Document = row.Document
    content = {
        "format": FORMAT,
        "version": VERSION,
        "institution": {"key": institution.key, "name": institution.name},
        "document": {
            "id": document.id,
            "kind": document.kind,
            "year": document.year,
            "title": document.title,
            "unit": row.name,
            "secrecy": document.secrecy.value,
            "state": document.state.value,
        },
        "revisions": _revisions(institution_id, document),
        "decisions": _made(institution_id, document.id),
        "act": _act(row.Act) if row.Act else None,
        "promulgation": _promulgation(row.Promulgation, row.promulgated_by) if row.Promulgation else None,
        "signatures": _signatures(institution_id, row.Act.id) if row.Act else [],
        "trail": _trail(institution_id, document.id),
        "proves": list(PROVES),
        "proves_not": list(PROVES_NOT),
    }
    return sealed(content)


def _documents(institution_id: int, document_id: int) -> Any:
    columns = (Document, Unit.name, Act, Promulgation, Person.name.label("promulgated_by"))
    return (
        within(institution_id, Document, *columns)
        .join(Unit, Unit.id == Document.initiating_unit_id)
        .outerjoin(Act, Act.id == Document.act_id)
        .outerjoin(Promulgation, Promulgation.act_id == Act.id)
        .outerjoin(Holding, Holding.id == Promulgation.holding_id)
        .outerjoin(Person, Person.id == Holding.person_id)
        .where(Document.id == document_id)
    )


def _revisions(institution_id: int, document: Document) -> list[dict[str, Any]]:
    rows = within(institution_id, Revision).where(Revision.document_id == document.id).order_by(Revision.number)
    return [
        {
            "number": one.number,
            "origin": one.origin.value,
            "sha256": one.sha256,
            "source_sha256": one.source_sha256,
            "template_sha256": one.template_sha256,
            "law_release": one.law_release,
            "findings": {name: count for name, count in (one.checked or {}).items() if name != "checked"},
            "file": f"{document.kind}-{document.year}-{document.id}-r{one.number}.docx",
            "at": _moment(one.created_at),
        }
        for one in db.session.scalars(rows)
    ]


def _made(institution_id: int, document_id: int) -> list[dict[str, Any]]:
    """Decisions and recorded steps of others, in the order in which they were made."""
    both = union_all(_decided(institution_id, document_id), _recorded(institution_id, document_id)).subquery()
    return [
        {
            "move": row.move,
            "as": row.title,
            "name": row.name,
            "post": row.post_id,
            "holding": row.holding_id,
            "at": _moment(row.at),
            "sha256": row.sha256,
            "note": row.reason,
            "counts": row.counts,
            "step": row.step,
            "letter": row.letter_number,
            "letter_on": _day(row.letter_date),
            "scan": row.scan,
        }
        for row in db.session.execute(select(both).order_by(both.c.at, both.c.id))
    ]


def _decided(institution_id: int, document_id: int) -> Any:
    nothing = literal("", String)
    return (
        within(
            institution_id,
            Decision,
            Decision.id.label("id"),
            type_coerce(Decision.move, String).label("move"),
            Decision.title.label("title"),
            Person.name.label("name"),
            Decision.post_id.label("post_id"),
            Decision.holding_id.label("holding_id"),
            Decision.at.label("at"),
            Decision.sha256.label("sha256"),
            Decision.reason.label("reason"),
            Decision.counts.label("counts"),
            nothing.label("step"),
            nothing.label("letter_number"),
            cast(null(), Date).label("letter_date"),
            cast(null(), String).label("scan"),
        )
        .join(Holding, Holding.id == Decision.holding_id)
        .join(Person, Person.id == Holding.person_id)
        .where(Decision.document_id == document_id)
    )


def _recorded(institution_id: int, document_id: int) -> Any:
    revision, holding, person = aliased(Revision), aliased(Holding), aliased(Person)
    return (
        within(
            institution_id,
            ExternalStep,
            ExternalStep.id,
            literal("record", String),
            ExternalStep.by_title,
            person.name,
            ExternalStep.post_id,
            ExternalStep.holding_id,
            ExternalStep.at,
            revision.sha256,
            ExternalStep.reason,
            ExternalStep.counts,
            ExternalStep.title,
            ExternalStep.letter_number,
            ExternalStep.letter_date,
            ExternalStep.scan_sha256,
        )
        .join(revision, revision.id == ExternalStep.revision_id)
        .join(holding, holding.id == ExternalStep.holding_id)
        .join(person, person.id == holding.person_id)
        .where(ExternalStep.document_id == document_id)
    )


def _act(act: Act) -> dict[str, Any]:
    return {
        "number": act.number,
        "title": act.title,
        "signed_on": _day(act.signed_on),
        "in_force_from": _day(act.in_force_from),
        "in_force_to": _day(act.in_force_to),
        "sha256": act.sha256,
        "scan": act.scan_sha256,
        "recorded": act.recorded,
    }


def _promulgation(one: Promulgation, name: str) -> dict[str, Any]:
    return {
        "gazette": one.gazette_number,
        "on": _day(one.promulgated_on),
        "in_force_from": _day(one.in_force_from),
        "sha256": one.sha256,
        "as": one.title,
        "name": name,
        "post": one.post_id,
        "holding": one.holding_id,
        "at": _moment(one.at),
    }


def _signatures(institution_id: int, act_id: int) -> list[dict[str, Any]]:
    """How it was signed. What a validation read from a certificate is left out: it may hold the signer's NIK."""
    rows = within(institution_id, Signature).where(Signature.act_id == act_id).order_by(Signature.id)
    return [
        {
            "way": one.way.value,
            "as": one.signer_title,
            "name": one.signer_name,
            "signed_at": _moment(one.signed_at),
            "sha256": one.sha256,
            "recorded_by": one.by_title,
            "at": _moment(one.at),
        }
        for one in db.session.scalars(rows)
    ]


def _trail(institution_id: int, document_id: int) -> dict[str, Any]:
    """The document's lines in full, each with the hash before it; of the lines between them only how many there are."""
    before = aliased(TrailLine)
    link = (before.institution_id == TrailLine.institution_id) & (before.number == TrailLine.number - 1)
    rows = (
        within(
            institution_id, TrailLine, TrailLine.number, TrailLine.text, TrailLine.hash, before.hash.label("previous")
        )
        .outerjoin(before, link)
        .where(TrailLine.about == f"document:{document_id}")
        .order_by(TrailLine.number)
    )
    lines = [
        {"number": row.number, "previous": row.previous or "", "hash": row.hash, "text": row.text}
        for row in db.session.execute(rows)
    ]
    head = {"number": lines[-1]["number"], "hash": lines[-1]["hash"]} if lines else None
    return {"lines": lines, "gaps": gaps_between([line["number"] for line in lines]), "head": head}


def gaps_between(numbers: Iterable[int]) -> list[dict[str, int]]:
    """The lines of other matters between these: from which number to which; their text and hashes are not told."""
    found, last = [], 0
    for number in numbers:
        if last and number > last + 1:
            found.append({"from": last + 1, "to": number - 1})
        last = number
    return found


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
