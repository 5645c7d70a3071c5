"""The page that records what exists already: a report of an auditor with everything the procedure needs of it."""

from io import BytesIO

from tests.web.reader import Reader
from tests.world import World

REPORT = {
    "kind": "audit_security",
    "title": "Laporan Audit Keamanan Tahun 2025",
    "number": "LHA-7/2025",
    "signed_on": "2025-03-03",
    "issuer": "Lembaga Pelaksana Audit Contoh",
    "objects": "Pusat data\r\nAplikasi perizinan",
}


def test_an_auditors_report_is_registered_by_upload_and_shows_its_maker_objects_and_next_due_date(world: World) -> None:
    author = Reader(world.app, world.diskominfo)
    answer = author.post("/documents/record", REPORT | {"scan": (BytesIO(b"%PDF-1.7 laporan"), "laporan.pdf")})
    assert answer.status_code == 303, answer.text
    page = author.get(answer.location).text
    for told in (
        "Lembaga Pelaksana Audit Contoh",
        "Pusat data<br>Aplikasi perizinan",
        "2 Maret 2027</time>, tenggat laporan berikutnya",
    ):
        assert told in page
    file = author.get(f"{answer.location}/scan")
    assert file.data == b"%PDF-1.7 laporan"


def test_a_report_without_what_it_needs_comes_back_with_the_places_and_what_was_typed(world: World) -> None:
    author = Reader(world.app, world.diskominfo)
    before = world.everything()
    answer = author.post("/documents/record", REPORT | {"issuer": "", "objects": ""})
    assert answer.status_code == 422
    for place in ("issuer", "objects", "scan"):
        assert f'id="f-{place}-k"' in answer.text
    assert "LHA-7/2025" in answer.text
    assert world.everything() == before


def test_the_page_asks_for_maker_and_file_where_the_kind_is_made_by_others(world: World) -> None:
    author = Reader(world.app, world.diskominfo)
    needs = 'name="issuer" aria-describedby="f-issuer-s" required'
    assert needs in author.get("/documents/record?kind=audit_security").text
    assert needs not in author.get("/documents/record?kind=spbe_roadmap").text
