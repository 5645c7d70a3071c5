"""Each table of a document counts its own rows from 1: a template's one list of row numbers, begun anew as often.

Rows count themselves, so that a row added in Word needs no renumbering; Word goes on counting through all paragraphs of
one list, so every table needs a list of its own.
"""

import re

from governance.documents.package import Package

COUNTED = "F Baris Nomor"
MOST_TABLES = 60
NUMBERING, STYLES = "word/numbering.xml", "word/styles.xml"
STYLE = re.compile(r"<w:style\b.*?</w:style>", re.DOTALL)
LIST = re.compile(r'<w:numPr>.*?<w:numId w:val="(\d+)"', re.DOTALL)
NUM = re.compile(r'<w:num\b[^>]*\bw:numId="(\d+)"[^>]*>.*?<w:abstractNumId w:val="(\d+)"\s*/>', re.DOTALL)
CLOSING = "</w:numbering>"


def with_counters(file: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The template with lists for its tables, and their ids in order; as it was where it counts no rows."""
    package = Package.read(file)
    if NUMBERING not in package or STYLES not in package:
        return file, ()
    numbering = package.content(NUMBERING).decode(errors="replace")
    lists = dict(NUM.findall(numbering))
    abstract = lists.get(_list_of_rows(package.content(STYLES).decode(errors="replace")) or "")
    if abstract is None or CLOSING not in numbering:
        return file, ()
    first = max(map(int, lists)) + 1
    ids = tuple(str(number) for number in range(first, first + MOST_TABLES))
    added = "".join(_begun_anew(number, abstract) for number in ids)
    return package.replaced({NUMBERING: numbering.replace(CLOSING, added + CLOSING).encode()}), ids


def _list_of_rows(styles: str) -> str | None:
    """The id of the list that the style of row numbers belongs to."""
    for style in STYLE.findall(styles):
        if f'<w:name w:val="{COUNTED}"' in style:
            found = LIST.search(style)
            return found[1] if found else None
    return None


def _begun_anew(number: str, abstract: str) -> str:
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
