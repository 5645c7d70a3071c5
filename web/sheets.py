"""What a document says now: as text for the page's sheet, and as the Word file."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Response, send_file

from governance.documents import drafting, reading, scans
from governance.documents.dating import dated
from governance.documents.lifecycle import State
from governance.documents.origin import Origin, document_mark, with_origin
from governance.documents.seen import Seen
from governance.documents.text import DocumentText
from governance.kernel import clock
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from web.at_hand import copy_of, institution_of, law_of, library

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Download:
    """A file to hand over."""

    data: bytes
    name: str
    media: str = WORD

    def stream(self) -> BytesIO:
        """The bytes as Flask hands them over."""
        return BytesIO(self.data)


def handed(download: Download) -> Response:
    """A file as an answer: a browser saves it and never runs it (nosniff stands on every answer)."""
    return send_file(download.stream(), mimetype=download.media, as_attachment=True, download_name=download.name)


def composed(actor: Actor, document: Seen) -> DocumentText:
    """The text that the working copy gives now."""
    fields = copy_of(actor, document).fields
    return text_from(actor, document.kind, fields, institution_of(actor))


def text_from(actor: Actor, kind: str, fields: Mapping[str, Any], institution: InstitutionFacts) -> DocumentText:
    """The text that these fields give, under the law of the planned day or of today."""
    shelf = library()
    on = dated(fields, clock.day_in(actor.timezone, clock.now()))
    law = law_of(actor)
    return drafting.compose(shelf.kind(kind), fields, institution=institution, law=law, on=on)


def text_of(actor: Actor, document: Seen) -> DocumentText | None:
    """What the document says: a draft's composed text, else read from the very file decided on; None: a scan."""
    if document.state is State.DRAFT and document.version is not None:
        stands = copy_of(actor, document).file_sha256
        return reading.read_document(library().files.read(stands)) if stands else composed(actor, document)
    if document.file_sha256 is None:
        return composed(actor, document) if document.version is not None else None
    return reading.read_document(library().files.read(document.file_sha256))


def file_of(actor: Actor, document: Seen) -> Download:
    """The Word file: the current revision's, or the draft as it stands; the scan of an act that was only recorded."""
    name = f"{document.kind}-{document.year}-{document.id}"
    if document.file_sha256 is not None and document.state is not State.DRAFT:
        return Download(library().files.read(document.file_sha256), f"{name}-r{document.revision}.docx")
    if document.version is not None:
        return Download(draft_file(actor, document), f"{name}-rancangan.docx")
    return scan_of(document)


def draft_file(actor: Actor, document: Seen) -> bytes:
    """The draft as a Word file that says where it came from: the uploaded one where it stands, else composed."""
    copy = copy_of(actor, document)
    origin = Origin(document_mark(document.id), copy.version, copy.file_sha256 or "")
    if copy.file_sha256 is not None:
        return with_origin(library().files.read(copy.file_sha256), origin)
    return library().render(actor.institution_id, document.kind, composed(actor, document), origin)[0]


def scan_of(document: Seen) -> Download:
    """The scan of the signed act, or NotFound while it is to follow."""
    from_act = document.act.scan_sha256 if document.act else None
    if from_act is None:
        raise NotFound
    return scan_kept(from_act, f"{document.kind}-{document.year}-{document.id}-pindaian")


def scan_kept(sha256: str, name: str) -> Download:
    """A scan as it was kept; its name ends as its bytes say."""
    data = library().files.read(sha256)
    media = scans.kind_of(data) or "application/octet-stream"
    return Download(data, f"{name}.{media.rpartition('/')[2]}", media)
