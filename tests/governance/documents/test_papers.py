"""The papers: reports, minutes, statements, letters, lists. What the law asks of each stands in it, on any day."""

import functools
import os
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from governance.documents.drafting import compose
from governance.documents.fields import Kind, defaults, problems
from governance.documents.kind_files import read_kinds
from governance.documents.reading import read_document
from governance.documents.sealing import seal
from governance.documents.text import DocumentText, Form, Part
from governance.people.roles import Role
from tests.governance.documents import samples
from tests.governance.documents.test_pages import printed_file, require_f4, require_within_margins

DAYS = (date(2019, 3, 4), date(2021, 3, 2), date(2024, 10, 2), date(2026, 11, 22))
TERMS = {"spbe": "Sistem Pemerintahan Berbasis Elektronik", "pemdi": "Pemerintah Digital"}
INSTITUTIONS = ("serang", "jombang", "kota_contoh", "provinsi_contoh")
BY = {
    "annual_affairs_report": Role.DIGITAL,
    "attendance_list": Role.DIGITAL,
    "audit_findings_followup": Role.SECRETARY,
    "circular": Role.SECRETARY,
    "explanatory_paper": Role.DIGITAL,
    "ict_audit_internal": Role.INSPECTORATE,
    "ict_audit_periodic_report": Role.SECRETARY,
    "ict_audit_program": Role.SECRETARY,
    "meeting_invitation": Role.SECRETARY,
    "meeting_minutes": Role.SECRETARY,
    "publication_consent": Role.SECRETARY,
    "self_assessment_minutes": Role.SECRETARY,
    "self_assessment_report": Role.DIGITAL,
    "spbe_budget_plan": Role.SECRETARY,
    "study_paper": Role.DIGITAL,
}
PAPERS = tuple(BY)


@functools.cache
def kinds() -> dict[str, Kind]:
    return read_kinds(samples.FOLDER)


def given(key: str, institution: str, on: date, **changes: Any) -> dict[str, Any]:
    facts = samples.institutions()[institution]
    return defaults(kinds()[key], institution=facts, law=samples.law(), year=on.year, on=on) | changes


def text(key: str, institution: str = "serang", on: date = DAYS[-1], **changes: Any) -> DocumentText:
    facts = samples.institutions()[institution]
    fields = given(key, institution, on, **changes)
    return compose(kinds()[key], fields, institution=facts, law=samples.law(), on=on)


def drafted(key: str, institution: str = "serang", on: date = DAYS[-1], **changes: Any) -> bytes:
    return samples.templates().render(key, text(key, institution, on, **changes))


def said(parts: tuple[Part, ...]) -> Iterator[str]:
    """Everything parts say, in order, row by row."""
    for part in parts:
        yield from filter(None, (part.title, *part.intro.split("\n"), *part.items, *part.header))
        yield from (cell for row in part.rows for cell in row)


def test_every_paper_of_the_kinds_is_looked_at_here() -> None:
    assert {key for key, kind in kinds().items() if kind.form is Form.PAPER} == set(PAPERS)


@pytest.mark.parametrize("key", PAPERS)
def test_each_required_section_of_the_mandate_is_answered(key: str) -> None:
    required = {section.key for section in samples.law().mandates[key].required_sections if not section.optional}
    assert required <= kinds()[key].covered
    assert kinds()[key].covered <= {section.key for section in samples.law().mandates[key].required_sections}


@pytest.mark.parametrize("institution", INSTITUTIONS)
@pytest.mark.parametrize("key", PAPERS)
def test_what_a_draft_starts_with_can_be_submitted_as_it_is(key: str, institution: str) -> None:
    kind, facts = kinds()[key], samples.institutions()[institution]
    for on in DAYS:
        for term in TERMS.values():
            fields = given(key, institution, on) | {"term": term}
            assert not problems(kind, fields, institution=facts, complete=True, law=samples.law())
            assert "${" not in str(fields), "a name that nothing fills in"
            assert "${" not in str(compose(kind, fields, institution=facts, law=samples.law(), on=on))


