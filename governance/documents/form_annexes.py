"""The form of annexes: numbering, heading, title, who refers to them, and the signature that closes each."""

import re
from collections.abc import Iterator
from itertools import pairwise

from governance.documents import recognising as part
from governance.documents.form_case import Case, Fault, Place, annex_place, on_one_line, plain, shortened
from governance.documents.form_dictums import wrong_marks
from governance.documents.phrases import roman

REFERRED = re.compile(r"\bLampiran(?: ([IVXL]{1,7}))?\b")
OF_ANOTHER = re.compile(r"[^.;]{0,20}? (?:Peraturan|Undang-Undang|Keputusan) (?!ini\b|(?:\w+ ){1,3}ini\b)[A-Z]")
INSEPARABLE = re.compile(r"\bbagian (?:yang )?tidak terpisahkan\b")
HEADING = re.compile(r"LAMPIRAN(?: [IVXL]{1,7})?$")
BEGINS = re.compile(r"LAMPIRAN\b")
MARKS = (".", ",", ";", ":")
MOST = 49  # annexes that Roman numerals count here


def number_of(heading: str) -> str:
    """The numeral of an annex's heading, empty where it has none."""
    return on_one_line(heading).removeprefix("LAMPIRAN").strip()


def numbering(case: Case) -> Iterator[Fault]:
    """One alone has no numeral; several have Roman ones in order."""
    annexes = case.text.annexes
    for index, annex in enumerate(annexes[:MOST]):
        expected = roman(index + 1) if len(annexes) > 1 else ""
        if number_of(annex.heading) != expected:
            yield Fault(annex_place(annex, index), {"expected": f"LAMPIRAN {expected}".strip()})


def heading(case: Case) -> Iterator[Fault]:
    """The first line of an annex is LAMPIRAN with its Roman numeral, and nothing else."""
    for line in case.lines:
        if BEGINS.match(line.text) and line.part == part.ANNEX and not HEADING.match(on_one_line(line.text)):
            yield Fault(Place("Lampiran", f"lampiran-{(line.annex or 0) + 1}"), {"text": shortened(line.text, 60)})


def referred_to(case: Case) -> Iterator[Fault]:
    """What is ordered refers to each annex."""
    named = {number for _place, text in case.rules for number in _numbers_in(text)}
    for index, annex in enumerate(case.text.annexes):
        if number_of(annex.heading) not in named and not (len(case.text.annexes) == 1 and named):
            yield Fault(annex_place(annex, index), {"annex": annex_place(annex, index).name})


def _numbers_in(text: str) -> Iterator[str]:
    for found in REFERRED.finditer(text):
        if not OF_ANOTHER.match(text, found.end(), found.end() + 90):
            yield found[1] or ""


def refers_to_annexes(case: Case) -> Iterator[Fault]:
    """An annex that is referred to is there."""
    known = {number_of(annex.heading) for annex in case.text.annexes}
    for place, text in case.passages:
        for number in dict.fromkeys(_numbers_in(text)):
            if number not in known and (number or not known):
                yield Fault(place, {"reference": f"Lampiran {number}".strip()})


def inseparable(case: Case) -> Iterator[Fault]:
    """Who refers to an annex says that it is an inseparable part."""
    said: set[str] = set()
    first: dict[str, Place] = {}
    for place, text in case.rules:
        numbers = set(_numbers_in(text))
        said |= numbers if numbers and INSEPARABLE.search(text) else set()
        for number in numbers:
            first.setdefault(number, place)
    for number, place in first.items():
        if number not in said:
            yield Fault(place, {"reference": f"Lampiran {number}".strip()})


def _lines(case: Case, index: int, *parts: str) -> list[str]:
    lines = case.annex_lines.get(index, [])
    return [on_one_line(line.text) for line in lines if not parts or line.part in parts]


