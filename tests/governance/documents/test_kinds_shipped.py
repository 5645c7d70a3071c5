"""Every kind that is shipped: its defaults can be submitted, and the file holds what the law requires of it."""

import functools
import io
import re
from collections.abc import Iterator
from datetime import date

import docx
import pytest
import yaml
from docx.oxml.ns import qn

from governance.documents.brief import Brief
from governance.documents.drafting import compose
from governance.documents.fields import defaults, fields_yaml, problems
from governance.documents.kind_files import read_kinds
from governance.documents.kinds import AnnexSpec, ChapterSpec, DictumSpec, Kind, PartSpec, Piece
from governance.documents.reading import read_document
from governance.documents.text import DocumentText, Form
from tests.governance.documents import samples

KINDS = read_kinds(samples.FOLDER)
DAYS = (date(2021, 3, 1), date(2024, 9, 4), date(2026, 6, 5), date(2026, 11, 22))
INSTITUTIONS = ("serang", "jombang", "kota_contoh", "provinsi_contoh")
CITED_YEAR = re.compile(r"\bNomor \S+ Tahun (\d{4}) tentang")
BY_THE_FORM = {
    "title_block": "NOMOR",
    "menimbang": "Menimbang",
    "mengingat": "Mengingat",
    "memutuskan_menetapkan": "MEMUTUSKAN:",
    "closing": "Ditetapkan di",
}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
every_day = pytest.mark.parametrize("on", DAYS, ids=str)


def brief_of(kind: Kind, institution: str, on: date) -> Brief:
    facts, law = samples.institutions()[institution], samples.law()
    return Brief.of(kind, defaults(kind, institution=facts, law=law, year=on.year, on=on), facts, law, on)


def composed(brief: Brief) -> DocumentText:
    return compose(brief.kind, brief.fields, institution=brief.institution, law=brief.law, on=brief.on)


def printed(file: bytes) -> str:
    """Every paragraph of the file, in tables too, one a line, blanks made one."""
    body = docx.Document(io.BytesIO(file)).element.body
    lines = ("".join(run.text or "" for run in line.iter(qn("w:t"))) for line in body.iter(qn("w:p")))
    return "\n".join(" ".join(line.split()) for line in lines)


@functools.cache
def drafted(key: str, institution: str, on: date) -> str:
    """What the file of a draft with nothing changed says."""
    return printed(samples.templates().render(key, composed(brief_of(KINDS[key], institution, on))))


def sign(brief: Brief, piece: Piece) -> str:
    """What must stand in the file where the piece does."""
    match piece:
        case DictumSpec():
            said = brief.say(piece.text) or piece.more
        case ChapterSpec() | AnnexSpec():
            said = brief.say(piece.title).upper()
        case PartSpec():
            said = brief.say(piece.title) or brief.say(piece.text) or str(brief.fields.get(piece.field or ""))
    return " ".join(said.split("\n")[0].split())


def lacking(brief: Brief, text: str) -> Iterator[str]:
    """The required sections of the mandate that the file does not hold."""
    mandate = brief.law.mandate(brief.kind.key)
    for section in mandate.required_sections:
        covering = [piece for piece in brief.kind.pieces if section.key in piece.covers and brief.shows(piece)]
        signs = [sign(brief, piece) for piece in covering]
        if section.key in BY_THE_FORM and brief.kind.form is not Form.PAPER:
            signs = [BY_THE_FORM[section.key]]
        if not section.optional and not (signs and all(one in text for one in signs)):
            yield section.key


@every_kind
def test_a_kind_is_a_mandate_of_its_group(kind: Kind) -> None:
    assert samples.law().mandate(kind.key).group == kind.group