@pytest.mark.parametrize("key", PAPERS)
def test_a_draft_can_be_submitted_by_each_institutions_own_offices(key: str) -> None:
    for institution in INSTITUTIONS:
        facts = samples.institutions()[institution]
        roles = {step.who for step in kinds()[key].route} - {"initiator_head"}
        assert all(facts.post_of(Role(role)) for role in roles), (institution, roles)


@pytest.mark.parametrize("key", PAPERS)
def test_the_post_that_sets_a_paper_signs_it_under_its_own_letterhead(key: str) -> None:
    paper, facts = text(key), samples.institutions()["serang"]
    post = facts.post_of(BY[key])
    assert post is not None
    assert kinds()[key].establishes is BY[key]
    assert paper.signer_office == f"{post.title} {facts.region}".upper()
    assert paper.letterhead == (facts.name.upper(), facts.unit(post.unit).name.upper())
    assert kinds()[key].route[-1].who == BY[key].value, "who signs it approves it"


LATER = re.compile(r"Nomor \d+ Tahun (20\d\d)")


@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_names_no_law_of_a_later_day(key: str) -> None:
    for on in DAYS[:-1]:
        named = LATER.findall(str(text(key, on=on)))
        assert all(int(year) <= on.year for year in named), (on, named)
    before = str(text(key, on=date(2026, 6, 4)))
    assert "Nomor 8 Tahun 2026" not in before, "in force from 5 June 2026"


@pytest.mark.parametrize("key", PAPERS)
def test_its_law_comes_from_the_register_and_nowhere_else(key: str) -> None:
    law = samples.law()
    for reason in kinds()[key].reasons:
        if reason.regulation is not None:
            assert reason.text == "${citation}"
            assert reason.regulation in law.regulations
        else:
            assert not LATER.search(reason.text), "a regulation is named by its key"
    cited = [item.rstrip(";.").removesuffix("; dan") for part in text(key).parts for item in part.items]
    known = {law.regulations[one.regulation].cited_on(DAYS[-1]).text for one in kinds()[key].reasons if one.regulation}
    named = [item for item in cited if item.startswith(("Undang-Undang Nomor", "Peraturan "))]
    assert set(named) <= known
    assert named or not known


@pytest.mark.parametrize("key", PAPERS)
def test_the_word_file_holds_the_paper_part_by_part(key: str) -> None:
    paper = text(key)
    read = read_document(samples.templates().render(key, paper))
    assert read.form is Form.PAPER
    assert list(said(read.parts)) == list(said(paper.parts))
    for part in ("letterhead", "signer_office", "signer_name", "signers", "copies", "place", "letter", "annexes"):
        assert getattr(read, part) == getattr(paper, part), part
    assert read.title.upper() == paper.title
    assert (read.number, read.date, read.draft_mark) == (None, None, True)
    assert not read.remainder
    assert not read.unread


@pytest.mark.parametrize("key", PAPERS)
def test_number_and_date_have_their_place(key: str) -> None:
    sealed = read_document(seal(drafted(key), number="555/7/Diskominfo/2026", signed_on=date(2026, 11, 23)))
    assert (sealed.number, sealed.date, sealed.draft_mark) == ("555/7/Diskominfo/2026", "23 November 2026", False)


def table_of(paper: DocumentText, column: str) -> Part:
    return next(part for part in paper.parts if column in part.header)


def test_an_attendance_list_has_twenty_rows_to_sign_and_those_already_known() -> None:
    blank = table_of(text("attendance_list"), "Tanda Tangan")
    assert blank.header == ("No.", "Nama", "Jabatan", "Unit Kerja", "Tanda Tangan")
    assert blank.rows == (("", "", "", ""),) * 20
    people = [{"name": f"Peserta {count}", "office": "", "unit": "", "signature": ""} for count in range(25)]
    known = table_of(text("attendance_list", attendees=people[:3]), "Tanda Tangan")
    assert [row[0] for row in known.rows] == ["Peserta 0", "Peserta 1", "Peserta 2"] + [""] * 17
    assert len(table_of(text("attendance_list", attendees=people), "Tanda Tangan").rows) == 25


