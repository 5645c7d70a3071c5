"""A part of the outbox on its way: put into words, sent side by side, and what became of each; no database here."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from governance.notices.models import Sending
from governance.notices.timing import Sort
from workflows.outside.mail import Carrier, Letter, MailSettings, Refused, TryLater

AT_ONCE = 4
LINK = "{link}"
FIRST_PAUSE = timedelta(minutes=1)  # after the first attempt; then twice as long each time
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 25  # almost three days: a mail server that is away for a weekend loses nothing

RESTRICTED = "letter.restricted"  # all that an e-mail says of a document that is not for everyone

log = structlog.get_logger("mandat.letters")


@dataclass(frozen=True)
class Said:
    """A notice of a letter. `restricted`: it is about a document of the class terbatas or rahasia."""

    notice_id: int
    key: str
    params: dict[str, Any]
    restricted: bool = False


@dataclass(frozen=True)
class Claim:
    """A letter in the hands of this process until its lease runs out, and what it is made of."""

    message_id: int
    attempts: int
    to: str | None
    language: str
    institution: str
    sort: Sort | None
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Line:
    """One notice as it is put into words: its key, its parameters, and where its button leads."""

    key: str
    params: dict[str, Any]
    link: str


@dataclass(frozen=True)
class Contents:
    """What a letter holds, to be put into words; `sort` is None for a letter of one notice."""

    sort: Sort | None
    lines: tuple[Line, ...]
    language: str
    institution: str
    base_url: str


@dataclass(frozen=True)
class Worded:
    """A letter in words: the same said as text and as HTML."""

    subject: str
    text: str
    html: str


Written = Callable[[Contents], Worded]


@dataclass(frozen=True)
class Outcome:
    """What became of a claim. `due_at`: when to look at it again, None at the end; `tried`: whether it was begun.

    `firm`: it failed, but the mail server may have taken it all the same.
    """

    message_id: int
    state: Sending
    answer: str = ""
    due_at: datetime | None = None
    tried: bool = True
    firm: bool = False


@dataclass(frozen=True)
class Post:
    """Takes one part after the other out, at most AT_ONCE letters at a time, and begins none after `closes_at`."""

    mail: MailSettings
    written: Written
    closes_at: float  # on the monotonic clock
    pool: ThreadPoolExecutor
    carriers: Sequence[Carrier]
    known: dict[tuple[str, str, str, str], Worded] = field(default_factory=dict)

    def take(self, claims: Sequence[Claim], moment: datetime) -> list[Outcome]:
        """Send these letters; one outcome for each, whatever happens to it."""
        letters = iter([(claim, self._letter(claim)) for claim in claims])

        def carried(carrier: Carrier) -> list[Outcome]:
            """Each carrier takes the next letter as soon as it is free."""
            return [self._outcome(carrier, claim, letter, moment) for claim, letter in letters]

        return [outcome for outcomes in self.pool.map(carried, self.carriers) for outcome in outcomes]

    def _letter(self, claim: Claim) -> Letter | None:
        """In words, or None. A fault of one text must not hold up the others; it is logged and tried again."""
        try:
            words = self._words_of_one(claim) if claim.sort is None else self._words(claim, claim.sort)
        except Exception:
            log.exception("no words for a letter", message=claim.message_id, keys=[one.key for one in claim.said])
            return None
        return Letter(f"mandat-{claim.message_id}", claim.to or "", words.subject, words.text, words.html)

    def _words_of_one(self, claim: Claim) -> Worded:
        """Many are told the same: that is worded once, with a place for the link."""
        (said,) = claim.said
        line = _line(said, LINK)
        same = (line.key, repr(line.params), claim.language, claim.institution)
        if same not in self.known:
            contents = Contents(None, (line,), claim.language, claim.institution, self.mail.base_url)
            self.known[same] = self.written(contents)
        words, link = self.known[same], self._link(said)
        return Worded(words.subject, words.text.replace(LINK, link), words.html.replace(LINK, link))

    def _words(self, claim: Claim, sort: Sort) -> Worded:
        lines = tuple(_line(said, self._link(said)) for said in claim.said)
        return self.written(Contents(sort, lines, claim.language, claim.institution, self.mail.base_url))

    def _link(self, said: Said) -> str:
        return f"{self.mail.base_url}/notices/{said.notice_id}"

    def _outcome(self, carrier: Carrier, claim: Claim, letter: Letter | None, moment: datetime) -> Outcome:
        if time.monotonic() > self.closes_at:
            state = Sending.CREATED if claim.attempts == 1 else Sending.FAILED_TEMPORARY
            return Outcome(claim.message_id, state, due_at=moment, tried=False)
        if letter is None:
            return failed(claim, "no words for this notice", moment)
        try:
            carrier.send(letter)
        except Refused as refusal:
            return Outcome(claim.message_id, Sending.FAILED_PERMANENT, str(refusal))
        except TryLater as delay:
            return failed(claim, str(delay), moment, firm=delay.may_be_taken)
        except Exception as error:  # The others of the part did go out: that must be marked, or they would go again.
            log.exception("a letter broke", message=claim.message_id)
            return failed(claim, type(error).__name__, moment, firm=True)
        return Outcome(claim.message_id, Sending.SENT)


@contextmanager
def opened(mail: MailSettings, written: Written, *, closes_at: float) -> Iterator[Post]:
    """A post with its carriers, which hang up at the end."""
    carriers = [Carrier(mail) for _ in range(AT_ONCE)]
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield Post(mail, written, closes_at, pool, carriers)
    finally:
        for carrier in carriers:
            carrier.close()


def failed(claim: Claim, answer: str, moment: datetime, *, firm: bool = False) -> Outcome:
    """Tried again after a pause that grows; after the last attempt given up, saying why."""
    if claim.attempts >= MOST_ATTEMPTS:
        return Outcome(claim.message_id, Sending.FAILED_PERMANENT, f"given up: {answer}")
    pause = min(FIRST_PAUSE * 2 ** min(claim.attempts - 1, 20), LONGEST_PAUSE)
    return Outcome(claim.message_id, Sending.FAILED_TEMPORARY, answer, moment + pause, firm=firm)


def _line(said: Said, link: str) -> Line:
    return Line(RESTRICTED, {}, link) if said.restricted else Line(said.key, said.params, link)
