"""Preparing an electronic signature: the number reserved and put into the file, the file printed; or given up again."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import giving, reading, signings, under_way
from governance.documents.act_models import Signing, SigningWay
from governance.documents.examined import bears_name
from governance.documents.lifecycle import Move
from governance.documents.models import Document, Form, Rendition, new_token
from governance.documents.renditions import leave_rendition
from governance.documents.signing_block import Block, with_block
from governance.documents.signings import SIGN
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, NotAllowed, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.notices.leaving import leave
from governance.notices.models import Doing
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Matter
from governance.people.roles import Role
from governance.trail.record import record
from workflows import acts
from workflows.bells import ring
from workflows.enactment import require_past
from workflows.library import Library
from workflows.outside.esign import Esign
from workflows.outside.pdfs import Trust
from workflows.outside.soffice import Printer
from workflows.who_signs import sealed_by, signer_for

REASON_LIMIT = 4000


@dataclass(frozen=True)
class Outside:
    """What signing needs from beyond the house."""

    library: Library
    printer: Printer
    esign: Esign
    trust: Trust
    address: str  # of the verification page, up to the token


@dataclass(frozen=True)
class Prepared:
    """How an approved document is to be signed; `number` only for a series that follows the shared register."""

    document_id: int
    seen: str
    way: SigningWay
    signed_on: date
    number: str | None = None
    delegation: int | None = None  # signed in the establishing post's name (a.n.), by that delegation


def prepare(wish: Prepared, *, by: Actor, now: datetime, outside: Outside) -> None:
    """Reserve the number, seal the file, put the visible block into a copy of it and leave that to be printed."""
    with transaction() as after_commit:
        document = under_way.for_change(wish.document_id, by)
        there = signings.open_of(document)
        if there is not None and (there.way, there.signed_on) == (wish.way, wish.signed_on):
            return
        under_way.require_move(document, Move.ENACT, by, wish.seen)
        signings.require_none(document)
        require_past(wish.signed_on, day_in(by.timezone, now))
        _require_possible(wish.way, outside)
        row = _prepared(document, wish, by, now, outside)
        leave_rendition(document.id, Form.ELECTRONIC, (row.sealed_sha256, row.word_sha256), by=by, at=now)
        if wish.way is SigningWay.NATIONAL:
            _ask_to_sign(document, row, by, now)
        told = {"number": row.number, "way": row.way.value, "signed_on": row.signed_on.isoformat()}
        files = {"approved": row.approved_sha256, "sealed": row.sealed_sha256, "file": row.word_sha256}
        record("document.signing_prepared", by=by, about=("document", document.id), at=now, **told, **files)
        after_commit(ring("renditions.print", "notices.deliver"))


def cancel(document_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Give the signing up: its number is void, and Bagian Hukum may prepare anew, with ink or electronically."""
    with transaction() as after_commit:
        document = under_way.for_change(document_id, by)
        if not permissions.may(by, permissions.Act.ENACT):
            require_signer(document, by)
        if problems := unprintable("reason", reason.strip()):
            raise Invalid(*problems)
        if not reason.strip():
            raise Invalid(Problem("reason", "decision.reason_missing"))
        if len(reason) > REASON_LIMIT:
            raise Invalid(Problem("reason", "decision.reason_long", {"limit": REASON_LIMIT}))
        row = signings.drop(document, reason.strip(), by=by, now=now)
        if row is None:
            raise Refusal("signing.none")
        _ask_to_enact_again(document, row, by, now)
        told = {"number": row.number, "reason": reason.strip()}
        record("document.signing_cancelled", by=by, about=("document", document.id), at=now, **told)
        after_commit(ring("notices.deliver"))


