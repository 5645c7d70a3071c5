"""Decrees from their compiled template: against docxtpl's plain render, and against the floor "serialise and zip".

One decree: both sides of a ratio run in turn in the same process, on the same template and text (Serang's decree with
45 members). Many: that decree for as many regions.
"""

import gc
import io
import multiprocessing
import statistics
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from config.settings import ROOT
from governance.documents.context import context_of
from governance.documents.drafting import DocumentText, compose
from governance.documents.fields import defaults
from governance.documents.kind_files import read_kinds
from governance.documents.rendering import Templates
from governance.mandates.law import Law
from governance.people.institution_files import read_all
from tests.bench.measure import seconds

KIND = "coordination_team_decree"
ROUNDS = 15
BATCH, EVERY, BATCH_ROUNDS = 550, 11, 3
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOLDER = ROOT / "doc_templates"
ON = date(2026, 11, 22)

inherited: dict[str, Templates] = {}  # what a forked process finds of its parent: a compiled template cannot be sent


def draft_vs_docxtpl() -> float:
    """How many times faster than docxtpl's own render of the same template and text."""
    text, templates = _text(), Templates.read(FOLDER)
    by_docxtpl, context = _docxtpl(), context_of(text)
    assert _lines(by_docxtpl(context)) == _lines(templates.render(KIND, text))
    theirs, ours = _in_turn(lambda: by_docxtpl(context), lambda: templates.render(KIND, text))
    return theirs / ours


def draft_vs_floor() -> float:
    """How many times the time of only serialising the finished tree and zipping it."""
    text, templates = _text(), Templates.read(FOLDER)
    with zipfile.ZipFile(io.BytesIO(templates.render(KIND, text))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    tree = etree.fromstring(members.pop("word/document.xml"))

    def floor() -> None:
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", etree.tostring(tree))
            for name, content in members.items():
                archive.writestr(name, content)

    least, ours = _in_turn(floor, lambda: templates.render(KIND, text))
    return ours / least


def batch_vs_docxtpl() -> float:
    """How many times faster 550 different decrees are written by two processes than by docxtpl one after another.

    Ours is timed whole: the two processes started, the decrees handed back. Of docxtpl's time every eleventh decree is
    measured, half before and half after ours, and counted for eleven; their texts are compared with ours.
    """
    texts, templates = _texts(), Templates.read(FOLDER)
    by_docxtpl = _docxtpl()
    sample = range(0, BATCH, EVERY)
    first, second = [*sample][::2], [*sample][1::2]
    theirs: dict[int, bytes] = {}

    def plain(numbers: list[int]) -> float:
        return seconds(lambda: theirs.update({number: by_docxtpl(context_of(texts[number])) for number in numbers}))

    spent = plain(first)
    rounds = [_by_two_processes(texts, templates) for _ in range(BATCH_ROUNDS)]
    spent += plain(second)
    written = rounds[0][1]
    assert len(set(written)) == BATCH
    assert all(_lines(theirs[number]) == _lines(written[number]) for number in sample)
    return spent * EVERY / statistics.median(took for took, _ in rounds)


def decrees(count: int) -> list[bytes]:
    """So many different decrees as files."""
    templates = Templates.read(FOLDER)
    return [templates.render(KIND, text) for text in _texts()[:count]]


def _by_two_processes(texts: list[DocumentText], templates: Templates) -> tuple[float, list[bytes]]:
    """Seconds, and the decrees. The processes are forked, so that both find the compiled template there."""
    written: list[bytes] = []
    inherited["templates"] = templates

    def work() -> None:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            written.extend(pool.map(_rendered, texts, chunksize=BATCH // 10))

    return seconds(work), written


def _rendered(text: DocumentText) -> bytes:
    return inherited["templates"].render(KIND, text)


def _docxtpl() -> Callable[[dict[str, Any]], bytes]:
    """docxtpl's own way: the template opened, rendered and saved."""
    template = (FOLDER / f"{KIND}.docx").read_bytes()

    def written(context: dict[str, Any]) -> bytes:
        plain, file = DocxTemplate(io.BytesIO(template)), io.BytesIO()
        plain.render(context, autoescape=True)
        plain.save(file)
        return file.getvalue()

    return written


def _lines(file: bytes) -> list[str]:
    """The texts of a file's paragraphs."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(str(piece.text or "") for piece in one.iter(f"{W}t")) for one in tree.iter(f"{W}p")]


def _texts() -> list[DocumentText]:
    """Decrees of as many regions, each with its own names and members."""
    text = _text()
    return [
        replace(text, office=f"BUPATI DAERAH {number}", place=f"Kota {number}", title=f"{text.title} DAERAH {number}")
        for number in range(BATCH)
    ]


def _text() -> DocumentText:
    law, serang = Law.read(ROOT / "config" / "law"), read_all(ROOT / "config" / "institutions")["serang"]
    kind = read_kinds(FOLDER)[KIND]
    fields = defaults(kind, institution=serang, law=law, year=2027, on=ON)
    villages = [{"role": "anggota", "office": f"Camat Kecamatan {number}"} for number in range(30)]
    fields["members"] = [*fields["members"], *villages]
    return compose(kind, fields, institution=serang, law=law, on=ON)


def _in_turn(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of each, run by turns: neither pays for the other's garbage or finds its caches cold."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for act, spent in zip((one, other), times, strict=True):
            gc.collect()
            act()
            spent.append(seconds(act))
    return statistics.median(times[0]), statistics.median(times[1])
