"""The form of what is ordered: the dictums' labels, what they refer to, and from when to when the decree holds."""

import re
from collections.abc import Iterator
from datetime import date

from governance.calendar.words import MONTHS
from governance.documents.form_case import Case, Fault, Place, dictum_place, shortened, under
from governance.documents.phrases import dictum_label, letter

MOST = 200  # dictums counted by name
LABELS = tuple(dictum_label(index) for index in range(MOST))
KNOWN_LABELS = frozenset(LABELS)
MOST_LETTERS = 702  # a to zz
LETTER_AT = {letter(index): index for index in range(MOST_LETTERS)}
REFERRED = re.compile(
    r"\b[Dd]iktum (KE[A-Z]{3,9}|PERTAMA)"
    r"((?: (?:BELAS|PULUH|SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN)){0,2})"
    r"(?: huruf ([a-z]{1,2})\b)?"
)
OF_ANOTHER = re.compile(r"[^.;]{0,40}?\b(?:Keputusan|Peraturan|Undang-Undang) (?!ini\b|(?:\w+ ){1,3}ini\b)[A-Z]")
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
STARTS = re.compile(r"\b(?:mulai berlaku(?!,)|berlaku (?:sejak|mulai|terhitung|untuk|surut))\b")
ENDS = re.compile(r"\b(?:berakhir|sampai dengan (?:tanggal )?\d|sampai dengan tanggal|untuk jangka waktu|selama \d)")
START_DAY = re.compile(r"(?<!tidak )\bberlaku\b(?:(?!berakhir|sampai)[^.;,]){0,60}?\btanggal (?=\d)")
END_DAY = re.compile(r"\b(?:berakhir|sampai dengan)\b[^.;]{0,40}?(?=\d)")
BACKWARDS = re.compile(r"\bberlaku surut\b")
BUDGET_YEAR = re.compile(r"\bTahun Anggaran (\d{4})\b", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d{2})\b")


def labels_in_order(case: Case) -> Iterator[Fault]:
    """KESATU, KEDUA, KETIGA ... without a gap."""
    seen: set[str] = set()
    expected = 0
    for dictum in case.text.dictums[:MOST]:
        label = _modern(dictum.label)
        if label in seen:
            continue
        seen.add(label)
        if expected < MOST and label != LABELS[expected]:
            yield Fault(dictum_place(dictum.label), {"expected": LABELS[expected]})
        expected = (LABELS.index(label) if label in KNOWN_LABELS else expected) + 1


def _modern(label: str) -> str:
    return "KESATU" if label == "PERTAMA" else label


def label_doubled(case: Case) -> Iterator[Fault]:
    """No label stands twice."""
    seen: set[str] = set()
    for dictum in case.text.dictums:
        if _modern(dictum.label) in seen:
            yield Fault(dictum_place(dictum.label), {"label": shortened(dictum.label, 40)})
        seen.add(_modern(dictum.label))


def first_label(case: Case) -> Iterator[Fault]:
    """The first is KESATU; older decrees say PERTAMA."""
    if case.text.dictums and case.text.dictums[0].label == "PERTAMA":
        yield Fault(dictum_place("PERTAMA"))


def empty(case: Case) -> Iterator[Fault]:
    """Each dictum says something."""
    for dictum in case.text.dictums:
        if not dictum.text.strip():
            yield Fault(dictum_place(dictum.label))


def full_stop(case: Case) -> Iterator[Fault]:
    """A dictum ends with a full stop, and with a colon where items follow."""
    for dictum in case.text.dictums:
        wanted = ":" if dictum.items else "."
        if dictum.text.strip() and not dictum.text.rstrip().endswith(wanted):
            yield Fault(dictum_place(dictum.label), {"mark": wanted})


def list_marks(case: Case) -> Iterator[Fault]:
    """Items end with a semicolon, the last but one with "; dan" or "; atau", the last with a full stop."""
    for dictum in case.text.dictums:
        for index, fault in wrong_marks(dictum.items):
            place = dictum_place(dictum.label)
            yield Fault(under(place, f"huruf {letter(min(index, 700))}"), {"mark": fault})


