"""Writing a decree into its Word template: compiled once, rendered in milliseconds; docxtpl itself where it must.

Measured and reasoned in the project's notes on Word files: docxtpl compiles the template anew for each file and parses
the whole document several times. Here its own preparation (`patch_xml`, `resolve_listing`: not promised, so the
version is pinned and a test compares both ways) runs once, in a sandbox and with every text escaped.
"""

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from governance.documents.context import DRAFT_MARK, EMBLEM_NOTE, Page, context_of
from governance.documents.counters import with_counters
from governance.documents.origin import CONTROL, CUSTOM, DECLARATION, Origin, custom_properties
from governance.documents.package import Package
from governance.documents.places import style_names
from governance.documents.text import DocumentText
from governance.kernel.errors import BadFile, NotFound

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

__all__ = ["DRAFT_MARK", "EMBLEM_NOTE", "CompiledTemplate", "Origin", "Templates", "environment"]

EMBLEM_WIDTH_MM = 21.6
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
STYLES = "word/styles.xml"
SECTION = re.compile(r'<w:pgSz\b[^>]*\bw:w="(\d+)"[^>]*/?>.*?<w:pgMar\b([^>]*)', re.DOTALL)
SIDES = re.compile(r'\bw:(?:left|right)="(\d+)"')
MOST_OWN = 100  # institutions' templates kept compiled in one process
A4_WIDTH = 11906  # twentieths of a point, where a template says nothing
LISTING = ("\t", "\n")
NEVER_MEANT = ("\a", "\f", "\r")  # docxtpl would make paragraphs and page breaks of them
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
NEEDS_DOCXTPL = re.compile(r"\{%\s*tc\b|\{%\s*colspan\b|\{%\s*hm\b|\{#|<wp:docPr\b")


def environment(*, cleaning: bool = False) -> ImmutableSandboxedEnvironment:
    """The sandbox in which templates run: everything escaped, nothing undefined, nothing changed.

    `cleaning` strips each value of what XML cannot hold: for docxtpl, which else loses text around it without a word.
    """
    finalize = _printable if cleaning else None
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=finalize)


def _printable(value: Any) -> Any:
    return CONTROL.sub("", value) if value.__class__ is str else value


@dataclass(frozen=True)
class CompiledTemplate:
    """A template taken apart: the parts that change as Jinja templates, the package they go back into."""

    original: bytes  # as it was handed in
    file: bytes  # with its counters for the rows of tables
    package: Package
    parts: Mapping[str, Template]
    by_docxtpl: bool
    sha256: str
    page: Page

    @classmethod
    def read(cls, file: bytes) -> "CompiledTemplate":
        """Compile a Word template."""
        counted, counters = with_counters(file)
        package, sources = Package.read(counted), template_sources(counted)
        parts = {name: _compiled(source) for name, source in sources.items()}
        page = replace(_page(package, sources[DOCUMENT]), counters=counters)
        sha256 = hashlib.sha256(file).hexdigest()
        return cls(file, counted, package, parts, _needs_docxtpl(package), sha256, page)

    def rendered(self, text: DocumentText, extra: Mapping[str, bytes] | None = None) -> bytes:
        """The document in this template; the same text gives the same bytes."""
        return self.render(context_of(text, self.page), extra or {})

    def render(self, context: Mapping[str, Any], extra: Mapping[str, bytes]) -> bytes:
        """The Word file with the context filled in, and the extra members in place of the template's.

        Pictures and sub-documents in the context are made with `for_objects`, and go through docxtpl itself.
        """
        made_with, by_docxtpl = _asked_by_values(context)
        if by_docxtpl or self.by_docxtpl:
            return self._render_by_docxtpl(made_with or self.for_objects(), context, extra)
        contents = {name: _part(template, context) for name, template in self.parts.items()}
        return self.package.replaced({**contents, **extra})

    def render_with_emblem(self, context: Mapping[str, Any], extra: Mapping[str, bytes], emblem: bytes) -> bytes:
        """The same with the picture of the coat of arms in its place."""
        from docx.shared import Mm  # noqa: PLC0415
        from docxtpl import InlineImage  # noqa: PLC0415

        picture = InlineImage(self.for_objects(), io.BytesIO(emblem), width=Mm(EMBLEM_WIDTH_MM))
        return self.render({**context, "emblem": picture, "emblem_note": ""}, extra)

    def for_objects(self) -> "DocxTemplate":
        """What pictures and sub-documents for one rendering are made with: they put parts into its package."""
        from docxtpl import DocxTemplate  # noqa: PLC0415

        return DocxTemplate(io.BytesIO(self.file))

    def _render_by_docxtpl(self, docx: "DocxTemplate", context: Mapping[str, Any], extra: Mapping[str, bytes]) -> bytes:
        """The same through docxtpl, which places pictures and rebuilds tables."""
        from docx.image.exceptions import UnrecognizedImageError  # noqa: PLC0415

        written = io.BytesIO()
        try:
            docx.render(dict(context), jinja_env=environment(cleaning=True))
            docx.save(written)
        except (UnrecognizedImageError, ValueError, OSError, ZeroDivisionError) as wrong:
            raise BadFile("file.not_image") from wrong
        core = {CORE: _part(self.parts[CORE], context)} if CORE in self.parts else {}
        return Package.read(written.getvalue()).replaced({**core, **extra})


