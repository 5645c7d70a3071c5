"""E-mail leaving the house: one function; a folder of .eml files where no server is set."""

import re
import smtplib
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.message import EmailMessage, Message
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

PLAIN, FOLDED = Charset("utf-8"), Charset("utf-8")
PLAIN.body_encoding = None  # type: ignore[assignment] # 8bit, as people read it; the stub forgets that this is allowed
FOLDED.body_encoding = QP  # where a line is too long
LONGEST_LINE = 900  # bytes; RFC 5321 4.5.3.1.6 allows 998
ADDRESS = re.compile(r"[^\s@<>(),:;\[\]\\\"\x00-\x1f\x7f]+@[^\s@<>(),:;\\\"\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class MailSettings:
    """Where mail goes. `folder` is used when `server` is None. `base_url` makes links and Message-IDs."""

    sender: str
    base_url: str
    server: str | None = None
    port: int = 25
    user: str | None = None
    password: str | None = None
    folder: Path | None = None
    timeout: float = 10.0


@dataclass(frozen=True)
class Letter:
    """One e-mail. `key` is stable over all attempts, so a repeated one carries the same Message-ID."""

    key: str
    to: str
    subject: str
    text: str


class TryLater(Exception):
    """The server could not be reached or asked to come back (4xx)."""


class Refused(Exception):
    """The server will never take this message (5xx)."""


def send(letter: Letter, settings: MailSettings) -> None:
    """Send one e-mail; TryLater or Refused when the server did not take it."""
    if "@" not in letter.to:
        raise Refused("address: none")
    try:
        message = _message(letter, settings)
    except (ValueError, IndexError) as error:  # The address is none: no attempt will ever help.
        raise Refused(f"address: {error}"[:300]) from error
    if settings.server is None:
        _keep(letter, message, settings)
        return
    _over_smtp(message, settings.server, settings)


def _over_smtp(message: Message, server: str, settings: MailSettings) -> None:
    try:
        with smtplib.SMTP(server, settings.port, timeout=settings.timeout) as smtp:
            smtp.ehlo()
            if smtp.has_extn("starttls"):
                smtp.starttls()
            if settings.user:
                smtp.login(settings.user, settings.password or "")
            smtp.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _judged(code, answer) from error
    except smtplib.SMTPResponseException as error:
        raise _judged(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(str(error)[:300]) from error


def _judged(code: int, answer: bytes | str) -> Exception:
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return (Refused if 500 <= code < 600 else TryLater)(f"{code} {said}"[:300])


def _message(letter: Letter, settings: MailSettings) -> Message:
    """The letter as it travels. The plain kind of message: the newer one parses every header anew, 1 ms each time."""
    if not ADDRESS.fullmatch(letter.to):
        raise ValueError("not an address")
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = Message() if letter.to.isascii() else EmailMessage()  # SMTPUTF8 is known to the newer kind alone.
    message["MIME-Version"] = "1.0"
    message["Message-ID"] = f"<{letter.key}@{host}>"
    message["Date"] = formatdate(localtime=False)
    message["From"] = settings.sender
    message["To"] = letter.to
    subject = " ".join(letter.subject.split())[:200]
    plain = subject.isascii() or isinstance(message, EmailMessage)
    message["Subject"] = subject if plain else Header(subject, "utf-8").encode()
    message["Auto-Submitted"] = "auto-generated"
    fits = all(len(line.encode()) <= LONGEST_LINE for line in letter.text.splitlines())
    message.set_payload(letter.text, PLAIN if fits else FOLDED)
    return message


def _keep(letter: Letter, message: Message, settings: MailSettings) -> None:
    assert settings.folder is not None  # settings name a folder wherever they name no server
    settings.folder.mkdir(parents=True, exist_ok=True)
    (settings.folder / f"{letter.key}.eml").write_bytes(message.as_bytes())
