"""Which documents a change of the law asks to look at again: pure, from what they are and when the change came."""

from datetime import date

from governance.documents.citing import Citing
from governance.documents.lifecycle import State


def to_review(citing: Citing, since: date | None, today: date) -> bool:
    """Whether a document that cites a regulation revoked or amended `since` should be looked at again.

    What is under way, always. What was enacted, while it is in force: an act that ended before the change is history,
    and one that was signed after it already cites the law of its day. An unknown day asks, and never lets one through.
    """
    if citing.state is State.WITHDRAWN:
        return False
    if citing.state is not State.ENACTED:
        return True
    ends = citing.in_force_to
    if ends is not None and ends < max(today, since or today):
        return False
    return since is None or citing.signed_on is None or citing.signed_on < since
