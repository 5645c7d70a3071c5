"""Indonesian wording that decrees need everywhere: spelled numbers, letters, numerals and the dictums' labels."""

from collections.abc import Sequence

LIST_MARKS = " \t\n;,."

UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
ORDINALS = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH", "SEBELAS")
ROMAN = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def spelled(number: int) -> str:
    """A number from 0 to 999 in words: 10 is "sepuluh", 25 is "dua puluh lima"."""
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    if number < 100:
        return _joined(f"{UNITS[number // 10]} puluh", number % 10)
    if number < 200:
        return _joined("seratus", number - 100)
    return _joined(f"{UNITS[number // 100]} ratus", number % 100)


def _joined(head: str, rest: int) -> str:
    return f"{head} {spelled(rest)}" if rest else head


def counted(number: int, what: str) -> str:
    """A count as legal texts write it: "10 (sepuluh) hari kerja"."""
    return f"{number} ({spelled(number)}) {what}" if number < 1000 else f"{number} {what}"


def letter(index: int) -> str:
    """The letter of the item at `index`, counted from 0: a to z, then aa, ab."""
    first, second = divmod(index, 26)
    return (chr(96 + first) if first else "") + chr(97 + second)


def letters_named(count: int) -> str:
    """The first `count` letters as a reference names them: "huruf a, huruf b, dan huruf c"."""
    return conjoined([f"huruf {letter(index)}" for index in range(count)])


def conjoined(names: Sequence[str]) -> str:
    """One or more names in a sentence: "a", "a dan b", "a, b, dan c"."""
    return " dan ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + f", dan {names[-1]}"


def roman(number: int) -> str:
    """A Roman numeral below 50, as annexes are counted."""
    numeral = ""
    for value, sign in ROMAN:
        while number >= value:
            numeral += sign
            number -= value
    return numeral


def dictum_label(index: int) -> str:
    """The label of the dictum at `index`, counted from 0: KESATU, KEDUA, ... KEDUA BELAS."""
    number = index + 1
    if number <= len(ORDINALS):
        return f"KE{ORDINALS[number - 1]}"
    return f"KE{spelled(number).upper()}"


def capital_first(text: str) -> str:
    """The text with its first letter as a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> tuple[str, ...]:
    """Items with the marks of a list: semicolons, "; dan" before the last, a full stop at the end."""
    bare = [item.strip().rstrip(LIST_MARKS) for item in items]
    marks = [";"] * (len(bare) - 2) + ["; dan"] * (len(bare) > 1) + ["."]
    return tuple(f"{item}{mark}" for item, mark in zip(bare, marks, strict=False))
