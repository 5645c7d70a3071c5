"""One decree from its compiled template: against docxtpl's plain render, and against the floor "serialise and zip".

Both sides of a ratio run in turn in the same process, on the same template and text (Serang's decree with 45 members).
"""

import gc
import io
import statistics
import zipfile
from collections.abc import Callable
from datetime import date

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
FOLDER = ROOT / "doc_templates"
ON = date(2026, 11, 22)


def draft_vs_docxtpl() -> float:
    """How many times faster than docxtpl's own render of the same template and text."""
    text, templates = _text(), Templates.read(FOLDER)
    template, context = (FOLDER / f"{KIND}.docx").read_bytes(), context_of(text)

    def by_docxtpl() -> None:
        plain = DocxTemplate(io.BytesIO(template))
        plain.render(context, autoescape=True)
        plain.save(io.BytesIO())

    theirs, ours = _in_turn(by_docxtpl, lambda: templates.render(KIND, text))
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
