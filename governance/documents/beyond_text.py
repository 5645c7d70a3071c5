"""What a Word file shows beside the text of its parts: pictures, words struck through, headers, footers and notes."""

from governance.documents.lines import DOCUMENT, OFF, W, beside, tree
from governance.documents.package import Package

PICTURES = "word/media/"
STRUCK = (f"{W}rPr/{W}strike", f"{W}rPr/{W}dstrike")


def beyond_text(package: Package) -> tuple[tuple[int, ...], tuple[str, ...], frozenset[str]]:
    """Its pictures by their checksums, the texts that are struck through, what stands in its margins and notes."""
    pictures = sorted(one.crc for name, one in package.members.items() if name.startswith(PICTURES))
    struck = tuple(
        "".join(run.itertext()).strip() for run in tree(package.content(DOCUMENT)).iter(f"{W}r") if _is_struck(run)
    )
    return tuple(pictures), struck, frozenset(" ".join(text.split()) for text in beside(package))


def _is_struck(run: object) -> bool:
    marks = [run.find(path) for path in STRUCK]  # type: ignore[attr-defined]
    return any(mark is not None and mark.get(f"{W}val", "1") not in OFF for mark in marks)