@every_day
@every_kind
def test_what_a_draft_starts_with_can_be_submitted(kind: Kind, on: date) -> None:
    law = samples.law()
    for name in INSTITUTIONS:
        facts, brief = samples.institutions()[name], brief_of(kind, name, on)
        assert problems(kind, brief.fields, institution=facts, complete=True, law=law) == (), name
        written = yaml.safe_load(fields_yaml(kind, institution=facts, law=law, year=on.year, on=on))
        assert written == brief.fields


@every_day
@every_kind
def test_the_file_holds_every_required_section(kind: Kind, on: date) -> None:
    for name in INSTITUTIONS:
        brief = brief_of(kind, name, on)
        text = drafted(kind.key, name, on)
        assert list(lacking(brief, text)) == [], name
        assert "${" not in text
        assert "[[" not in text


@every_day
@every_kind
def test_no_law_later_than_the_date_is_cited(kind: Kind, on: date) -> None:
    later = [one for one in samples.law().regulations.values() if one.in_force_from and one.in_force_from > on]
    for name in INSTITUTIONS:
        text = drafted(kind.key, name, on)
        years = [int(year) for year in CITED_YEAR.findall(text)]
        assert max(years, default=on.year) <= on.year, name
        cited = [one.key for one in later if f"Nomor {one.number} Tahun {one.year} tentang {one.title}" in text]
        assert cited == [], name


@every_kind
def test_what_was_written_is_read_back(kind: Kind) -> None:
    for name in INSTITUTIONS:
        text = composed(brief_of(kind, name, DAYS[-1]))
        read = read_document(samples.templates().render(kind.key, text))
        assert read.title.upper() == text.title, "a letter says it beside Hal, in small letters"
        assert read.dictums == text.dictums
        assert read.chapters == text.chapters
        assert [annex.title for annex in read.annexes] == [annex.title for annex in text.annexes]
        assert read.remainder == ()


@pytest.mark.parametrize("name", INSTITUTIONS)
def test_the_assessors_are_set_by_the_head_of_region_and_since_2026_by_the_secretary(name: str) -> None:
    kind = KINDS["internal_assessor_team_decree"]
    before, since = (composed(brief_of(kind, name, on)) for on in (date(2026, 6, 4), date(2026, 6, 5)))
    region = samples.institutions()[name]
    assert before.signer_office == region.establishing_office.upper()
    assert since.signer_office == f"SEKRETARIS DAERAH {region.region}".upper()


def test_a_role_that_the_law_renamed_is_proposed_in_its_own_time() -> None:
    kind = KINDS["internal_assessor_team_decree"]
    roles = [{member["role"] for member in brief_of(kind, "serang", on).fields["members"]} for on in DAYS]
    assert [("anggota" in found, "pelaksana_unit" in found) for found in roles] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]


def test_a_role_that_no_post_holds_prints_who_names_its_holder() -> None:
    members = brief_of(KINDS["internal_assessor_team_decree"], "serang", DAYS[0]).fields["members"]
    [entry] = [member for member in members if member["role"] == "entri_data"]
    assert entry["post"] is None
    assert entry["office"] == (
        "Pejabat atau pelaksana yang ditunjuk pada Dinas Komunikasi, Informatika, Persandian dan Statistik"
    )


def test_the_tables_of_a_roadmap_are_headed_by_its_years() -> None:
    [annex] = composed(brief_of(KINDS["spbe_roadmap"], "serang", DAYS[-1])).annexes
    headers = {part.header[3:8] for part in annex.parts if part.header}
    assert headers == {("2026", "2027", "2028", "2029", "2030")}


def test_definitions_are_counted_in_numbers_and_everything_else_in_letters() -> None:
    text = composed(brief_of(KINDS["spbe_governance_regulation"], "serang", DAYS[-1]))
    [definitions] = text.chapters[0].articles[0].clauses
    assert definitions.numbered
    assert definitions.items[0].text == "Daerah adalah Kabupaten Serang."
    others = [clause for chapter in text.chapters for article in chapter.articles for clause in article.clauses][1:]
    assert not any(clause.numbered for clause in others)
