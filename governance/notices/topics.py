"""What notices are about, and what a person may choose of each by e-mail; the inbox always has all of them."""

from dataclasses import dataclass
from enum import StrEnum

from governance.notices.timing import Sort


class Topic(StrEnum):
    """What a notice is about."""

    ASKED = "asked"  # something waits for this person's office
    REMINDERS = "reminders"  # a term is near or over
    OFFICES = "offices"  # who holds which post, so who may decide
    LAW = "law"  # the law or the ministry moved something
    COURSE = "course"  # how documents and tasks go on
    COMMENTS = "comments"  # what was said about them


@dataclass(frozen=True)
class Terms:
    """What holds for a topic's letters.

    `waits`: it may be put off into a digest. `may_be_off`: a person may have no e-mail of it. One that does neither is
    compulsory. `urgent`: it goes out in quiet hours too. `sort`: it always comes gathered into one letter a day.
    """

    waits: bool = False
    may_be_off: bool = False
    urgent: bool = False
    sort: Sort | None = None

    @property
    def compulsory(self) -> bool:
        """Whether nothing can be chosen."""
        return not (self.waits or self.may_be_off)


TERMS: dict[Topic, Terms] = {
    Topic.ASKED: Terms(waits=True),
    Topic.REMINDERS: Terms(sort=Sort.REMINDERS),
    Topic.OFFICES: Terms(urgent=True),
    Topic.LAW: Terms(waits=True),
    Topic.COURSE: Terms(waits=True, may_be_off=True),
    Topic.COMMENTS: Terms(waits=True, may_be_off=True),
}
# A key belongs to the longest beginning that stands here. What stands nowhere is asked: it can be put off, never lost.
BEGINNINGS: dict[str, Topic] = {
    "reminder.": Topic.REMINDERS,
    "step.": Topic.REMINDERS,
    "task.reminded": Topic.REMINDERS,
    "holding.": Topic.OFFICES,
    "register.": Topic.LAW,
    "obligation.": Topic.LAW,
    "timetable.": Topic.LAW,
    "document.commented": Topic.COMMENTS,
    "task.commented": Topic.COMMENTS,
    "act.": Topic.COURSE,
    "cycle.was_closed": Topic.COURSE,
    "document.approved": Topic.COURSE,
    "evidence.reopened": Topic.COURSE,
    "document.corrected": Topic.COURSE,
    "document.enacted": Topic.COURSE,
    "document.form_corrected": Topic.COURSE,
    "document.forwarded": Topic.COURSE,
    "document.revised": Topic.COURSE,
    "document.signing_cancelled": Topic.COURSE,
    "document.skipped": Topic.COURSE,
    "document.taken_over": Topic.COURSE,
    "document.withdrawn": Topic.COURSE,
    "recommendation.done": Topic.COURSE,
    "recommendation.not_done": Topic.COURSE,
    "score.not_upheld": Topic.COURSE,
    "score.upheld": Topic.COURSE,
    "task.acknowledged": Topic.COURSE,
    "task.cancelled": Topic.COURSE,
    "task.verified": Topic.COURSE,
}


def topic_of(key: str) -> Topic:
    """What a notice with that key is about."""
    fitting = [beginning for beginning in BEGINNINGS if key.startswith(beginning)]
    return BEGINNINGS[max(fitting, key=len)] if fitting else Topic.ASKED


def off_of(topics: frozenset[Topic]) -> str:
    """Topics as they are kept, so that a statement can ask for one: ",comments,course,"."""
    return "".join(f",{topic.value}" for topic in sorted(topics)) + "," if topics else ""


def topics_in(kept: str) -> frozenset[Topic]:
    """The topics that are kept; one that is no longer known is left out."""
    return frozenset(Topic(one) for one in kept.split(",") if one in set(Topic))
