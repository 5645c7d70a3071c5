"""What is found in a PDF, as plain values, and what follows from it: is it signed, by whom, was it changed; pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from governance.kernel.errors import BadFile

TITLES = re.compile(
    r"\b(?:[a-z]{1,4}\.)+[a-z]*\.?|\b(?:h|hj|dr|drs|dra|ir|prof|st|se|sh|mm|msi|mt|mpd|ap)\b", re.IGNORECASE
)


class Active(StrEnum):
    """What a PDF may do by itself when it is opened: no act of a government does."""

    SCRIPT = "script"
    LAUNCH = "launch"
    FILES = "files"  # other files inside
    FORM = "form"  # an XFA form, or one that sends itself somewhere
    MEDIA = "media"


@dataclass(frozen=True)
class Found:
    """One electronic signature in a PDF. `at` is what the signer's computer said, unless `stamped` by a time authority.

    `trusted` is None where no root certificates are configured: then the chain was not looked at.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    at: str
    stamped: bool
    sound: bool  # what it covers has not changed by a byte, and the key is that of the certificate
    whole: bool  # it covers the file to its end
    added: bool  # what was added after it is more than further signatures
    valid_then: bool  # the certificate's own span covers the time of signing
    trusted: bool | None

    @property
    def good(self) -> bool:
        """Whether it stands: unchanged, and nothing but signatures added after it."""
        return self.sound and not self.added


@dataclass(frozen=True)
class Examined:
    """A PDF as it was found. `extends`: it is the prepared one plus signatures alone; None where none was named."""

    pages: int = 0
    broken: bool = False
    locked: bool = False
    active: tuple[Active, ...] = ()
    signatures: tuple[Found, ...] = ()
    extends: bool | None = None
    refused: str = ""  # the library's own words on why it does not extend; for the log

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From its JSON."""
        signatures = tuple(Found(**one) for one in data["signatures"])
        return cls(**{**data, "active": tuple(Active(one) for one in data["active"]), "signatures": signatures})

    def as_data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @property
    def signed(self) -> bool:
        """Whether every signature stands and the last one covers the file to its end."""
        return bool(self.signatures) and all(one.good for one in self.signatures) and self.signatures[-1].whole


def require_signed(examined: Examined) -> None:
    """BadFile unless the PDF is the prepared one, signed and unchanged; each refusal says what to do."""
    signatures = examined.signatures
    faults = (
        (examined.broken, "signed.broken"),
        (examined.locked, "signed.locked"),
        (bool(examined.active), "signed.active"),
        (not signatures, "signed.none"),
        (not examined.extends, "signed.other_file"),
        (not examined.signed, "signed.changed"),
        (any(one.trusted is False for one in signatures), "signed.untrusted"),
        (not all(one.valid_then for one in signatures), "signed.expired"),
    )
    for found, key in faults:
        if found:
            raise BadFile(key, signer=signers_of(signatures))


def names_holder(examined: Examined, name: str) -> bool:
    """Whether a certificate's subject bears the official's name; titles, dots and the order of words do not matter."""
    return any(bears_name(one.signer, name) for one in examined.signatures)


def bears_name(text: str, name: str) -> bool:
    """Whether every word of a name stands in a text, whatever titles, dots and order there are."""
    wanted = _words(name)
    return bool(wanted) and wanted <= _words(text)


def signers_of(signatures: Iterable[Found]) -> str:
    """The subjects of the certificates, as one line."""
    return ", ".join(dict.fromkeys(one.signer for one in signatures))[:300]


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", TITLES.sub(" ", name)).casefold()
    return frozenset(re.findall(r"[a-z]{2,}", plain))
