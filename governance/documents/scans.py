"""What may be handed in as the scan of a signed act: a PDF or a picture, told by its content and not by its name."""

from governance.kernel.errors import BadFile

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