def wrong_marks(items: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The items with a wrong mark at their end, and the right one."""
    for index, item in enumerate(items):
        text = item.rstrip()
        if index == len(items) - 1:
            good, wanted = text.endswith("."), "."
        elif index == len(items) - 2:
            good, wanted = text.endswith(("; dan", "; atau", "; dan/atau")), "; dan"
        else:
            good, wanted = text.endswith(";"), ";"
        if not good and not text.endswith(":"):
            yield index, wanted


def refers_to_dictums(case: Case) -> Iterator[Fault]:
    """A dictum, or a letter of one, that is referred to exists."""
    items = {_modern(dictum.label): len(dictum.items) for dictum in case.text.dictums}
    for place, text in case.passages:
        for found in REFERRED.finditer(text):
            label, named = _modern(found[1] + found[2]), found[3]
            if OF_ANOTHER.match(text, found.end(), found.end() + 90):
                continue
            known = label in items and (not named or LETTER_AT.get(named, MOST_LETTERS) < items[label])
            if not known:
                yield Fault(place, {"reference": f"Diktum {label}" + (f" huruf {named}" if named else "")})


def calls_itself_otherwise(case: Case) -> Iterator[Fault]:
    """A Keputusan does not call itself Peraturan, a Peraturan not Keputusan."""
    wrong = "Keputusan" if case.is_regulation else "Peraturan"
    itself = re.compile(rf"\b{wrong}(?: (?:Bupati|Wali ?[Kk]ota|Gubernur))? ini\b")
    for place, text in case.passages:
        if itself.search(text):
            yield Fault(place, {"wrong": wrong, "right": "Peraturan" if case.is_regulation else "Keputusan"})


# ------------------------------------------------------------ from when to when


def start_said(case: Case) -> Iterator[Fault]:
    """UU 30/2014 Pasal 58 ayat (1): it says when it begins."""
    if case.text.dictums and not any(STARTS.search(text) for _place, text in case.rules):
        yield Fault(_last(case))


def end_said(case: Case) -> Iterator[Fault]:
    """UU 30/2014 Pasal 58 ayat (1): it says when it ends."""
    if case.text.dictums and not any(ENDS.search(text) for _place, text in case.rules):
        yield Fault(_last(case))


def _last(case: Case) -> Place:
    return dictum_place(case.text.dictums[-1].label)


def end_before_start(case: Case) -> Iterator[Fault]:
    """It ends after it begins."""
    for place, text in case.rules:
        start, end = _day_after(START_DAY, text), _day_after(END_DAY, text)
        start = start or (enacted_on(case) if STARTS.search(text) else None)
        if start and end and end < start:
            yield Fault(place, {"start_on": start.isoformat(), "end_on": end.isoformat()})


def backdated(case: Case) -> Iterator[Fault]:
    """UU 30/2014 Pasal 58 ayat (6): not retroactive, except to avoid a greater loss or to keep citizens' rights."""
    enacted = enacted_on(case)
    known = {"enacted_on": enacted.isoformat()} if enacted else {}
    for place, text in case.rules:
        start = _day_after(START_DAY, text)
        if start and enacted and start < enacted:
            yield Fault(place, {"start_on": start.isoformat(), **known})
        elif BACKWARDS.search(text):
            yield Fault(place, known)


def enacted_on(case: Case) -> date | None:
    """The day it was set; while it is a draft, the one planned."""
    return day_in(case.text.date or "") or case.on


def day_in(text: str) -> date | None:
    """The first day a text names, None where it names none or one that no calendar has."""
    found = DAY.search(text[:200])
    if not found:
        return None
    months = [month.lower() for month in MONTHS]
    try:
        return date(int(found[3]), months.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None


def _day_after(opening: re.Pattern[str], text: str) -> date | None:
    found = opening.search(text)
    return day_in(text[found.end() : found.end() + 30]) if found else None


def budget_year(case: Case) -> Iterator[Fault]:
    """The budget that pays is that of a year in which the decree holds."""
    years = set(YEAR.findall(case.text.title[:1000]))
    day = enacted_on(case)
    years |= {str(day.year)} if day else set()
    for _place, text in case.rules:
        years |= {str(one.year) for one in (_day_after(START_DAY, text), _day_after(END_DAY, text)) if one}
    for place, text in case.rules if years else ():
        for year in sorted(set(BUDGET_YEAR.findall(text)) - _between(years)):
            yield Fault(place, {"year": year, "years": ", ".join(sorted(years))})


def _between(years: set[str]) -> set[str]:
    return {str(year) for year in range(int(min(years)), int(max(years)) + 1)}
