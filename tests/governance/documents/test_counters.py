"""Each table of a document counts its own rows from 1."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

from governance.documents.counters import MOST_TABLES, with_counters
from governance.documents.text import Annex, Part
from tests.governance.documents import samples

ROWS = re.compile(
    r'<w:pStyle w:val="FBarisNomor"/>(?:<w:keepNext/>)?<w:numPr><w:ilvl w:val="0"/><w:numId w:val="(\d+)"/>'
)
TABLE = Part("Daftar", header=("No.", "Butir"), rows=(("satu",), ("dua",)))


def with_tables(count: int) -> bytes:
    text = samples.text()
    annex = Annex("LAMPIRAN III", "DAFTAR", parts=tuple(replace(TABLE, title=f"Daftar {one}") for one in range(count)))
    return samples.templates().render(samples.KIND, replace(text, annexes=(*text.annexes, annex)))


def member(file: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(file)) as package:
        return package.read(name).decode()


def test_every_table_has_a_list_of_its_own_that_begins_at_one() -> None:
    file = with_tables(3)
    lists = ROWS.findall(member(file, "word/document.xml"))
    assert len(lists) == 6
    assert len(set(lists)) == 3
    numbering = member(file, "word/numbering.xml")
    for number in lists:
        begun = re.search(rf'<w:num w:numId="{number}">.*?</w:num>', numbering)
        assert begun
        assert '<w:startOverride w:val="1"/>' in begun[0]


def test_more_tables_than_there_are_lists_still_count_their_rows() -> None:
    file = member(with_tables(MOST_TABLES + 2), "word/document.xml")
    assert len(ROWS.findall(file)) == 2 * MOST_TABLES
    assert file.count('<w:pStyle w:val="FBarisNomor"/></w:pPr>') >= 4


def test_a_template_that_counts_no_rows_stays_as_it_is() -> None:
    template = samples.TEMPLATE.read_bytes()
    members = samples.members_of(template)
    del members["word/numbering.xml"]
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package, zipfile.ZipFile(BytesIO(template)) as source:
        for name in members:
            package.writestr(name, source.read(name))
    assert with_counters(written.getvalue()) == (written.getvalue(), ())
