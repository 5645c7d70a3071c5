"""Which document and version a Word file came from: kept in its custom properties, which survive every editor tried."""

import hashlib
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from governance.documents.package import Package

CUSTOM = "docProps/custom.xml"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
PROPERTY_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
VARIANT_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
PROPERTY = re.compile(r'<property\b[^>]*\bname="(Mandat\w+)"[^>]*>\s*<vt:\w+>([^<]{0,200})</vt:\w+>', re.DOTALL)


@dataclass(frozen=True)
class Origin:
    """The document's mark, the revision or the working copy's version, and the sha256 it was made from."""

    document: str
    revision: int
    source_sha256: str


def document_mark(document_id: int) -> str:
    """How a file names its document: opaque, for files travel."""
    return hashlib.sha256(f"mandat document {document_id}".encode()).hexdigest()[:32]


def origin_of(package: Package) -> Origin | None:
    """What a file says of itself; None for a file that was not made here."""
    if CUSTOM not in package:
        return None
    found = {name: unescape(text) for name, text in PROPERTY.findall(package.content(CUSTOM).decode(errors="replace"))}
    revision = found.get("MandatRevision", "")
    if not found.get("MandatDocument") or not (revision.isascii() and revision.isdigit() and len(revision) < 10):
        return None
    return Origin(found["MandatDocument"], int(revision), found.get("MandatSource", ""))


def with_origin(data: bytes, origin: Origin) -> bytes:
    """The file saying where it comes from; unchanged where it has no place for it."""
    package = Package.read(data)
    return package.replaced({CUSTOM: custom_properties(origin)}) if CUSTOM in package else data


def custom_properties(origin: Origin) -> bytes:
    """The part that keeps it."""
    values = (
        ("MandatDocument", origin.document),
        ("MandatRevision", str(origin.revision)),
        ("MandatSource", origin.source_sha256),
    )
    properties = "".join(
        f'<property fmtid="{PROPERTY_FORMAT}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(CONTROL.sub('', value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values, 2)
    )
    xml = f'<Properties xmlns="{CUSTOM_NAMESPACE}" xmlns:vt="{VARIANT_TYPES}">{properties}</Properties>'
    return DECLARATION + xml.encode()