def template_sources(file: bytes) -> dict[str, str]:
    """The parts of a template that hold code, and its body, as docxtpl prepares them for Jinja."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 - heavy: loaded by the first template only

    package = Package.read(file)
    docx = DocxTemplate(io.BytesIO(file))
    docx.render_init()
    sources = {DOCUMENT: docx.xml_to_string(docx.docx._element)}
    for uri in (docx.HEADER_URI, docx.FOOTER_URI):
        for _, part in docx.get_headers_footers(uri):
            sources[str(part.partname).lstrip("/")] = docx.get_part_xml(part)
    if CORE in package:
        sources[CORE] = package.content(CORE).decode().partition("?>")[2].lstrip()
    return {name: docx.patch_xml(source) for name, source in sources.items() if name == DOCUMENT or "{" in source}


def _needs_docxtpl(package: Package) -> bool:
    """Whether a part holds what only docxtpl itself writes right: tables with changing columns, drawings, notes."""
    parts = [DOCUMENT, *(name for name in package.members if name.startswith(("word/header", "word/footer")))]
    texts = (package.content(name).decode(errors="replace") for name in parts if name in package)
    return any(NEEDS_DOCXTPL.search(text) for text in texts) or _has_notes(package)


def _asked_by_values(context: Mapping[str, Any]) -> tuple["DocxTemplate | None", bool]:
    """Whether a context holds what only docxtpl itself writes right, and what that was made with.

    Pictures and sub-documents know their template; a link in rich text stands in the package it was made for, and a
    listing may ask for new paragraphs and pages.
    """
    made_with, needed = None, False
    pending: list[Any] = [context]
    while pending:
        value = pending.pop()
        if value.__class__ is str:  # nearly all: a decree has hundreds, and each rendering asks
            continue
        if isinstance(value, Mapping):
            pending.extend(value.values())
        elif isinstance(value, (list, tuple)):
            pending.extend(value)
        elif type(value).__module__.startswith("docxtpl."):
            docx, xml = getattr(value, "tpl", None), getattr(value, "xml", "")
            made_with = made_with or docx
            needed |= docx is not None or "<w:hyperlink" in xml or any(sign in xml for sign in NEVER_MEANT)
    return made_with, needed


def _page(package: Package, document: str) -> Page:
    """How wide tables may be in the last section, where annexes stand, and the ids of the template's styles."""
    names = style_names(package.content(STYLES)) if STYLES in package else {}
    sections = SECTION.findall(document)
    widths = [int(width) - sum(map(int, SIDES.findall(margins))) for width, margins in sections] or [A4_WIDTH]
    return Page(widths[0], widths[-1], {name: key for key, name in names.items()})