def test_the_minutes_of_the_self_assessment_have_a_place_for_each_who_signs() -> None:
    signers = [{"office": f"Anggota {count}", "name": f"Nama {count}"} for count in range(7)]
    paper = text("self_assessment_minutes", signers=signers)
    read = read_document(samples.templates().render("self_assessment_minutes", paper))
    assert [(one.office, one.name) for one in read.signers] == [(f"ANGGOTA {n}", f"NAMA {n}") for n in range(7)]
    assert read.signer_office == "SEKRETARIS DAERAH KABUPATEN SERANG"


@pytest.mark.parametrize(
    ("on", "indicators"),
    [(date(2020, 12, 31), 35), (date(2021, 1, 1), 47), (date(2026, 6, 4), 47), (date(2026, 6, 5), 20)],
)
def test_the_self_assessment_has_a_row_for_each_indicator_of_the_days_instrument(on: date, indicators: int) -> None:
    scores = [part for part in text("self_assessment_report", on=on).parts if "Indikator" in part.header[1:2]]
    assert [len(part.rows) for part in scores] == [indicators]
    assert f"{indicators} (" in scores[0].intro


def test_an_assessment_never_calls_its_own_figure_the_index() -> None:
    for key in ("self_assessment_report", "self_assessment_minutes"):
        assert any("bukan indeks yang ditetapkan kementerian" in part.intro for part in text(key).parts)


def test_a_circular_asks_every_office_in_its_annex_within_days() -> None:
    paper = text("circular")
    assert [(task.dictum, task.working_days) for task in paper.unit_tasks] == [
        ("Tugas Perangkat Daerah huruf a", 5),
        ("Tugas Perangkat Daerah huruf b", 15),
        ("Tugas Perangkat Daerah huruf c", 20),
    ]
    asked = {member.post for member in paper.member_posts}
    assert {"bappeda", "dinkes", "inspektorat"} <= asked
    assert "diskominfo" not in asked, "it gathers what the others hand in"
    assert [row[1] for row in paper.annexes[0].rows] == [member.office for member in paper.member_posts]


def test_the_rows_of_each_table_are_counted_from_one() -> None:
    document = samples.members_of(drafted("audit_findings_followup"))[samples.DOCUMENT].decode()
    numbering = samples.members_of(drafted("audit_findings_followup"))["word/numbering.xml"].decode()
    tables = [re.findall(r'<w:numId w:val="(\d+)"/>', table) for table in document.split("<w:tbl>")[1:]]
    counts = [set(found) for found in tables if found]
    assert [len(found) for found in counts] == [1, 1], "one list a table"
    assert counts[0] != counts[1]
    for (count,) in counts:
        assert re.search(rf'<w:num w:numId="{count}">.*?<w:startOverride w:val="1"/>', numbering)


def test_a_part_without_a_title_goes_on_under_the_one_before() -> None:
    titles = [part.title for part in text("ict_audit_program").parts]
    assert "" in titles
    assert [title[:2] for title in titles if title] == ["A.", "B.", "C.", "D.", "E.", "F.", "G."]


@pytest.mark.libreoffice
def test_libreoffice_prints_every_paper_on_f4(tmp_path: Path) -> None:
    for key in PAPERS:
        (tmp_path / f"{key}.docx").write_bytes(drafted(key))
    words = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    files = [str(tmp_path / f"{key}.docx") for key in PAPERS]
    home = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([*words, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300, env=home)
    for key in PAPERS:
        pages = printed_file(tmp_path / f"{key}.pdf")
        whole = " ".join(" ".join(page.text for page in pages).split())
        for page in pages:
            require_f4(page)
            require_within_margins(page)
        for title in (part.title for part in text(key).parts):
            assert title in whole, (key, title)
        assert "Tembusan:" in whole or not text(key).copies


def test_the_fields_of_a_paper_say_where_each_value_comes_from() -> None:
    for key in PAPERS:
        for spec in kinds()[key].fields:
            assert spec.label
            assert spec.help, (key, spec.key)
            assert spec.source != "draft.source.typed" or not spec.required, (key, spec.key)
            assert spec.default is None or spec.source != "draft.source.typed", (key, spec.key)
