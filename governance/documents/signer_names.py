"""Names and offices as signature blocks write them: whether two say the same person, the same office."""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+")
MANNER = re.compile(r"^(?:pj|plt|plh)\.\s*", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]")
AFTER_NAME = re.compile(r",.*", re.DOTALL)  # degrees stand behind a comma
BEFORE_NAME = re.compile(r"^\s*(?:(?:prof|dr|drs|dra|ir|h|hj|kh|drg|rt|tb|k)\.\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """Office and name of a signature block; a second line of the office follows a line end ("a.n. ...")."""

    office: str
    name: str


def names_person(written: str, name: str) -> bool:
    """Whether a written name is that person's: titles, degrees, capitals, blanks and marks make no other person.

    >>> names_person("Dr. H. BUDI SANTOSO, M.Si.", "Budi Santoso")
    True
    >>> names_person("BUDI", "Budi Santoso")
    False
    """
    return bool(_bare(written)) and _bare(written) == _bare(name)


def speaks_of(text: str, name: str) -> bool:
    """Whether a text has that person's name in it, word for word, whatever stands before and behind.

    >>> speaks_of("Dr. Budi Santoso, M.Si., Kepala Bidang Aplikasi", "H. BUDI SANTOSO, M.Si.")
    True
    >>> speaks_of("Kepala Dinas Sosial", "Sosia")
    False
    """
    wanted, words = _words(BEFORE_NAME.sub("", AFTER_NAME.sub("", name))), _words(text)
    return bool(wanted) and any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def same_office(written: str, office: str) -> bool:
    """Whether two texts name one office in one manner: "Plh. SEKRETARIS DAERAH" is not "SEKRETARIS DAERAH"."""
    return _letters(written) == _letters(office)


def in_manner(office: str, prefix: str) -> str:
    """The office as it is held: "Plh. " before it, or nothing for a definitive holder.

    >>> in_manner("Plh. SEKRETARIS DAERAH", "Pj. ")
    'Pj. SEKRETARIS DAERAH'
    """
    return prefix + MANNER.sub("", office.strip())


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _bare(name: str) -> str:
    return _letters(BEFORE_NAME.sub("", AFTER_NAME.sub("", name)))


def _letters(text: str) -> str:
    return "".join(LETTERS.findall(text.casefold()))
