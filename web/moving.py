"""From the name of a move to its verb: shared by pages and API, so that both do the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.documents.lifecycle import Move
from governance.documents.under_way import Decided
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import library
from workflows import approval, enactment, promulgation, recording, turning
from workflows.enactment import Signed
from workflows.promulgation import Promulgated
from workflows.recording import StepTaken
from workflows.turning import Handing

SIMPLE = frozenset({Move.SUBMIT, Move.INITIAL, Move.APPROVE, Move.RETURN, Move.WITHDRAW})  # a reason is all they need

TURNS = frozenset({Move.RETURN_STEP, Move.DECLINE, Move.FORWARD, Move.SKIP})  # they turn the route and decide nothing

DECISIONS: dict[Move, Callable[..., None]] = {
    Move.INITIAL: approval.initial,
    Move.APPROVE: approval.approve,
    Move.RETURN: approval.return_to_author,
    Move.WITHDRAW: approval.withdraw,
}


@dataclass(frozen=True)
class Turned:
    """A turn of the route: to which step it goes back, to which post an initial goes and whose it was."""

    move: Move
    asked: Decided
    step: int | None = None
    to_post: int | None = None
    for_post: int | None = None


def move_document(asked: Decided, move: Move, by: Actor) -> None:
    """Make one of the simple moves."""
    if move is Move.SUBMIT:
        approval.submit(asked, by=by, now=clock.now(), library=library())
    elif move in (Move.INITIAL, Move.APPROVE):
        DECISIONS[move](asked, by=by, now=clock.now(), decreed=library().law.holidays)
    else:
        DECISIONS[move](asked, by=by, now=clock.now())


def turn_document(turned: Turned, by: Actor) -> None:
    """Return to a chosen step (none: to the initiator), decline, hand on, or leave an optional step out."""
    told: dict[str, Any] = {"by": by, "now": clock.now(), "decreed": library().law.holidays}
    match turned.move:
        case Move.RETURN_STEP:
            turning.return_to_step(turned.asked, turned.step if turned.step is not None else -1, **told)
        case Move.FORWARD:
            turning.forward(Handing(turned.asked, turned.to_post or 0, turned.for_post), **told)
        case Move.DECLINE:
            turning.decline(turned.asked, **told)
        case _:
            turning.skip(turned.asked, **told)


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
