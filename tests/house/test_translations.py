"""The English catalogue holds every text that a person can see, translated."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from config.settings import ROOT
from tests.house.source import FLOORS, name_of, python_files

CATALOGUE = ROOT / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MARKS = {"_": None, "gettext": None, "lazy_gettext": None, "_l": None, "N_": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\((\w+)\)")


def extracted(path: Path) -> Iterator[str]:
    """The msgids in one file; of plural forms the singular."""
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {} if path.suffix == ".py" else {"extensions": "jinja2.ext.i18n", "silent": "false"}
    for _, message, _, _ in extract_from_file(method, path, keywords=MARKS, options=options):
        yield message[0] if isinstance(message, tuple) else message


def used() -> dict[str, str]:
    """Each msgid and a file where it is used."""
    files = [*python_files(*FLOORS), *sorted((ROOT / "web" / "templates").rglob("*.html"))]
    return {message: name_of(path) for path in files for message in extracted(path) if message}


def catalogue() -> dict[str, list[str]]:
    """msgid -> its translations, fuzzy ones left out."""
    with CATALOGUE.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id and not entry.fuzzy]
    return {
        entry.id[0] if isinstance(entry.id, tuple) else entry.id: list(entry.string)
        if isinstance(entry.string, tuple)
        else [entry.string or ""]
        for entry in entries
    }


def test_the_english_catalogue_is_complete() -> None:
    texts, translated = used(), catalogue()
    lacking = {text: file for text, file in texts.items() if not all(translated.get(text, [""]))}
    assert not lacking


def test_translations_keep_the_places_of_their_texts() -> None:
    wrong = [
        text
        for text, forms in catalogue().items()
        if any(form and set(PLACES.findall(form)) - set(PLACES.findall(text)) for form in forms)
    ]
    assert not wrong
