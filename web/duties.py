"""What pages and API alike say of an obligation: its group, what it awaits, which answers its reader may give."""

from governance.obligations import delivery
from governance.obligations.queries import Due
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act, Matter
from web.at_hand import library

OTHER_GROUP = "related"
AWAITS = "why.await."
A_LETTER = "letter"
AWAITS_A_LETTER = frozenset({"why.no_letter", "why.undated"})


def group_of(due: Due) -> str:
    """The group of documents its mandate belongs to."""
    mandate = library().law.mandates.get(due.mandate)
    return mandate.group if mandate else OTHER_GROUP


def awaited_of(due: Due) -> list[str]:
    """What an undated or estimated obligation waits for: keys of dated facts, "letter", "act"."""
    if due.state not in ("undated", "estimate"):
        return []
    keys = [f"{AWAITS}{A_LETTER}" if step["key"] in AWAITS_A_LETTER else step["key"] for step in due.computed]
    return [key.removeprefix(AWAITS) for key in dict.fromkeys(keys) if key.startswith(AWAITS)]


def moves_of(due: Due, actor: Actor) -> tuple[str, ...]:
    """The answers that this reader may give now: report, waive, acknowledge, take_back."""
    answers = permissions.may(actor, Act.ANSWER_DUTY, Matter(addressed_unit_id=due.unit_id))
    waives = permissions.may(actor, Act.WAIVE)
    takes_back = waives if due.state == "waived" else answers
    allowed = {
        "report": due.open and answers,
        "waive": due.open and waives,
        "acknowledge": due.open and answers and due.due_on is not None and due.acknowledged_at is None,
        "take_back": due.answered and due.stage != delivery.STAGE and takes_back,
    }
    return tuple(move for move, may in allowed.items() if may)
