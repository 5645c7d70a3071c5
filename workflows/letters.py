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
from workflows.outside.mail import Carrier, Letter, MailSettings, Refused, TryLater

AT_ONCE = 4
LINK = "{link}"
FIRST_PAUSE = timedelta(minutes=1)  # after the first attempt; then twice as long each time
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 25  # almost three days: a mail server that is away for a weekend loses nothing

Written = Callable[[str, dict[str, Any], str], tuple[str, str]]

log = structlog.get_logger("mandat.letters")


@dataclass(frozen=True)
class Claim:
    """A message in the hands of this process until its lease runs out, and what its letter is made of."""

    message_id: int
    attempts: int
    notice_id: int
    key: str
    params: dict[str, Any]
    to: str | None
    language: str
    institution: str


@dataclass(frozen=True)
class Outcome:
    """What became of a claim. `due_at`: when to look at it again, None at the end; `tried`: whether it was begun."""

    message_id: int
    state: Sending
    answer: str = ""
    due_at: datetime | None = None
    tried: bool = True


@dataclass(frozen=True)
class Post:
    """Takes one part after the other out, at most AT_ONCE letters at a time, and begins none after `closes_at`."""

    mail: MailSettings
    written: Written
    closes_at: float  # on the monotonic clock
    pool: ThreadPoolExecutor
    carriers: Sequence[Carrier]
    known: dict[tuple[str, str, str, str], tuple[str, str]] = field(default_factory=dict)

    def take(self, claims: Sequence[Claim], moment: datetime) -> list[Outcome]:
        """Send these letters; one outcome for each, whatever happens to it."""
        letters = iter([(claim, self._letter(claim)) for claim in claims])

        def carried(carrier: Carrier) -> list[Outcome]:
            """Each carrier takes the next letter as soon as it is free."""
            return [self._outcome(carrier, claim, letter, moment) for claim, letter in letters]

        return [outcome for outcomes in self.pool.map(carried, self.carriers) for outcome in outcomes]

    def _letter(self, claim: Claim) -> Letter | None:
        """In words, or None. Many are told the same: that is worded once, with a place for the link."""
        same = (claim.key, repr(claim.params), claim.language, claim.institution)
        if same not in self.known:
            params = claim.params | {"link": LINK, "institution": claim.institution}
            try:
                self.known[same] = self.written(claim.key, params, claim.language)
            except Exception:  # A fault of one text must not hold up the others; it is logged and tried again.
                log.exception("no words for a notice", message=claim.message_id, key=claim.key)
                return None
        subject, text = self.known[same]
        text = text.replace(LINK, f"{self.mail.base_url}/notices/{claim.notice_id}")
        return Letter(f"mandat-{claim.message_id}", claim.to or "", subject, text)

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
            return failed(claim, str(delay), moment)
        except Exception as error:  # The others of the part did go out: that must be marked, or they would go again.
            log.exception("a letter broke", message=claim.message_id)
            return failed(claim, type(error).__name__, moment)
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


def failed(claim: Claim, answer: str, moment: datetime) -> Outcome:
    """Tried again after a pause that grows; after the last attempt given up, saying why."""
    if claim.attempts >= MOST_ATTEMPTS:
        return Outcome(claim.message_id, Sending.FAILED_PERMANENT, f"given up: {answer}")
    pause = min(FIRST_PAUSE * 2 ** min(claim.attempts - 1, 20), LONGEST_PAUSE)
    return Outcome(claim.message_id, Sending.FAILED_TEMPORARY, answer, moment + pause)
