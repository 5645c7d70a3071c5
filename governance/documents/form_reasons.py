"""The form of Menimbang: openings, marks, letters, and the last item, which names exactly the letters before it."""

import re
from collections.abc import Iterator

from governance.documents.form_case import REASONS, Case, Fault, on_one_line, reason_place, shortened
from governance.documents.phrases import letter, letters_named
from governance.documents.recognising import REASON

NAMED = re.compile(r"\bhuruf ([a-z]{1,2})(?: sampai dengan huruf ([a-z]{1,2}))?\b")
TYPED = re.compile(r"\s*(?:Menimbang\s*:\s*)?([a-z]{1,2})[.)]\s")
NEXT_SENTENCE = re.compile(r"[a-z]{4}\.\s[A-Z][a-z]")
ONLY_NECESSARY = re.compile(r"\b(?:dipandang|dianggap|dirasa) perlu\b")
OWN_LETTERS = re.compile(r"sebagaimana dimaksud (?:dalam|pada) (huruf [a-z]{1,2}\b[^;]{0,80})")
OF_ANOTHER = re.compile(r"\b(?:Pasal|ayat|Peraturan|Undang-Undang|Diktum)\b")
ESTABLISHES = re.compile(r"\bperlu menetapkan\b")


def opening(case: Case) -> Iterator[Fault]:
    """Each consideration opens with "bahwa"."""
    for index, text in enumerate(case.text.considerations):
        if not on_one_line(text).startswith("bahwa "):
            yield Fault(reason_place(index), {"text": shortened(text, 30)})


def closing_mark(case: Case) -> Iterator[Fault]:
    """Each consideration ends with a semicolon."""
    for index, text in enumerate(case.text.considerations):
        if not text.rstrip().endswith(";"):
            yield Fault(reason_place(index), {"text": shortened(text.rstrip()[-30:], 30)})


def one_sentence(case: Case) -> Iterator[Fault]:
    """Each consideration is one sentence."""
    for index, text in enumerate(case.text.considerations):
        if NEXT_SENTENCE.search(on_one_line(text)):
            yield Fault(reason_place(index))


def names_its_letters(case: Case) -> Iterator[Fault]:
    """The last consideration names exactly the letters before it."""
    given = case.text.considerations
    if not given:
        return
    named = letters_in(on_one_line(given[-1]))
    expected = [letter(index) for index in range(min(len(given) - 1, 700))]
    if named != expected:
        said = ", ".join(f"huruf {one}" for one in named[:30]) or "–"
        yield Fault(
            reason_place(len(given) - 1), {"named": said, "expected": letters_named(min(len(given) - 1, 30)) or "–"}
        )


def letters_in(text: str) -> list[str]:
    """The letters a conclusion names, a span written out: "huruf a sampai dengan huruf c" is a, b, c."""
    said = text.partition("perlu menetapkan")[0]
    letters: list[str] = []
    for first, last in NAMED.findall(said):
        letters += _span(first, last) if last else [first]
    return letters


def _span(first: str, last: str) -> list[str]:
    if len(first) == len(last) == 1 and first < last:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [first, last]


def concludes(case: Case) -> Iterator[Fault]:
    """The last consideration says what has to be set: "perlu menetapkan Keputusan Bupati tentang ..."."""
    given = case.text.considerations
    if given and not ESTABLISHES.search(on_one_line(given[-1])):
        yield Fault(reason_place(len(given) - 1))


def gives_reasons(case: Case) -> Iterator[Fault]:
    """Before the conclusion there are reasons: yuridis, sosiologis, filosofis."""
    if len(case.text.considerations) == 1:
        yield Fault(REASONS)


def says_why(case: Case) -> Iterator[Fault]:
    """A reason that only says that something is deemed necessary gives none."""
    for index, text in enumerate(case.text.considerations[:-1]):
        if ONLY_NECESSARY.search(on_one_line(text)):
            yield Fault(reason_place(index))


def refers_to_known_letters(case: Case) -> Iterator[Fault]:
    """A letter that a consideration names stands among them."""
    known = {letter(index) for index in range(min(len(case.text.considerations), 700))}
    for index, text in enumerate(case.text.considerations[:-1]):
        for said in OWN_LETTERS.findall(on_one_line(text)):
            for one, _last in NAMED.findall("" if OF_ANOTHER.search(said) else said):
                if one not in known:
                    yield Fault(reason_place(index), {"letter": one})


def lettering(case: Case) -> Iterator[Fault]:
    """Letters typed by hand run a, b, c without gap or double."""
    for index, line in enumerate(case.printed(REASON)):
        typed = TYPED.match(line)
        if typed and typed[1] != letter(min(index, 700)):
            yield Fault(reason_place(index), {"found": typed[1], "expected": letter(min(index, 700))})
