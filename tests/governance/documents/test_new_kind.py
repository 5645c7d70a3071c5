"""Adding a kind of document needs no code: data is added, and it is drafted, printed and read back."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from config.settings import ROOT
from governance.documents.drafting import compose
from governance.documents.fields import defaults, fields_yaml, problems
from governance.documents.kind_files import read_kinds
from governance.documents.reading import read_document
from governance.documents.rendering import Templates
from governance.mandates.law import Law
from tests.governance.documents import samples
from tests.governance.documents.new_kind import KEY, TITLE, add_kind
from tests.governance.documents.test_pages import printed, require_f4

ON = date(2026, 11, 22)


def new(folder: Path) -> tuple[Law, Path]:
    """The law and the kinds of a folder of its own, with one kind more than the program ships."""
    law, kinds = folder / "law", folder / "kinds"
    shutil.copytree(ROOT / "config" / "law", law)
    kinds.mkdir()
    add_kind(law, kinds)
    return Law.read(law), kinds


def test_a_kind_that_is_only_data_is_asked_for_its_fields_and_drafted(tmp_path: Path) -> None:
    law, folder = new(tmp_path)
    kind, facts = read_kinds(folder)[KEY], samples.institutions()["serang"]
    assert KEY not in read_kinds(samples.FOLDER)
    given = defaults(kind, institution=facts, law=law, year=2026, on=ON)
    asked = yaml.safe_load(fields_yaml(kind, institution=facts, law=law, year=2026, on=ON))
    assert asked == given
    assert not problems(kind, asked, institution=facts, complete=True, law=law)
    paper = compose(kind, asked, institution=facts, law=law, on=ON)
    read = read_document(Templates.read(folder).render(KEY, paper))
    assert read.title == TITLE.upper()
    assert [part.title for part in read.parts] == ["1. Dasar", "2. Yang Diberi Tugas"]
    assert "Satu Data Indonesia" in read.parts[0].items[0]
    assert read.parts[1].rows == (("Dinas Komunikasi, Informatika, Persandian dan Statistik", "Mengelola data"),)
    assert {section.key for section in law.mandates[KEY].required_sections} == kind.covered


@pytest.mark.libreoffice
def test_a_kind_that_is_only_data_is_printed(tmp_path: Path) -> None:
    law, folder = new(tmp_path)
    kind, facts = read_kinds(folder)[KEY], samples.institutions()["serang"]
    given = defaults(kind, institution=facts, law=law, year=2026, on=ON)
    paper = compose(kind, given, institution=facts, law=law, on=ON)
    pages = printed(Templates.read(folder).render(KEY, paper), tmp_path)
    require_f4(pages[0])
    for words in ("SURAT TUGAS", "PENUGASAN PENGELOLA DATA", "Yang Diberi Tugas", "SEKRETARIS DAERAH KABUPATEN"):
        assert words in pages[0].text
