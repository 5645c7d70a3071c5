"""Judging an uploaded Word file: what is hostile, broken, or could not be sealed later is refused with what to do."""

import re
from xml.parsers import expat

from governance.documents.package import XML, Package
from governance.documents.places import W, refusing_parser
from governance.documents.sealing import DOCUMENT
from governance.kernel.errors import BadFile

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE_DOCUMENT = "/officeDocument"
DEEPEST = 250
MACROS = re.compile(r"vba|macro|activex|webextension|taskpane|\.bin$", re.IGNORECASE)
MACRO_TYPES = re.compile(r"macroenabled|vbaproject|activex|webextension", re.IGNORECASE)
EMBEDDED = re.compile(r"(^|/)embeddings/|\.(docx?|docm|html?|mht|rtf|exe|ole|xlsx?)$", re.IGNORECASE)
CHANGES = frozenset(
    f"{W} {name}"
    for name in (
        "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange",
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    )
)  # fmt: skip
FOREIGN = frozenset({f"{W} altChunk", f"{W} subDoc", f"{W} object", f"{W} control"})
FOREIGN_ANYWHERE = frozenset({"script", "OLEObject", "foreignObject", "webVideoPr"})  # whatever their namespace
BRINGING = frozenset(  # what a relation brings in, whatever the member it names is called
    {"oleobject", "package", "control", "afchunk", "subdocument", "attachedtemplate", "frame", "mailmergesource"}
)
FETCHING = re.compile(
    r"\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|DDE|DDEAUTO|IMPORT|LINK|RD|DATABASE|EMBED|CONTROL|MACROBUTTON|ADDIN)\b",
    re.IGNORECASE,
)
LINKING = re.compile(r"\s*HYPERLINK\b(?!\s+\\l)", re.IGNORECASE)  # \l names a bookmark of the file itself


def judge_package(package: Package, *, pending: bool = False) -> None:
    """Refuse what no Word file handed in here may hold: macros, embedded files, links outside, fetching fields.

    `pending`: tracked changes may stand in it; whoever only reads it takes them as accepted.
    """
    if DOCUMENT not in package or "[Content_Types].xml" not in package:
        raise BadFile("file.not_docx")
    for name in package.members:
        if MACROS.search(name):
            raise BadFile("file.macros")
        if EMBEDDED.search(name):
            raise BadFile("file.embedded")
    for name in package.members:
        if name.lower().endswith(XML):
            _Judge(name, pending=pending).judge(package.content(name))
    _require_main_part(package)


def _require_main_part(package: Package) -> None:
    """The part that Word opens must be the one that is read and shown here."""
    relations = _attributes(package.content("_rels/.rels"), "Relationship")
    mains = [one.get("Target", "") for one in relations if one.get("Type", "").endswith(OFFICE_DOCUMENT)]
    if [target.lstrip("/") for target in mains] != [DOCUMENT]:
        raise BadFile("file.broken", member="_rels/.rels")
    types = _attributes(package.content("[Content_Types].xml"), "Override")
    if [one.get("ContentType") for one in types if one.get("PartName") == f"/{DOCUMENT}"] != [MAIN_TYPE]:
        raise BadFile("file.not_docx")


def _attributes(content: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element with that local name."""
    found: list[dict[str, str]] = []
    parser = refusing_parser(" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == wanted:
            found.append(attributes)

    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found


class _Judge:
    """Walks one part and refuses what a decree must not hold."""

    def __init__(self, name: str, *, pending: bool) -> None:
        self.name = name
        self.pending = pending
        self.depth = 0
        self.code = ""
        self.in_code = False

    def judge(self, content: bytes) -> None:
        """Raise BadFile for the first thing that is wrong."""
        parser = refusing_parser(" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as wrong:
            raise BadFile("file.broken", member=self.name[:100]) from wrong
        self._refuse_linking(self.code)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadFile("file.broken", member=self.name[:100])
        if tag in CHANGES and not self.pending:
            raise BadFile("file.tracked_changes")
        if tag in FOREIGN or tag.rpartition(" ")[2] in FOREIGN_ANYWHERE:
            raise BadFile("file.embedded")
        if tag == f"{W} mailMerge":
            raise BadFile("file.fetching")
        self._refuse_outside(attributes)
        self._follow_field(tag, attributes)

    def _refuse_outside(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode", "").lower() == "external":
            raise BadFile("file.external", kind=kind[:40])
        if MACRO_TYPES.search(attributes.get("ContentType", "")) or MACRO_TYPES.search(kind):
            raise BadFile("file.macros")
        if "Target" in attributes and kind.lower() in BRINGING:
            raise BadFile("file.embedded")
        for name, value in attributes.items():
            if name.rpartition(" ")[2] in ("src", "href") and not value.startswith(("#", "data:image/")):
                raise BadFile("file.external", kind=name.rpartition(" ")[2])

    def _follow_field(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{W} fldChar":
            self._refuse_linking(self.code)
            self.code = ""
        elif tag == f"{W} instrText":
            self.in_code = True
        elif tag == f"{W} fldSimple":
            code = attributes.get(f"{W} instr", "")
            self._refuse_fetching(code)
            self._refuse_linking(code)

    def _text(self, text: str) -> None:
        if self.in_code:
            self.code = (self.code + text)[-400:]

    def _end(self, tag: str) -> None:
        self.depth -= 1
        if tag == f"{W} instrText":
            self.in_code = False
            self._refuse_fetching(self.code)

    def _refuse_fetching(self, code: str) -> None:
        if FETCHING.match(code):
            raise BadFile("file.fetching")

    def _refuse_linking(self, code: str) -> None:
        if LINKING.match(code):
            raise BadFile("file.external", kind="hyperlink")
