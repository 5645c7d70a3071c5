"""The national signing service (BSrE) by its client on the agency's own server: `POST /api/sign/pdf`, one PDF a call.

From the table of contents of the technical guide 2.0 (January 2024) and public code (docs/decisions/0044): Basic auth;
multipart `file`, `nik`, `passphrase`, `tampilan` (visible | invisible), `image`, `imageTTD`, `width`, `height`,
`tag_koordinat`, `reason`, `location`, `jenis_response`. Known from memory alone, to be checked against the client that
is installed: `page`, `xAxis`, `yAxis`, `linkQR`, and which words `jenis_response` takes; each is sent only where the
settings ask for it. The reply is the signed PDF, or JSON that holds it in base64.

NIK and passphrase are parameters of one call. They are in no setting, log line, exception or answer of this module.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import requests
from requests.auth import HTTPBasicAuth

WAY = "/api/sign/pdf"
LARGEST = 60 * 1024 * 1024
PDF, IN_BASE64 = b"%PDF-", "JVBERi0"
LONGEST_SAID = 160
CHUNK = 64 * 1024


class Fault(StrEnum):
    """Why there is no signed PDF, as the key of a sentence."""

    OFF = "esign.off"
    UNREACHABLE = "esign.unreachable"  # nothing was sent
    LOST = "esign.lost"  # sent, and no whole answer came: it may have been signed
    UNAUTHORISED = "esign.unauthorised"  # this program's own account
    PASSPHRASE = "esign.passphrase"  # noqa: S105 - the name of a sentence
    REFUSED = "esign.refused"
    FAULT = "esign.fault"
    NO_PDF = "esign.no_pdf"


class NotSigned(Exception):
    """The service gave no signed PDF; `said` is its own sentence, without anything secret."""

    def __init__(self, fault: Fault, said: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.said = fault, said


@dataclass(frozen=True)
class Esign:
    """Where the client answers and as whom this program asks. `url` None: the way is not offered.

    `place` is (page, xAxis, yAxis, width, height) of a visible signature, `tag` the character that marks its place.
    """

    url: str | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0
    visible: bool = False
    tag: str = ""
    place: tuple[int, ...] = ()
    answer: str = ""  # jenis_response; "" leaves it out


@dataclass(frozen=True)
class Secret:
    """What the signer typed, for one call."""

    nik: str = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Paper:
    """The PDF to be signed, and what is said with it."""

    pdf: bytes = field(repr=False)
    reason: str
    location: str
    link: str  # the verification page


def signed_pdf(paper: Paper, secret: Secret, settings: Esign) -> bytes:
    """The PDF as the service signed it, or NotSigned; never tried twice by itself."""
    if settings.url is None:
        raise NotSigned(Fault.OFF)
    try:
        status, content = _asked(paper, secret, settings)
    except requests.ConnectTimeout:
        raise NotSigned(Fault.UNREACHABLE) from None
    except requests.ConnectionError as error:
        raise NotSigned(Fault.UNREACHABLE if _never_sent(error) else Fault.LOST) from None
    except requests.RequestException:
        raise NotSigned(Fault.LOST) from None
    if status != requests.codes.ok:
        raise _refusal(status, content, secret)
    return _pdf_in(content)


def _asked(paper: Paper, secret: Secret, settings: Esign) -> tuple[int, bytes]:
    with requests.Session() as session:
        session.trust_env = False  # No proxy and no .netrc of this machine comes between.
        answer = session.post(
            f"{(settings.url or '').rstrip('/')}{WAY}",
            data=_fields(paper, secret, settings),
            files={"file": ("naskah.pdf", paper.pdf, "application/pdf")},
            auth=HTTPBasicAuth(settings.user, settings.password),
            timeout=(5.0, settings.timeout),
            allow_redirects=False,  # The passphrase goes to the address that was set, and to no other.
            stream=True,
        )
        content = b""
        for chunk in answer.iter_content(CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise NotSigned(Fault.NO_PDF)
        return answer.status_code, content


def _fields(paper: Paper, secret: Secret, settings: Esign) -> dict[str, str]:
    told = {"nik": secret.nik, "passphrase": secret.passphrase, "reason": paper.reason, "location": paper.location}
    told["tampilan"] = "visible" if settings.visible else "invisible"
    if settings.answer:
        told["jenis_response"] = settings.answer
    if not settings.visible:  # The block stands in the file already.
        return told
    told |= {"image": "false", "linkQR": paper.link}
    if settings.tag:
        told["tag_koordinat"] = settings.tag
    names = ("page", "xAxis", "yAxis", "width", "height")
    return told | {name: str(value) for name, value in zip(names, settings.place, strict=False)}


def _never_sent(error: requests.ConnectionError) -> bool:
    """Whether no connection came about; one that broke later may have carried the whole request."""
    return "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)


def _refusal(status: int, content: bytes, secret: Secret) -> NotSigned:
    if status in (requests.codes.unauthorized, requests.codes.forbidden):
        return NotSigned(Fault.UNAUTHORISED)
    if status >= requests.codes.server_error or status < requests.codes.bad_request:
        return NotSigned(Fault.FAULT)
    said = _said(content, secret)
    return NotSigned(Fault.PASSPHRASE if "passphrase" in said.lower() else Fault.REFUSED, said)


def _said(content: bytes, secret: Secret) -> str:
    """The service's own sentence on one line, with what was typed taken out of it."""
    try:
        told: Any = json.loads(content[:CHUNK])
    except (ValueError, RecursionError):
        return ""
    words = next((told[key] for key in ("error", "message", "pesan") if told.get(key)), "") if _is(told) else ""
    said = " ".join("".join(one for one in str(words) if one.isprintable()).split())
    for typed in (secret.passphrase, secret.nik):
        said = said.replace(typed, "…") if typed else said
    return said[:LONGEST_SAID]


def _is(told: Any) -> bool:
    return isinstance(told, dict)


def _pdf_in(content: bytes) -> bytes:
    if content.startswith(PDF):
        return content
    try:
        told: Any = json.loads(content)
    except (ValueError, RecursionError):
        raise NotSigned(Fault.NO_PDF) from None
    for value in told.values() if _is(told) else ():
        if isinstance(value, str) and value.startswith(IN_BASE64):
            try:
                return base64.b64decode(value, validate=True)
            except binascii.Error:
                break
    raise NotSigned(Fault.NO_PDF)
