"""E-mail leaving the house: one function; a folder of .eml files where no server is set."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit


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
    timeout: float = 20.0


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


def _over_smtp(message: EmailMessage, server: str, settings: MailSettings) -> None:
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


def _message(letter: Letter, settings: MailSettings) -> EmailMessage:
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = EmailMessage()
    message["Message-ID"] = f"<{letter.key}@{host}>"
    message["Date"] = formatdate(localtime=False)
    message["From"] = settings.sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())[:200]
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _keep(letter: Letter, message: EmailMessage, settings: MailSettings) -> None:
    assert settings.folder is not None  # settings name a folder wherever they name no server
    settings.folder.mkdir(parents=True, exist_ok=True)
    (settings.folder / f"{letter.key}.eml").write_bytes(message.as_bytes())
