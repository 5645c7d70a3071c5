"""What may be handed in as the scan of a signed act: a PDF or a picture, told by its content and not by its name."""

from governance.kernel.errors import BadFile
from governance.kernel.files import Files

BEGINNINGS: dict[str, bytes] = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}


def kind_of(data: bytes) -> str | None:
    """The media type of a scan by its first bytes, or None when it is no scan."""
    return next((media for media, beginning in BEGINNINGS.items() if data.startswith(beginning)), None)


def require_scan(data: bytes) -> None:
    """BadFile unless it is a PDF, PNG or JPEG."""
    if kind_of(data) is None:
        raise BadFile("file.not_scan")


def kept(data: bytes | None, files: Files) -> str | None:
    """The sha256 under which a scan is kept; None where none was handed in, BadFile for what is no scan."""
    if not data:
        return None
    require_scan(data)
    return files.keep(data)