def head(case: Case) -> Iterator[Fault]:
    """Each annex is headed by its number, the document's kind, number and title."""
    if not case.lines:
        return
    for index, annex in enumerate(case.text.annexes):
        lines = _lines(case, index)[:12]
        wanted = {
            shortened(case.text.instrument_line, 60): any(
                plain(line) == plain(case.text.instrument_line) for line in lines
            ),
            "NOMOR": any(line.startswith("NOMOR") for line in lines),
            "TENTANG": "TENTANG" in lines,
        }
        for what, there in wanted.items():
            if not there:
                yield Fault(annex_place(annex, index), {"what": what})


def head_number(case: Case) -> Iterator[Fault]:
    """The number in the heading is the document's own."""
    for index, annex in enumerate(case.text.annexes):
        for line in _lines(case, index)[:12]:
            if line.startswith("NOMOR") and case.text.number and plain(line[5:]) != plain(case.text.number):
                yield Fault(annex_place(annex, index), {"text": shortened(line), "number": case.text.number[:80]})


def head_marks(case: Case) -> Iterator[Fault]:
    """The heading has no punctuation."""
    for index, annex in enumerate(case.text.annexes):
        for line in _lines(case, index, part.ANNEX):
            if line.endswith(MARKS) and not line.startswith("NOMOR"):
                yield Fault(annex_place(annex, index), {"text": shortened(line, 60)})


def title(case: Case) -> Iterator[Fault]:
    """Each annex has a title in capitals."""
    for index, annex in enumerate(case.text.annexes):
        named = annex.title.strip() or _unstyled_title(case, index)
        if named != named.upper() or (case.lines and not named):
            yield Fault(annex_place(annex, index), {"text": shortened(named, 60) or "–"})


def _unstyled_title(case: Case, index: int) -> str:
    """The line behind the document's own title in the heading, where no style tells the annex's title."""
    lines = _lines(case, index)[:16]
    at = next((i for i, line in enumerate(lines) if plain(line) == plain(case.text.title)), len(lines))
    return next(iter(lines[at + 1 :]), "")


def closed(case: Case) -> Iterator[Fault]:
    """Each annex ends with the office and the name of who signed."""
    signer = plain(case.text.signer_office)
    for index, annex in enumerate(case.text.annexes if case.lines and signer else ()):
        lines = [plain(line) for line in _lines(case, index)]
        after = [at for at, line in enumerate(lines) if line == signer]
        name = plain(case.text.signer_name or "")
        if not after:
            yield Fault(annex_place(annex, index), {"what": shortened(case.text.signer_office, 60)})
        elif name and name not in lines[after[-1] :]:
            yield Fault(annex_place(annex, index), {"what": shortened(case.text.signer_name or "", 60)})


def list_marks(case: Case) -> Iterator[Fault]:
    """Items of a list that is one sentence end with semicolons, "; dan", and a full stop."""
    for index, annex in enumerate(case.text.annexes):
        for one in annex.parts:
            if one.items and not all(item.rstrip().endswith(".") for item in one.items):
                for at, mark in wrong_marks(one.items):
                    place = annex_place(annex, index)
                    where = Place(f"{place.name}, {shortened(one.title, 40)}, butir {at + 1}", place.anchor)
                    yield Fault(where, {"mark": mark})


def row_doubled(case: Case) -> Iterator[Fault]:
    """No row of a table stands twice."""
    for index, annex in enumerate(case.text.annexes):
        seen: set[tuple[str, ...]] = set()
        for number, row in enumerate(annex.rows, 1):
            cells = tuple(plain(cell) for cell in row)
            if cells in seen and any(cells):
                yield Fault(annex_place(annex, index), {"row": number, "text": shortened(" · ".join(row))})
            seen.add(cells)


def order(case: Case) -> Iterator[Fault]:
    """Annexes are referred to in their order."""
    numbers = [number for _place, text in case.rules for number in _numbers_in(text)]
    known = {number_of(annex.heading): index for index, annex in enumerate(case.text.annexes)}
    firsts = [known[number] for number in dict.fromkeys(numbers) if number in known]
    for one, after in pairwise(firsts):
        if after < one:
            annex = case.text.annexes[after]
            yield Fault(annex_place(annex, after), {"annex": annex_place(annex, after).name})
