"""A route looked at beforehand: who would be asked on a day, by name, in which order, and by when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from governance.calendar.calendars import Calendar
from governance.documents.route import Decided, Step
from governance.documents.route_due import term
from governance.people.queries import Holder, holders_on


@dataclass(frozen=True)
class Expected:
    """One step as it would go: its posts with their holders that day, and the day by which it is to be decided."""

    step: Step
    holders: dict[int, list[Holder]]  # by post; a post that nobody holds has none
    starts_on: date | None  # None where it is done, or left out
    due_on: date | None  # None where it is done, or where no days are set
    done: bool = False


@dataclass(frozen=True)
class UnderWay:
    """How far a document is: the decisions that count, and by when its open step is to be decided."""

    made: Collection[Decided] = ()
    due_on: date | None = None


NOT_SUBMITTED = UnderWay()


def simulated(
    institution_id: int,
    route: Sequence[Step],
    start: date,
    calendar: Calendar,
    under_way: UnderWay = NOT_SUBMITTED,
) -> list[Expected]:
    """The steps of a route from a day on, each taking all of its working days; of one under way, what is left."""
    posts = {post for step in route for post in step.post_ids}
    held = holders_on(institution_id, posts, start)
    expected, day, given = [], start, under_way.due_on
    for step in route:
        holders = {post: held.get(post, []) for post in step.post_ids}
        if not step.open_posts(frozenset(under_way.made)):
            expected.append(Expected(step, holders, None, None, done=True))
            continue
        due_on, given = given or term(step.days, day, calendar).due_on, None
        expected.append(Expected(step, holders, day, due_on))
        day = max(due_on or day, day)
    return expected
