"""What documents cite: kept with each revision when it is cut, and asked by regulation.

A draft would be composed anew: what it cites follows from its kind and its day, so it is worked out from the law and
never stored. Where an edited Word file stands for the draft, that file's own revision says what it cites.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, literal, true

from governance.documents import reading
from governance.documents.dating import dated
from governance.documents.lifecycle import State
from governance.documents.models import Act, Cited, Document, Revision, Secrecy, WorkingCopy
from governance.documents.queries import readable
from governance.kernel.db import Key, db, within
from governance.mandates.law import Law
from governance.mandates.matching import key_of
from governance.mandates.register import Register
from governance.mandates.regulations import Citation
from governance.people.actors import Actor

TEXT_LIMIT = 4000
PAGE = 50
ENDED = (State.DRAFT, State.WITHDRAWN)


@dataclass(frozen=True)
class Citing:
    """A document that cites a regulation, with the words it uses; a draft's words are those of today.

    `day` is when it was signed, else submitted, else opened.
    """

    document_id: int
    kind: str
    year: int
    title: str
    state: State
    secrecy: Secrecy
    unit_id: int
    text: str
    day: date
    number: str | None = None
    in_force_to: date | None = None


_NEWEST = (Revision.document_id == Document.id) & (Revision.number == Document.revision_number)


def keep(revision: Revision, citations: Iterable[Citation]) -> None:
    """Keep what a revision cites, as it was composed: each item with the register's key."""
    _keep(revision, [(one.key or None, one.text) for one in citations])


def keep_read(revision: Revision, data: bytes, law: Law) -> None:
    """Keep what an uploaded file cites: its lines of Mengingat, recognised in the register where they can be."""
    lines = [one.text for one in reading.read_document(data).citations]
    _keep(revision, [(key_of(line, law.regulations), line) for line in lines])


def keep_same(sealed: Revision, approved: Revision) -> None:
    """Sealing changes number, date and mark alone: the sealed revision cites what the approved one cites."""
    same = within(
        approved.institution_id,
        Cited,
        Cited.institution_id,
        literal(sealed.id, Key),
        Cited.place,
        Cited.regulation_key,
        Cited.text,
    ).where(Cited.revision_id == approved.id)
    columns = ["institution_id", "revision_id", "place", "regulation_key", "text"]
    db.session.execute(insert(Cited).from_select(columns, same))


def documents_citing(actor: Actor, key: str, *, after: int | None = None) -> tuple[list[Citing], int | None]:
    """A page of the submitted and enacted documents that cite it, newest first, as far as the actor may see them."""
    rows = _citing(actor.institution_id, key, readable(actor)).order_by(Document.id.desc()).limit(PAGE + 1)
    if after is not None:
        rows = rows.where(Document.id < after)
    found = db.session.execute(rows).all()
    shown = _each_once(found[:PAGE])
    return shown, (shown[-1].document_id if len(found) > PAGE else None)


def all_citing(institution_id: int, key: str) -> list[Citing]:
    """Every submitted or enacted document of an institution that cites it: for the list of what is to be reviewed."""
    return _each_once(db.session.execute(_citing(institution_id, key, true()).order_by(Document.id.desc())))


def drafts_citing(
    register: Register, kinds: Collection[str], key: str, today: date, actor: Actor | None = None
) -> list[Citing]:
    """The drafts that would cite it if they were submitted now, newest first; of `actor`, those he may see.

    `kinds` are those with a Mengingat: letters and reports have none.
    """
    rows = (
        within(register.institution_id, Document, Document, WorkingCopy.fields, WorkingCopy.file_sha256, Cited.text)
        .join(WorkingCopy, WorkingCopy.document_id == Document.id)
        .outerjoin(Revision, _NEWEST)
        .outerjoin(Cited, _cited_in(register.institution_id) & (Cited.regulation_key == key))
        .where(Document.state == State.DRAFT, Document.kind.in_(kinds), readable(actor) if actor else true())
        .order_by(Document.id.desc())
    )
    cited: dict[tuple[str, date], str | None] = {}
    found: dict[int, Citing] = {}
    for document, fields, file_sha256, of_file in db.session.execute(rows):
        asked = (document.kind, dated(fields, today))
        if file_sha256 is None and asked not in cited:
            cited[asked] = _words(register, key, *asked)
        if (text := of_file if file_sha256 else cited[asked]) is not None:
            found[document.id] = _shape(document, text, document.created_at.date(), None)
    return list(found.values())


def _words(register: Register, key: str, kind: str, on: date) -> str | None:
    if kind not in register.law.mandates:
        return None
    cited = register.law.mengingat(kind, register.institution, on)
    return next((one.text for one in cited if one.key == key), None)


def _keep(revision: Revision, cited: Sequence[tuple[str | None, str]]) -> None:
    rows = [
        {
            "institution_id": revision.institution_id,
            "revision_id": revision.id,
            "place": place,
            "regulation_key": key,
            "text": text[:TEXT_LIMIT],
        }
        for place, (key, text) in enumerate(cited, 1)
    ]
    if rows:
        db.session.execute(insert(Cited), rows)


def _citing(institution_id: int, key: str, seen: ColumnElement[bool]) -> Select[Any]:
    """The newest revision of each document counts: what an older one cited is history."""
    return (
        within(institution_id, Document, Document, Cited.text, Revision.created_at, Act)
        .join(Revision, _NEWEST)
        .join(Cited, _cited_in(institution_id))
        .outerjoin(Act, Act.id == Document.act_id)
        .where(Cited.regulation_key == key, Document.state.not_in(ENDED), seen)
    )


def _cited_in(institution_id: int) -> ColumnElement[bool]:
    return (Cited.revision_id == Revision.id) & (Cited.institution_id == institution_id)


def _each_once(rows: Iterable[Any]) -> list[Citing]:
    """A file that cites the same regulation twice is still one document."""
    found = {document.id: _shape(document, text, cut_at.date(), act) for document, text, cut_at, act in rows}
    return list(found.values())


def _shape(document: Document, text: str, day: date, act: Act | None) -> Citing:
    return Citing(
        document_id=document.id,
        kind=document.kind,
        year=document.year,
        title=document.title,
        state=State(document.state),
        secrecy=document.secrecy,
        unit_id=document.initiating_unit_id,
        text=text,
        day=act.signed_on if act else day,
        number=act.number if act else None,
        in_force_to=act.last_day if act else None,
    )
