"""Electronic signing: a prepared file taken in signed, or signed by the national service, and enacted with that.

The order is the design's (§3.7): number reserved, put into the file, signed, then enacted. Asking the national service
is claim (commit), call, enact (commit): the second named exception to "a verb is one transaction", for nothing may
wait on a foreign server while rows are locked. Whatever becomes of the call, the reserved number stays the document's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import structlog

from governance.documents import giving, queries, signings, under_way
from governance.documents.act_models import Signature, Signing, SigningState, SigningWay
from governance.documents.examined import Examined, names_holder, require_signed, signers_of
from governance.documents.lifecycle import Move
from governance.documents.models import Act, Document
from governance.documents.signings import UnderWay
from governance.documents.strategic import strategic_warning
from governance.documents.under_way import Decided
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction, within
from governance.kernel.errors import Invalid, Problem, Refusal, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.queries import post_holder
from governance.trail.record import record
from workflows import acts
from workflows.acts import Sealed
from workflows.bells import ring
from workflows.library import Library
from workflows.outside.esign import NotSigned, Paper, Secret, signed_pdf
from workflows.outside.pdfs import examined
from workflows.preparing import Outside, require_signer
from workflows.who_signs import require_delegation

LEASE_BEYOND = timedelta(seconds=60)  # beyond the service's own patience: to examine what came back

log = structlog.get_logger()


@dataclass(frozen=True)
class Uploaded:
    """A PDF that was signed elsewhere; `confirmed`: another name on the certificate is known to be the official's."""

    document_id: int
    data: bytes = field(repr=False)
    confirmed: bool = False


@dataclass(frozen=True)
class Asked:
    """The signer's wish: the PDF he saw, by its sha256, and what he typed for this one call."""

    document_id: int
    seen: str
    secret: Secret = field(repr=False)


@dataclass(frozen=True)
class _Done:
    """A signed PDF, examined."""

    data: bytes
    examined: Examined
    prepared: str
    differs: bool  # the certificate names somebody else than the official


def take_signed(uploaded: Uploaded, *, by: Actor, now: datetime, outside: Outside) -> None:
    """A PDF signed elsewhere comes back: its signature is validated, and the document is enacted with it.

    BadFile unless it is the prepared file with nothing added but signatures that stand.
    """
    if _was_taken(uploaded, by, now):
        return
    waiting = _waiting(uploaded.document_id, SigningWay.SIGNED_PDF, by, now)
    done = _judged(uploaded.data, waiting, outside)
    if done.differs and not uploaded.confirmed:
        told = {"signer": signers_of(done.examined.signatures), "name": waiting.signer_name}
        raise Invalid(Problem("confirmed", "signed.other_name", told))
    with transaction() as after_commit:
        document = under_way.for_change(uploaded.document_id, by)
        permissions.require(by, permissions.Act.ENACT)
        row = signings.open_of(document)
        if row is None or row.id != waiting.id:
            raise Stale(["signing"])
        _require_delegation(document, row, _day_of(done, by, now), outside.library)
        _enact(document, done, by, now, outside.library)
        after_commit(ring("notices.deliver", "jobs.run"))


def sign(asked: Asked, *, by: Actor, now: datetime, outside: Outside) -> None:
    """The holder of the establishing post signs through the national service; the result is validated, then enacted.

    NotAllowed for anybody else. A call that fails says why, keeps the reservation, and may be made again.
    """
    waiting = _claimed(asked, by, now, outside)
    paper = Paper(
        outside.library.files.read(asked.seen), waiting.number, waiting.signer_title, outside.address + waiting.token
    )
    try:
        done = _judged(signed_pdf(paper, asked.secret, outside.esign), waiting, outside)
    except NotSigned as error:
        _given_back(waiting, by, error.fault.value)
        raise Refusal(error.fault.value, said=error.said) from None
    except Refusal as refusal:
        _given_back(waiting, by, refusal.key)
        raise Refusal("esign.bad_answer") from refusal
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        row = signings.open_of(document)
        if row is None or (row.id, row.attempts, row.state) != (waiting.id, waiting.attempts, SigningState.SENDING):
            raise Refusal("signing.overtaken")
        _enact(document, done, by, now, outside.library)
        after_commit(ring("notices.deliver", "jobs.run"))


def _was_taken(uploaded: Uploaded, by: Actor, now: datetime) -> bool:
    """Whether this very file is what the document was enacted with: a second tap does nothing."""
    document = queries.document(by, uploaded.document_id, day_in(by.timezone, now))
    how = document.act.how if document.act else None
    return how is not None and how.sha256 == sha256(uploaded.data).hexdigest()


def _waiting(document_id: int, way: SigningWay, by: Actor, now: datetime) -> UnderWay:
    """The signing that waits in that way, with its PDF printed."""
    queries.document(by, document_id, day_in(by.timezone, now))
    permissions.require(by, permissions.Act.ENACT)
    found = signings.under_way(by, document_id)
    if found is None or found.way is not way:
        raise Refusal("signing.none")
    if found.pdf_sha256 is None:
        raise Refusal("signing.not_printed")
    return found


