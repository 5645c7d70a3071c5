"""From the name of a move to its verb: shared by pages and API, so that both do the same."""

from collections.abc import Callable
from datetime import date

from governance.documents.lifecycle import Move
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.people.actors import Actor
from web.sheets import library
from workflows import approval, enactment
from workflows.enactment import Signed

DECISIONS: dict[Move, Callable[..., None]] = {
    Move.INITIAL: approval.initial,
    Move.APPROVE: approval.approve,
    Move.RETURN: approval.return_to_author,
    Move.WITHDRAW: approval.withdraw,
}


def move_document(asked: Decided, move: Move, by: Actor) -> None:
    """Make any move but the enactment."""
    if move is Move.SUBMIT:
        approval.submit(asked, by=by, now=clock.now(), library=library())
    else:
        DECISIONS[move](asked, by=by, now=clock.now())


def enact_document(
    asked: Decided, signed_on: date | None, by: Actor, *, scan: bytes | None, number: str | None
) -> None:
    """Record the enactment; signed today where no day is named."""
    now = clock.now()
    signed = Signed(
        document_id=asked.document_id,
        seen=asked.seen,
        signed_on=signed_on or clock.day_in(by.timezone, now),
        scan=scan,
        number=number,
    )
    enactment.enact(signed, by=by, now=now, library=library())
