"""Judging a Word template that an institution hands in: it must compile, ask only for what there is, and be sealable.

A template is code (docxtpl's syntax in sandboxed Jinja). What it may say is narrow: names of the document, loops over
them, conditions; no calls, no names that begin with an underscore, no loop over anything made up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from jinja2 import TemplateError, meta, nodes

from governance.documents.context import context_of
from governance.documents.package import Package
from governance.documents.places import MARK
from governance.documents.reading import read_document
from governance.documents.rendering import DOCUMENT, CompiledTemplate, environment, template_sources
from governance.documents.sealing import places_of, require_gazette_places, require_places
from governance.documents.text import DocumentText, Form
from governance.documents.upload import judge_package
from governance.kernel.errors import Refusal

DEEPEST_LOOP = 5
LARGEST = 512 * 1024  # bytes of one part: thirty times the longest of the shipped templates
MOST_CODE = 500  # pieces of code in one part: four times the most of the shipped ones
PREPARED = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
TAG, SIGN = re.compile(rb"<[^>]*>"), re.compile(rb"\{\{|\{%|\{#|\}\}|%\}|#\}")
CLOSED_BY = {b"{{": b"}}", b"{%": b"%}", b"{#": b"#}"}
MERGING = re.compile(rb"\{%\s*(vm|hm|colspan|cellbg)\b")  # preparing these can take hours in a file made for it
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice),
    *(nodes.Const, nodes.Neg, nodes.For, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare),
    *(nodes.Operand, nodes.Test, nodes.Assign, nodes.Call),  # a call has a fault of its own
)
FILTERS = frozenset(
    {"upper", "lower", "title", "capitalize", "trim", "length", "first", "last", "default", "e", "escape"}
)
NEEDED = {
    Form.DECREE: "mark office instrument_line number title considerations citations decides dictums place date"
    " signer_office signer_name copies annexes",
    Form.REGULATION: "mark office instrument_line number title grace considerations citations decides chapters formula"
    " promulgation place date signer_office signer_name annexes",
    Form.PAPER: "mark letterhead number title parts place date signer_office signer_name copies",
}
PAGE_FIELD = re.compile(rb"\bPAGE\b")
PAPER_SIZE = re.compile(r'<w:pgSz\b[^>]*\bw:w="(\d+)"[^>]*\bw:h="(\d+)"')
F4 = (12189, 18709)  # twentieths of a point: 215 x 330 mm
SLACK = 60  # about a millimetre


@dataclass(frozen=True)
class Fault:
    """Something about a template: `severity` error refuses it, warning is shown."""

    severity: str
    key: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """What was found, and the sample that the template makes, where it makes one."""

    faults: tuple[Fault, ...]
    sample: bytes | None

    @property
    def refused(self) -> bool:
        """Whether the template cannot be used."""
        return any(fault.severity == "error" for fault in self.faults)


def judge_template(data: bytes, sample: DocumentText) -> Judged:
    """Judge a template by its text and by the sample it makes of `sample`; BadFile for what is no plain Word file."""
    package = Package.read(data)
    judge_package(package)
    parts = [package.content(name) for name in package.members if name.startswith(PREPARED)]
    unprepared = [fault for part in parts for fault in _before_preparing(part)]
    if unprepared:
        return Judged(tuple(unprepared), None)
    faults = [*_of_paper(package)]
    try:
        sources = template_sources(data)
        trees = [environment().parse(source) for source in sources.values()]
    except (TemplateError, expat.ExpatError, ValueError, KeyError, RecursionError) as wrong:
        return Judged((*faults, Fault("error", "template.broken", {"why": _short(wrong)})), None)
    faults += [fault for tree in trees for fault in _of_code(tree)]
    faults += _of_names(trees, sample)
    if any(fault.severity == "error" for fault in faults):
        return Judged(tuple(faults), None)
    made, wrong_making = _made(data, sample)
    return Judged((*faults, *wrong_making), made)


def _before_preparing(content: bytes) -> Iterator[Fault]:
    """What must be known of a part before docxtpl prepares it: it looks for the ends of things again and again."""
    text = TAG.sub(b"", content[: LARGEST + 1])
    signs = list(SIGN.finditer(text))
    if len(content) > LARGEST or len(signs) > 2 * MOST_CODE:
        yield Fault("error", "template.too_much", {"limit": MOST_CODE, "limit_kb": LARGEST // 1024})
        return
    if merging := MERGING.search(text):
        yield Fault("error", "template.unsafe", {"name": merging[1].decode()})
    for opening, closing in zip(signs[::2], [*signs[1::2], None], strict=False):
        if closing is None or CLOSED_BY.get(opening[0]) != closing[0]:
            near = text[opening.start() : opening.start() + 60].decode(errors="replace")
            yield Fault("error", "template.broken", {"why": near})
            return


def _of_paper(package: Package) -> Iterator[Fault]:
    """The paper of the first section, and the header with the page's number."""
    found = PAPER_SIZE.search(package.content(DOCUMENT).decode(errors="replace")) if DOCUMENT in package else None
    size = tuple(int(side) for side in found.groups()) if found else (0, 0)
    if any(abs(side - wanted) > SLACK for side, wanted in zip(size, F4, strict=True)):
        yield Fault("warning", "template.paper", {})
    headers = [name for name in package.members if re.fullmatch(r"word/header\d*\.xml", name)]
    if not any(PAGE_FIELD.search(package.content(name)) for name in headers):
        yield Fault("error", "template.no_header", {})


