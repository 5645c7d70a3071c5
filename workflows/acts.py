"""An act laid down inside a verb that enacts: its sealed revision and its row, and what follows from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.documents import citing, relating, revoking, under_way
from governance.documents.act_models import Signature, SigningWay
from governance.documents.lifecycle import Move
from governance.documents.models import Act, Binding, Document, Origin, Revision, Secrecy, new_token
from governance.documents.relating import Wish
from governance.documents.signers import Signer
from governance.kernel.db import db, within
from governance.kernel.errors import Invalid, Problem
from governance.notices.leaving import leave, leave_job
from governance.obligations.recomputing import timetable_changed
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.queries import facts_of
from governance.people.roles import Role
from workflows.approval import followers
from workflows.library import Library


@dataclass(frozen=True)
class Sealed:
    """The approved file with its number and date, and the scan that came with it; `token` where one was promised."""

    number: str
    signed_on: date
    sha256: str
    scan_sha256: str | None = None
    token: str | None = None


def laid_down(document: Document, approved: Revision, sealed: Sealed, now: datetime, library: Library) -> Act:
    """The sealed revision and the act; Invalid where it would end before it begins."""
    revision = under_way.cut(
        document,
        Origin.SEALED,
        sha256=sealed.sha256,
        fields=approved.fields,
        at=now,
        source_sha256=approved.sha256,
        template_sha256=approved.template_sha256,
        law_release=approved.law_release,
    )
    citing.keep_same(revision, approved)
    since, until = span(approved, sealed.signed_on)
    act = Act(
        institution_id=document.institution_id,
        kind=document.kind,
        title=document.title,
        number=sealed.number,
        signed_on=sealed.signed_on,
        in_force_from=since,
        in_force_to=until,
        sha256=sealed.sha256,
        scan_sha256=sealed.scan_sha256,
        binds_from=Binding.PROMULGATION if library.is_promulgated(document.kind) else Binding.SIGNING,
        token=sealed.token or new_token(),
    )
    db.session.add(act)
    db.session.flush()
    return act


def span(approved: Revision, signed_on: date) -> tuple[date, date | None]:
    """From when to when what was approved binds if signed that day; Invalid where that is no time at all."""
    since = _day(approved.fields.get("effective_from")) or signed_on
    until = _day(approved.fields.get("effective_to"))
    if until is not None and until < since:  # Approved in the old year, signed in the new one.
        raise Invalid(Problem("signed_on", "enact.over", {"end": until.isoformat()}))
    return since, until


def keep_wet(act: Act, signer: Signer | None, by: Actor, now: datetime) -> None:
    """Signed with ink, by who signs that day, as Bagian Hukum records it."""
    signature = Signature(institution_id=act.institution_id, act_id=act.id, way=SigningWay.WET, at=now)
    signature.sha256, signature.by_title = act.scan_sha256, by.title
    signature.signer_title, signature.signer_name = (signer.title[:200], signer.name) if signer else ("", "")
    signature.holding_id = signer.holding_id if signer else None
    db.session.add(signature)


def concluded(document: Document, act: Act, by: Actor, now: datetime, library: Library) -> None:
    """The document is enacted: who goes on with it is asked, who followed it is told, its tasks are handed out."""
    document.act_id = act.id
    document.move(Move.ENACT, now)
    _ask_to_promulgate(document, by, now, library)
    _tell_enacted(document, act, by, now)
    leave_job("tasking.hand_out", key=f"document:{document.id}", by=by, at=now, document_id=document.id)
    leave_job("offering.tell", key=f"act:{act.id}", by=by, at=now, document_id=document.id)
    timetable_changed(f"act:{act.id}:enacted", by=by, at=now, because=because_of(act, document.secrecy))


def because_of(act: Act, secrecy: Secrecy) -> dict[str, Any]:
    """Why dates move, as people are told; the number only of what everyone may know."""
    if secrecy is not Secrecy.BIASA:
        return {"key": "because.act", "params": {"mandate": act.kind}}
    return {"key": "because.act_numbered", "params": {"mandate": act.kind, "number": act.number}}


def relate(
    act: Act, fields: dict[str, Any], wishes: tuple[Wish, ...], by_now: tuple[Actor, datetime], library: Library
) -> dict[str, Any]:
    """What the decree itself revokes, and what was chosen beside it."""
    text = revoking.said_to_revoke(library.kind(act.kind), fields)
    named = revoking.named_acts(facts_of(act.institution_id), text, act.kind, by_now[0], act.signed_on)
    return related(act, revoking.with_named(wishes, text, named), *by_now)


def related(act: Act, wishes: tuple[Wish, ...], by: Actor, now: datetime) -> dict[str, Any]:
    """Write the relations down; for the trail, what was said of which act."""
    rows = [relating.write_down(act, wish, by=by, at=now) for wish in wishes]
    told = [[row.relation.value, row.other_id, row.other_title[:300]] for row in rows]
    return {"relations": told} if told else {}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _ask_to_promulgate(document: Document, by: Actor, now: datetime, library: Library) -> None:
    """A Peraturan goes on to the Sekda, who puts it into Berita Daerah; anything else waits for nobody."""
    rows = within(document.institution_id, Post, Post.id).where(Post.role == Role.SECRETARY).order_by(Post.id).limit(1)
    secretary = db.session.scalar(rows) if library.is_promulgated(document.kind) else None
    under_way.ask(document, {secretary: Move.PROMULGATE.value} if secretary else {}, now)
    if secretary:
        leave(
            {secretary},
            "document.asked_promulgate",
            by=by,
            at=now,
            cause=f"document.asked_promulgate:{document.id}",
            document_id=document.id,
            params={"title": document.title[:300], "by": by.title},
        )


def _tell_enacted(document: Document, act: Act, by: Actor, now: datetime) -> None:
    """Tell the initiating unit and everyone on the route that it is done."""
    leave(
        followers(document) - {by.post_id or 0},
        "document.enacted",
        by=by,
        at=now,
        cause=f"document.enacted:{document.id}",
        document_id=document.id,
        params={"title": document.title[:300], "number": act.number},
    )
