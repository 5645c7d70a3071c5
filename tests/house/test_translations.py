"""The English catalogue holds every text that a person can see, translated, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from config.settings import ROOT

TRANSLATIONS = ROOT / "web" / "translations"
CATALOGUE = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
PLACES = re.compile(r"%\((\w+)\)s")
MARKUP = re.compile(r"</?\w+>")
BRING_UP_TO_DATE = """the catalogue is not what the texts are; bring it up to date with
  pybabel extract -F web/translations/babel.cfg -k marked --omit-header -o messages.pot .
  pybabel update --no-fuzzy-matching --ignore-obsolete -i messages.pot -d web/translations
and, when everything is translated, pybabel compile -d web/translations"""


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    """Each text and a file where it stands, found as pybabel finds it; of plural forms the singular."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "marked": None}
    found = extract_from_dir(ROOT, methods, options, keywords, directory_filter=_of_ours)
    return {one_of(text): name for name, _line, text, _comments, _context in found}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _of_ours(folder: str | Path) -> bool:
    """Only the floors and the templates of documents hold texts; an environment beside them is not looked through."""
    top = Path(folder).relative_to(ROOT).parts[:1]
    return not top or top[0] in {"web", "governance", "workflows", "doc_templates"}


def one_of(text: str | tuple[str, ...]) -> str:
    """The text, or the singular of its forms."""
    return text if isinstance(text, str) else text[0]


def forms(message: Message) -> Iterator[str]:
    """Each translated form."""
    yield from message.string if isinstance(message.string, tuple | list) else (message.string,)


def entries(catalogue: Catalog) -> dict[str, Message]:
    """The catalogue without its header."""
    return {one_of(message.id): message for message in catalogue if message.id}


def test_the_catalogue_is_what_is_used(used: dict[str, str], catalogue: Catalog) -> None:
    known = entries(catalogue)
    lacking = {text: where for text, where in used.items() if text not in known}
    assert not lacking, BRING_UP_TO_DATE
    assert not set(known) - set(used), BRING_UP_TO_DATE


def test_everything_is_translated(catalogue: Catalog) -> None:
    known = entries(catalogue)
    assert [text for text, message in known.items() if message.fuzzy or not all(forms(message))] == []


def test_translations_keep_the_places_and_marks_of_their_texts(catalogue: Catalog) -> None:
    wrong = [
        text
        for text, message in entries(catalogue).items()
        for form in forms(message)
        if set(PLACES.findall(form)) != set(PLACES.findall(text)) or MARKUP.findall(form) != MARKUP.findall(text)
    ]
    assert wrong == []


def test_what_is_compiled_is_what_is_written(catalogue: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = entries(read_mo(file))
    written = {text: list(forms(message)) for text, message in entries(catalogue).items()}
    assert {text: list(forms(message)) for text, message in compiled.items()} == written, BRING_UP_TO_DATE