def _of_code(tree: nodes.Template) -> Iterator[Fault]:
    """What a template must not say."""
    for call in tree.find_all(nodes.Call):
        yield Fault("error", "template.call", {"line": call.lineno})
    for place in tree.find_all((nodes.Getattr, nodes.Getitem)):
        name = getattr(place, "attr", None) or getattr(getattr(place, "arg", None), "value", "")
        if isinstance(name, str) and name.startswith("_"):
            yield Fault("error", "template.unsafe", {"name": name[:40]})
    for unsafe in tree.find_all(nodes.Node):
        known = unsafe.name in FILTERS if isinstance(unsafe, nodes.Filter) else isinstance(unsafe, ALLOWED)
        if not known:
            yield Fault("error", "template.unsafe", {"name": getattr(unsafe, "name", None) or type(unsafe).__name__})
    if not all(_is_of_the_document(loop.iter) for loop in tree.find_all(nodes.For)):
        yield Fault("error", "template.loop", {})
    if _depth(tree) > DEEPEST_LOOP or _multiplies(tree, frozenset()):
        yield Fault("error", "template.loop", {})


def _is_of_the_document(node: nodes.Node) -> bool:
    """A name, a part of one, or a slice of one: never something made up."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        node = node.node
    return isinstance(node, nodes.Name)


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _multiplies(node: nodes.Node, targets: frozenset[str]) -> bool:
    """Whether a loop within another goes through something else than a part of what that one is at."""
    if isinstance(node, nodes.For):
        if targets and not _names_in(node.iter) & targets:
            return True
        targets |= _names_in(node.target)
    return any(_multiplies(child, targets) for child in node.iter_child_nodes())


def _names_in(node: nodes.Node) -> set[str]:
    return {name.name for name in (node, *node.find_all(nodes.Name)) if isinstance(name, nodes.Name)}


def _of_names(trees: list[nodes.Template], sample: DocumentText) -> Iterator[Fault]:
    used = {name for tree in trees for name in meta.find_undeclared_variables(tree)}
    offered = context_of(sample).keys()
    for name in sorted(used - offered):
        yield Fault("error", "template.unknown_name", {"name": name[:60]})
    for name in NEEDED[sample.form].split():
        if name not in used and not (sample.form is Form.PAPER and sample.letter is not None and name == "title"):
            yield Fault("error", "template.unused_name", {"name": name})


def _made(data: bytes, sample: DocumentText) -> tuple[bytes | None, list[Fault]]:
    """The sample, and what is wrong with it: it must read back whole and have every place of sealing."""
    try:
        compiled = CompiledTemplate.read(data)
        made = compiled.rendered(sample)
    except (TemplateError, expat.ExpatError, ValueError, TypeError, KeyError, IndexError, Refusal) as wrong:
        return None, [Fault("error", "template.broken", {"why": _short(wrong)})]
    try:
        scans = places_of(Package.read(made))
        require_places(scans)
        if sample.form is Form.REGULATION:
            require_gazette_places(scans)
        unread = read_document(made).unread
    except Refusal as refusal:
        return made, [Fault("error", refusal.key, dict(refusal.params))]
    faults = [Fault("error", "template.unread", {"part": part}) for part in unread]
    if not any(found.of(MARK) for name, found in scans.items() if name != DOCUMENT):
        faults.append(Fault("warning", "template.no_mark_in_header", {}))
    return made, faults


def _short(wrong: Exception) -> str:
    line = getattr(wrong, "lineno", None)
    return f"{str(wrong)[:200]}{f' (baris {line})' if line else ''}"
