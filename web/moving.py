"""From the name of a move to its verb: shared by pages and API, so that both do the same."""

from collections.abc import Callable
from datetime import date
from typing import Any

from governance.documents.lifecycle import Move
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import library
from workflows import approval, enactment, promulgation, recording
from workflows.enactment import Signed
from workflows.promulgation import Promulgated
from workflows.recording import StepTaken

SIMPLE = frozenset({Move.SUBMIT, Move.INITIAL, Move.APPROVE, Move.RETURN, Move.WITHDRAW})  # a reason is all they need

DECISIONS: dict[Move, Callable[..., None]] = {
    Move.INITIAL: approval.initial,
    Move.APPROVE: approval.approve,
    Move.RETURN: approval.return_to_author,
    Move.WITHDRAW: approval.withdraw,
}


def move_document(asked: Decided, move: Move, by: Actor) -> None:
    """Make one of the simple moves."""
    if move is Move.SUBMIT:
        approval.submit(asked, by=by, now=clock.now(), library=library())
    else:
        DECISIONS[move](asked, by=by, now=clock.now())


def enact_document(asked: Decided, signed_on: date | None, by: Actor, **more: Any) -> None:
    """Record the enactment; signed today where no day is named. `more` as `Signed` has it."""
    now = clock.now()
    signed = Signed(
        document_id=asked.document_id,
        seen=asked.seen,
        signed_on=signed_on or clock.day_in(by.timezone, now),
        **more,
    )
    enactment.enact(signed, by=by, now=now, library=library())


def record_step(taken: StepTaken, by: Actor) -> None:
    """Record the letter of a step that others take."""
    recording.record_step(taken, by=by, now=clock.now(), library=library())


def promulgate_act(asked: Decided, promulgated_on: date | None, by: Actor, *, number: str | None) -> None:
    """Put a Peraturan into Berita Daerah; today where no day is named."""
    now = clock.now()
    day = promulgated_on or clock.day_in(by.timezone, now)
    told = Promulgated(asked.document_id, asked.seen, day, number)
    promulgation.promulgate(told, by=by, now=now, library=library())
