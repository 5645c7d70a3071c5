"""Who signs a document on the day of its signing, and how: as its own holder, or in his name by a delegation (a.n.)."""

from datetime import date
from typing import Any

from governance.documents import sealing
from governance.documents.act_models import Signing
from governance.documents.brief import establishing
from governance.documents.dating import dated
from governance.documents.delegations import delegation_for, signing_on, stands
from governance.documents.models import Document, Revision
from governance.documents.signers import IN_THE_NAME, Signer, in_the_name_of, signer_of_post, signer_on
from governance.documents.signings import UnderWay
from governance.kernel.errors import Invalid, Problem, Refusal
from governance.people.queries import facts_of
from workflows.library import Library


def signer_for(
    document: Document, approved: Revision, on: date, library: Library, delegation_id: int | None = None
) -> Signer | None:
    """Who signs that day; with a delegation, who signs by it: Invalid where that does not cover document and day."""
    kind, law = library.kind(document.kind), library.law_of(document.institution_id)
    by = establishing(kind, facts_of(document.institution_id), law, dated(approved.fields, on))
    giver = signer_on(document.institution_id, by.role, by.office, on)
    if delegation_id is None:
        return giver
    given = delegation_for(document.institution_id, delegation_id)
    if giver is None or given.from_post_id != giver.post_id:
        raise Invalid(Problem("delegation", "delegation.other_post"))
    if given.withdrawn_at is not None:
        raise Invalid(Problem("delegation", "delegation.withdrawn"))
    if kind.key not in given.kinds:
        raise Invalid(Problem("delegation", "delegation.out_of_scope", {"kind": kind.title}))
    if not given.from_on <= on <= given.to_on:
        told = {"from_on": given.from_on.isoformat(), "to_on": given.to_on.isoformat()}
        raise Invalid(Problem("delegation", "delegation.out_of_days", told))
    delegate = signer_of_post(document.institution_id, given.to_post_id, on)
    if delegate is None or delegate.holding_id is None:
        raise Invalid(Problem("delegation", "delegation.nobody"))
    return in_the_name_of(giver, delegate)


def require_delegation(
    document: Document, approved: Revision, prepared: Signing | UnderWay, on: date, library: Library
) -> None:
    """Refusal where a signing in another's name (a.n.) has no delegation any more that covers the day it is signed on.

    It was prepared on one that was withdrawn or has ended since; one that was given anew to the same post is as good.
    """
    if not prepared.signer_title.startswith(IN_THE_NAME):
        return
    kind, law = library.kind(document.kind), library.law_of(document.institution_id)
    by = establishing(kind, facts_of(document.institution_id), law, dated(approved.fields, prepared.signed_on))
    _giver, given = signing_on(document.institution_id, by.role, by.office, document.kind, on)
    if not stands(given, prepared.signer_post_id, prepared.signed_on, on):
        raise Refusal("signing.delegation_gone", title=prepared.signer_title, number=prepared.number)


def sealed_by(signer: Signer | None, approved: bytes, number: str, signed_on: date) -> bytes:
    """The approved file sealed with who signs it; without anyone, with the block that it has."""
    return sealing.seal(approved, number=number, signed_on=signed_on, signer=signer.block if signer else None)


def told_of(signer: Signer | None, approved: Revision) -> dict[str, Any]:
    """What the trail's line of the enactment says of who signed: as what, and where a strategic decision warns."""
    if signer is None:
        return {}
    aspect = approved.fields.get("strategic") if signer.acts_for_a_time else None
    return {"signed_as": signer.title[:200]} | ({"strategic": aspect} if aspect else {})