def _claimed(asked: Asked, by: Actor, now: datetime, outside: Outside) -> UnderWay:
    """Take the signing for this call; another call at the same time is refused, one that died is taken over."""
    with transaction():
        document = under_way.for_change(asked.document_id, by)
        require_signer(document, by)
        _require_typed(asked.secret)
        row, found = signings.open_of(document), signings.under_way(by, document.id)
        if row is None or found is None or row.way is not SigningWay.NATIONAL:
            raise Refusal("signing.none")
        if found.pdf_sha256 is None:
            raise Refusal("signing.not_printed")
        if asked.seen != found.pdf_sha256:
            raise Stale(["signing"])
        holder = post_holder(by.institution_id, found.signer_post_id, day_in(by.timezone, now))
        if holder is None or holder[0] != by.holding_id or holder[1] != found.signer_name:
            raise Refusal("signing.other_name", printed=found.signer_name, name=holder[1] if holder else "–")
        if found.is_busy(now):
            raise Refusal("signing.busy")
        _require_delegation(document, row, day_in(by.timezone, now), outside.library)
        row.state, row.attempts = SigningState.SENDING, row.attempts + 1
        row.lease_until, row.answer = now + timedelta(seconds=outside.esign.timeout) + LEASE_BEYOND, ""
        db.session.flush()
        claimed = signings.under_way(by, document.id)
        assert claimed is not None  # it was there a moment ago, and the document is locked
        return claimed


def _require_delegation(document: Document, row: Signing, on: date, library: Library) -> None:
    approved = under_way.revision_of(document)
    assert approved is not None  # CHECK reviewed_has_revision
    require_delegation(document, approved, row, on, library)


def _day_of(done: _Done, by: Actor, now: datetime) -> date:
    """The day of the last signature where it says one, else today."""
    at = done.examined.signatures[-1].at
    return day_in(by.timezone, datetime.fromisoformat(at) if at else now)


def _require_typed(secret: Secret) -> None:
    problems = []
    if not (len(secret.nik) == 16 and secret.nik.isascii() and secret.nik.isdigit()):
        problems.append(Problem("nik", "esign.nik"))
    if not secret.passphrase or len(secret.passphrase) > 200:
        problems.append(Problem("passphrase", "esign.passphrase_missing"))
    if problems:
        raise Invalid(*problems)


def _given_back(waiting: UnderWay, by: Actor, answer: str) -> None:
    """The call failed: the signing waits again, with the key of why."""
    log.warning("not signed", signing=waiting.id, attempt=waiting.attempts, answer=answer)
    with transaction():
        row = db.session.scalars(_mine(waiting, by)).first()
        if row is not None:
            row.state, row.lease_until, row.answer = SigningState.PREPARED, None, answer


def _mine(waiting: UnderWay, by: Actor) -> Any:
    """The row as this call claimed it; another call may have taken it over since."""
    mine = (Signing.id == waiting.id) & (Signing.attempts == waiting.attempts)
    return within(by.institution_id, Signing).where(mine, Signing.state == SigningState.SENDING).with_for_update()


def _judged(data: bytes, waiting: UnderWay, outside: Outside) -> _Done:
    """The signed PDF, validated; a refusal says what is wrong with it."""
    prepared = waiting.pdf_sha256 or ""
    found = examined(data, outside.trust, outside.library.files.read(prepared))
    if found.refused:
        log.info("a signed file was refused", signing=waiting.id, why=found.refused)
    require_signed(found)
    return _Done(data, found, prepared, not names_holder(found, waiting.signer_name))


def _enact(document: Document, done: _Done, by: Actor, now: datetime, library: Library) -> None:
    """Inside the verb: the reserved number becomes the act's, the sealed file with the signed one beside it."""
    row = signings.open_of(document)
    assert row is not None  # the verb has just looked, and the document is locked
    approved, seen = under_way.revision_of(document), under_way.seen_now(document)
    if approved is None or approved.sha256 != row.approved_sha256:
        raise Stale(["signing"])
    giving.use_reserved(document)
    sealed = Sealed(row.number, row.signed_on, row.sealed_sha256, token=row.token)
    act = acts.laid_down(document, approved, sealed, now, library)
    signature = _signature(act, row, done, library.files.keep(done.data))
    signature.by_title, signature.at = by.title, now
    db.session.add(signature)
    row.state, row.ended_at, row.lease_until, row.answer = SigningState.SIGNED, now, None, ""
    row.prepared_sha256, row.signed_sha256 = done.prepared, signature.sha256
    under_way.decide(document, Move.ENACT, Decided(document.id, seen), by=by, at=now)
    related = acts.relate(act, approved.fields, (), (by, now), library)
    acts.concluded(document, act, by, now, library)
    serials = [one.serial for one in done.examined.signatures]  # The trail holds no names.
    told = {"number": row.number, "way": row.way.value, "certificates": serials, "differs": done.differs}
    files = {"approved": row.approved_sha256, "sealed": row.sealed_sha256, "signed": signature.sha256}
    day, related = row.signed_on.isoformat(), related | strategic_warning(approved, signature.holding_id)
    record("document.signed", by=by, about=("document", document.id), at=now, signed_on=day, **told, **files, **related)


def _signature(act: Act, row: Signing, done: _Done, sha: str) -> Signature:
    """What was found that day, as it was found: pages show it and never judge anew what has been enacted."""
    last = done.examined.signatures[-1]
    holder = post_holder(row.institution_id, row.signer_post_id, row.signed_on)
    return Signature(
        institution_id=row.institution_id,
        act_id=act.id,
        way=row.way,
        sha256=sha,
        signer_title=row.signer_title,
        signer_name=row.signer_name,
        holding_id=holder[0] if holder else None,
        signed_at=datetime.fromisoformat(last.at) if last.at else None,
        report={**done.examined.as_data(), "prepared": done.prepared, "differs": done.differs},
    )
