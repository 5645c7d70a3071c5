"""E-mail leaving the house: letters handed to one carrier after another; a folder where no server is set."""

import contextlib
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
AT_A_CALL = 50  # letters over one connection; many servers hang up after some hundred
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
    html: str = ""


class TryLater(Exception):
    """The server could not be reached, asked to come back (4xx), or does not want us at all: no fault of the letter.

    `may_be_taken`: the line broke while the letter was on its way, so nobody knows whether the server has it.
    """

    def __init__(self, answer: str, *, may_be_taken: bool = False) -> None:
        super().__init__(answer)
        self.may_be_taken = may_be_taken


class Refused(Exception):
    """The server will never take this letter (5xx to its address or to its text), or it has no address."""


class Carrier:
    """Takes letters out one after another, over one connection kept for some of them; used by one thread at a time."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._line: smtplib.SMTP | None = None
        self._left = 0

    def send(self, letter: Letter) -> None:
        """Send one e-mail; TryLater or Refused when the server did not take it."""
        if "@" not in letter.to:
            raise Refused("address: none")
        try:
            message = _message(letter, self._settings)
        except (ValueError, IndexError) as error:  # The address is none: no attempt will ever help.
            raise Refused(f"address: {error}"[:300]) from error
        if self._settings.server is None:
            _keep(letter, message, self._settings)
            return
        try:
            self._over_smtp(message, self._settings.server)
        except TryLater:
            self.close()  # Whatever state that line is in, the next letter begins on a new one.
            raise

    def close(self) -> None:
        """Hang up; harmless when no line is open."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def _over_smtp(self, message: Message, server: str) -> None:
        line = self._line_to(server)
        try:
            line.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _judged(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPDataError as error:
            raise _judged(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:  # The sender: it is us it does not want.
            raise TryLater(_answer(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise TryLater((str(error) or type(error).__name__)[:300], may_be_taken=True) from error

    def _line_to(self, server: str) -> smtplib.SMTP:
        try:
            return self._open_line(server)
        except smtplib.SMTPResponseException as error:  # Greeting, login: it is us it does not want.
            raise TryLater(_answer(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise TryLater((str(error) or type(error).__name__)[:300]) from error

    def _open_line(self, server: str) -> smtplib.SMTP:
        """The line that is open, if it still answers, or a new one."""
        if self._line is not None and self._left > 0:
            self._left -= 1
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self._line.rset()[0] == 250:
                    return self._line
        self.close()
        line = smtplib.SMTP(server, self._settings.port, timeout=self._settings.timeout)
        self._line, self._left = line, AT_A_CALL - 1
        line.ehlo()
        if line.has_extn("starttls"):
            line.starttls()
        if self._settings.user:
            line.login(self._settings.user, self._settings.password or "")
        return line


def _judged(code: int, answer: bytes | str) -> Exception:
    return (Refused if 500 <= code < 600 else TryLater)(_answer(code, answer))


def _answer(code: int, answer: bytes | str) -> str:
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {said}"[:300]


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
    if letter.html:
        _put_both(message, letter)
    else:
        _put_text(message, letter.text)
    return message


def _put_both(message: Message, letter: Letter) -> None:
    """The same said twice: as text, and as HTML for who sees that."""
    message["Content-Type"] = f'multipart/alternative; boundary="=_{letter.key}_="'
    for kind, words in (("plain", letter.text), ("html", letter.html)):
        part = Message()
        part["Content-Type"] = f'text/{kind}; charset="utf-8"'
        _put_text(part, words)
        message.attach(part)


def _put_text(part: Message, words: str) -> None:
    fits = all(len(line.encode()) <= LONGEST_LINE for line in words.splitlines())
    part.set_payload(words, PLAIN if fits else FOLDED)


def _keep(letter: Letter, message: Message, settings: MailSettings) -> None:
    assert settings.folder is not None  # settings name a folder wherever they name no server
    settings.folder.mkdir(parents=True, exist_ok=True)
    (settings.folder / f"{letter.key}.eml").write_bytes(message.as_bytes())