def _compiled(source: str) -> Template:
    """A part compiled; docxtpl's signs for literal braces are undone in the template's own text, never in values."""
    sandbox = environment()
    tree = sandbox.parse(source)
    for piece in tree.find_all(nodes.TemplateData):
        piece.data = piece.data.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
    return sandbox.from_string(tree)


def _part(template: Template, context: Mapping[str, Any]) -> bytes:
    """A part rendered and checked to be well-formed: a broken file must not leave the house."""
    xml = template.render(context)
    try:
        return _well_formed(xml)
    except (expat.ExpatError, UnicodeEncodeError):  # a value holds what XML cannot: rare, so it is looked for only now
        return _well_formed(CONTROL.sub("", xml))


def _well_formed(xml: str) -> bytes:
    if any(sign in xml for sign in NEVER_MEANT):
        xml = CONTROL.sub("", xml)
    if _has_listing(xml):
        xml = _with_listings(xml)
    data = DECLARATION + xml.encode()
    expat.ParserCreate().Parse(data, True)
    return data


def _with_listings(xml: str) -> str:
    """Tabs and line ends in values become Word's own, in the paragraphs that hold any."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    resolve = DocxTemplate(io.BytesIO()).resolve_listing
    return PARAGRAPH.sub(lambda found: resolve(found[0]) if _has_listing(found[0]) else found[0], xml)


def _has_listing(xml: str) -> bool:
    return any(sign in xml for sign in LISTING)


def _has_notes(package: Package) -> bool:
    return any(
        name in package and b"{" in package.content(name) for name in ("word/footnotes.xml", "word/endnotes.xml")
    )


class Templates:
    """Every template of a folder, compiled once and kept."""

    def __init__(self, compiled: Mapping[str, CompiledTemplate]) -> None:
        self._compiled = compiled
        self._own: dict[str, CompiledTemplate] = {}

    @classmethod
    def read(cls, folder: Path) -> "Templates":
        """The templates of the folder by the names of their files, which are the kinds' keys."""
        files = sorted(file for file in folder.glob("*.docx") if not file.name.startswith(("~", ".")))
        return cls({file.stem: CompiledTemplate.read(file.read_bytes()) for file in files})

    def sha256(self, kind_key: str) -> str:
        """Which template it is: kept with each revision."""
        return self._of(kind_key).sha256

    def file(self, kind_key: str) -> bytes:
        """The template itself, to be edited in Word."""
        return self._of(kind_key).original

    def own(self, sha256: str, read: Callable[[str], bytes]) -> CompiledTemplate:
        """A template of an institution's own, compiled once while it is among the last used."""
        if sha256 not in self._own:
            if len(self._own) >= MOST_OWN:
                self._own.pop(next(iter(self._own)))
            self._own[sha256] = CompiledTemplate.read(read(sha256))
        return self._own[sha256]

    def render(
        self,
        kind_key: str,
        text: DocumentText,
        *,
        origin: Origin | None = None,
        emblem: bytes | None = None,
        own: CompiledTemplate | None = None,
    ) -> bytes:
        """The document as a Word file, in the institution's own template where it has one."""
        compiled = own or self._of(kind_key)
        extra = {CUSTOM: custom_properties(origin)} if origin is not None and CUSTOM in compiled.package else {}
        if emblem is not None:
            return compiled.render_with_emblem(context_of(text, compiled.page), extra, emblem)
        return compiled.rendered(text, extra)

    def _of(self, kind_key: str) -> CompiledTemplate:
        if kind_key not in self._compiled:
            raise NotFound("draft.unknown_kind", kind=kind_key)
        return self._compiled[kind_key]