def print_again(document_id: int, *, by: Actor, now: datetime, printer: Printer) -> None:
    """Let the file to be signed be printed once more, where that failed; a PDF that is there is never replaced."""
    with transaction() as after_commit:
        document = under_way.for_change(document_id, by)
        row = signings.open_of(document)
        if row is None:
            raise Refusal("signing.none")
        if printer.program is None:
            raise Refusal("pdf.not_installed")
        mine = (Rendition.form == Form.ELECTRONIC) & (Rendition.word_sha256 == row.word_sha256)
        rows = within(by.institution_id, Rendition).where(mine, Rendition.document_id == document.id)
        printed = db.session.scalars(rows.with_for_update()).one()
        if printed.state is not Doing.FAILED:
            return
        printed.state, printed.due_at, printed.lease_until, printed.attempts = Doing.WAITING, now, None, 0
        printed.answer = ""
        record(
            "document.pdf_asked",
            by=by,
            about=("document", document.id),
            at=now,
            form="electronic",
            sha256=row.word_sha256,
        )
        after_commit(ring("renditions.print"))


def require_signer(document: Document, by: Actor) -> None:
    """NotAllowed unless it is the actor's turn to sign."""
    asked = under_way.asked_of(document)
    permissions.require(by, permissions.Act.SIGN, Matter(waiting_post_ids=asked))
    if by.post_id is None or asked.get(by.post_id) != SIGN:
        raise NotAllowed("refused.not_your_turn", move=SIGN)


def _require_possible(way: SigningWay, outside: Outside) -> None:
    """What this way needs is there."""
    if way is SigningWay.WET:
        raise Invalid(Problem("way", "signing.way"))
    if outside.printer.program is None:
        raise Refusal("pdf.not_installed")
    if way is SigningWay.NATIONAL and outside.esign.url is None:
        raise Refusal("esign.off")


def _prepared(document: Document, wish: Prepared, by: Actor, now: datetime, outside: Outside) -> Signing:
    library = outside.library
    approved = under_way.revision_of(document)
    assert approved is not None  # CHECK reviewed_has_revision
    acts.span(approved, wish.signed_on)
    signer = signer_for(document, approved, wish.signed_on, library, wish.delegation)
    if signer is None or signer.holding_id is None:
        raise Refusal("signing.nobody")
    order = giving.order_of(document, library.family(document.kind), wish.signed_on, wish.number)
    number = giving.reserve(order, by=by, at=now)[0].written
    sealed = sealed_by(signer, library.files.read(approved.sha256), number, wish.signed_on)
    office, name = _printed_signer(sealed, signer.name)
    token = new_token()
    word = with_block(sealed, Block(office, name, outside.address + token))
    row = Signing(
        institution_id=document.institution_id,
        document_id=document.id,
        way=wish.way,
        number=number,
        signed_on=wish.signed_on,
        token=token,
        approved_sha256=approved.sha256,
        sealed_sha256=library.files.keep(sealed),
        word_sha256=library.files.keep(word),
        signer_post_id=signer.post_id,
        signer_title=signer.title[:200],
        signer_name=signer.name,
        by_title=by.title,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _printed_signer(sealed: bytes, holder: str) -> tuple[str, str]:
    """Office and name as they are printed in the file; refused where that is not who holds the post."""
    text = reading.read_document(sealed)
    name = text.signer_name or ""
    if not bears_name(name, holder) and not bears_name(holder, name):
        raise Refusal("signing.other_name", printed=name or "–", name=holder)
    return text.signer_office.strip().rstrip(","), name


def _ask_to_sign(document: Document, row: Signing, by: Actor, now: datetime) -> None:
    under_way.ask(document, {row.signer_post_id: SIGN}, now)
    _tell(document, row, ("document.asked_sign", {row.signer_post_id}), by, now)


def _ask_to_enact_again(document: Document, row: Signing, by: Actor, now: datetime) -> None:
    rows = within(document.institution_id, Post, Post.id).where(Post.role == Role.LEGAL).order_by(Post.id).limit(1)
    legal = db.session.scalar(rows)
    under_way.ask(document, {legal: Move.ENACT.value} if legal else {}, now)
    told = {one for one in (legal, row.signer_post_id) if one and one != by.post_id}
    _tell(document, row, ("document.signing_cancelled", told), by, now)


def _tell(document: Document, row: Signing, told: tuple[str, set[int]], by: Actor, now: datetime) -> None:
    key, posts = told
    params = {"title": document.title[:300], "by": by.title, "number": row.number, "reason": row.reason[:200]}
    cause = f"{key}:{row.id}"
    leave(posts, key, by=by, at=now, cause=cause, document_id=document.id, params=params)
