"""Examining a PDF with pyHanko: its electronic signatures, what it would do by itself, whether it extends another.

Anybody may hand in any bytes here, so it runs as a program of its own (`workflows/outside/pdfs.py` starts it), which
gives up memory and time beyond what an honest file needs: a hostile one ends this program and nothing else.
It reads one line of JSON ({"roots": [PEM], "prepared": bytes}), the prepared file, then the file; and prints JSON.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from governance.documents.examined import Active, Examined, Found

MEMORY = 1024**3
SECONDS = 20
MOST_OBJECTS = 400_000
MOST_SIGNATURES = 20
ACTIONS = {
    "/JavaScript": Active.SCRIPT,
    "/Launch": Active.LAUNCH,
    "/SubmitForm": Active.FORM,
    "/ImportData": Active.FORM,
    "/GoToE": Active.FILES,
    "/Rendition": Active.MEDIA,
    "/Movie": Active.MEDIA,
    "/Sound": Active.MEDIA,
}
KEYS = {
    "/JS": Active.SCRIPT,
    "/JavaScript": Active.SCRIPT,
    "/EF": Active.FILES,
    "/EmbeddedFiles": Active.FILES,
    "/XFA": Active.FORM,
    "/RichMediaContent": Active.MEDIA,
}


def examine(data: bytes, *, roots: list[str], prepared: bytes = b"") -> Examined:
    """What the PDF is; whatever cannot be read is `broken`."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - heavy

    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            return Examined(locked=True)
        pages = int(reader.root["/Pages"]["/Count"])
        active = tuple(dict.fromkeys(_active(reader)))
        embedded = list(reader.embedded_signatures)[:MOST_SIGNATURES]
        signatures = tuple(_signature(one, roots) for one in embedded)
    except Exception:  # noqa: BLE001 - a hostile file can raise anything, and each of it means the same
        return Examined(broken=True)
    extends, why = _extends(data, prepared) if prepared else (None, "")
    return Examined(pages, active=active, signatures=signatures, extends=extends, refused=why)


def _active(reader: Any) -> Iterator[Active]:
    """What would act by itself, wherever in the file it is named: also in parts that no page reaches."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 - heavy

    left: list[Any] = [reader.trailer.raw_get("/Root"), *_all(reader)]
    seen, count = set(), 0
    while left:
        one = left.pop()
        count += 1
        if count > MOST_OBJECTS:
            raise ValueError("too many objects")
        if isinstance(one, generic.IndirectObject):
            if one.reference not in seen:
                seen.add(one.reference)
                left.append(_read(one))
        elif isinstance(one, generic.ArrayObject):
            left += list(list.__iter__(one))
        elif isinstance(one, generic.DictionaryObject):
            yield from (KEYS[key] for key in one if key in KEYS)
            action = one.get("/S")
            if isinstance(action, str) and action in ACTIONS:
                yield ACTIONS[action]
            left += [one.raw_get(key) for key in one]


def _read(reference: Any) -> Any:
    return reference.get_object()


def _all(reader: Any) -> list[Any]:
    """Every object of the file, newest first, as the file numbers them."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 - heavy

    table = reader.xrefs
    to: Any = generic.IndirectObject
    known = {ref for revision in range(table.total_revisions) for ref in table.explicit_refs_in_revision(revision)}
    return [to(ref.idnum, ref.generation, reader) for ref in known]


def _signature(embedded: Any, roots: list[str]) -> Found:
    """One signature, judged. The chain is looked at only where roots are configured; nothing is fetched."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 - heavy
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - heavy
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - heavy
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 - heavy
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - heavy

    anchors = [one for pem in roots for one in load_certs_from_pemder_data(pem.encode())]
    at = embedded.self_reported_timestamp
    context = ValidationContext(trust_roots=anchors, allow_fetching=False, moment=at if anchors else None)
    status = validate_pdf_signature(embedded, context)
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.intact and stamp.valid
    moment = stamp.timestamp if stamped and stamp is not None else at
    level = status.modification_level
    subject, issuer = certificate.subject.native, certificate.issuer.native
    covered = status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return Found(
        field=str(embedded.field_name)[:80],
        signer=_text(subject.get("common_name") or certificate.subject.human_friendly),
        organisation=_text(subject.get("organization_name") or ""),
        issuer=_text(issuer.get("common_name") or certificate.issuer.human_friendly),
        serial=f"{certificate.serial_number:x}"[:64],
        at=moment.astimezone(UTC).isoformat() if moment is not None else "",
        stamped=stamped,
        sound=bool(status.intact and status.valid and covered),
        whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        added=level is None or level > ModificationLevel.FORM_FILLING or not status.docmdp_ok,
        valid_then=_covers(certificate, moment),
        trusted=bool(status.trusted) if anchors else None,
    )


def _covers(certificate: Any, moment: datetime | None) -> bool:
    if moment is None:
        return False
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _text(value: Any) -> str:
    """A name from a certificate: a list where it names several, and never longer than a line."""
    return " ".join(str(", ".join(value) if isinstance(value, list) else value).split())[:200]


def _extends(data: bytes, prepared: bytes) -> tuple[bool, str]:
    """Whether the file is the prepared one with nothing added but signatures.

    The prepared file must stand unchanged at its beginning. What follows is judged by pyHanko's difference analysis,
    against the prepared file and not only against what the first signature covers: else a change that was added and
    signed together would pass. That analysis compares forms, and a printed file has none: it is given an empty one.
    """
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 - heavy
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - heavy
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel  # noqa: PLC0415 - heavy

    if not data.startswith(prepared):
        return False, "other bytes"
    try:
        before = PdfFileReader(io.BytesIO(prepared), strict=False).xrefs.total_revisions
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        old = reader.get_historical_resolver(before - 1)
        new = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
        if "/AcroForm" not in old.root:
            form, kept = new.root["/AcroForm"], ("/SigFlags", "/DA", "/DR")
            empty = {generic.pdf_name(key): form.raw_get(key) for key in kept if key in form}
            empty[generic.pdf_name("/Fields")] = generic.ArrayObject()
            made: Any = generic.DictionaryObject
            old.root["/AcroForm"] = made(empty)
        result = DEFAULT_DIFF_POLICY.apply(old=old, new=new)
    except Exception as error:  # noqa: BLE001 - a hostile file can raise anything, and each of it means no
        return False, f"{type(error).__name__}: {error}"[:300]
    return result.modification_level <= ModificationLevel.FORM_FILLING, ""


def main() -> None:
    """Read one file from standard input and print what it is."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = json.loads(sys.stdin.buffer.readline())
    prepared = sys.stdin.buffer.read(told["prepared"])
    examined = examine(sys.stdin.buffer.read(), roots=told["roots"], prepared=prepared)
    sys.stdout.write(json.dumps(examined.as_data()))


if __name__ == "__main__":
    main()
