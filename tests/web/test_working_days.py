"""Working days on their pages: read by all, changed by those who keep them and shown before; counted for anyone."""

import csv
import html
import re
from io import BytesIO, StringIO

import icalendar
import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel import clock
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import Maker, World
from workflows import jobs

DAY = {"day": "2026-11-23", "name": "Hari jadi", "kind": "local", "source": "SE Bupati 1/2026"}


@pytest.fixture
def keeper(world: World) -> Reader:
    return Reader(world.app, world.bkpsdm)


def done(world: World) -> None:
    """Every job that pages left, and what those leave."""
    while jobs.run_due(now=clock.now(), library=world.library):
        pass


def withdrawal(world: World) -> str:
    row = world.value("SELECT id FROM closed_day")
    return f"/working-days/{row}/withdraw"


def sent(name: str, data: bytes, **more: str) -> dict[str, object]:
    return {"file": (BytesIO(data), name), "source_all": "SKB 2027", "year": "2027", **more}


def hidden(page: str, name: str) -> str:
    """A hidden value as a browser would send it back."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def test_everyone_reads_the_year_and_only_its_keepers_change_it(world: World, keeper: Reader) -> None:
    reader = Reader(world.app, world.dinkes)
    page = reader.get("/working-days?year=2026").text
    assert "Hari Kemerdekaan Republik Indonesia" in page
    assert "Nomor 1497 Tahun 2025" in page
    assert "Catat hari" not in page
    assert "Catat hari" in keeper.get("/working-days").text
    before = world.everything()
    for path in ("/working-days", "/working-days/week", "/working-days/import"):
        assert reader.post(path, DAY).status_code == 403
    assert world.everything() == before


def test_estimates_are_marked_until_the_joint_decree_is_in_the_law(world: World, keeper: Reader) -> None:
    assert "Perkiraan" in keeper.get("/working-days?year=2029").text
    assert "SKB) tahun 2029 belum ada dalam data" in keeper.get("/working-days?year=2029").text
    decreed = keeper.get("/working-days?year=2026").text
    assert 'data-state="estimate"' not in decreed
    assert "belum ada dalam data" not in decreed


def test_a_day_is_shown_with_what_it_moves_before_it_is_entered(world: World, make: Maker, keeper: Reader) -> None:
    paper = make.document(State.ENACTED)
    done(world)
    before = world.everything()
    page = keeper.post("/working-days", DAY)
    assert page.status_code == 200
    assert "Belum ada yang dicatat" in page.text
    assert f'href="/documents/{paper.id}/deliveries"' in page.text
    assert '<time datetime="2026-11-27">' in page.text
    assert '<time datetime="2026-11-30">' in page.text
    assert world.everything() == before
    again = {name: hidden(page.text, name) for name in DAY}
    assert keeper.post("/working-days", {**again, "confirmed": "1"}).status_code == 303
    done(world)
    assert {str(due) for (due,) in world.rows("SELECT due_on FROM delivery")} == {"2026-11-30"}
    reader = Reader(world.app, world.dinkes)
    assert "Hari jadi" in reader.get("/working-days?year=2026").text
    told = world.value("SELECT id FROM notice WHERE key = 'calendar.moved.closed' AND person_id = :id",
                       id=world.dinkes.actor.person_id)  # fmt: skip
    assert reader.get(f"/notices/{told}").location.endswith("/working-days?year=2026")
    assert "dicatat libur (Hari jadi)" in reader.get("/inbox").text


def test_a_secret_decree_is_not_named_to_who_keeps_the_calendar(world: World, make: Maker, keeper: Reader) -> None:
    paper = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    done(world)
    page = keeper.post("/working-days", DAY).text
    assert "Keputusan terbatas" in page
    assert paper.as_seen().title not in page


def test_a_withdrawal_names_its_users_needs_a_reason_and_stays_visible(
    world: World, make: Maker, keeper: Reader
) -> None:
    paper = make.document(State.ENACTED)
    keeper.post("/working-days", {**DAY, "confirmed": "1"})
    done(world)
    path = withdrawal(world)
    page = keeper.get(path).text
    assert f'href="/documents/{paper.id}"' in page
    assert "masih terbuka dan dihitung ulang" in page
    version = hidden(page, "version")
    before = world.everything()
    assert keeper.post(path, {"version": version, "reason": ""}).status_code == 422
    shown = keeper.post(path, {"version": version, "reason": "Salah tanggal"})
    assert shown.status_code == 200
    assert '<time datetime="2026-11-27">' in shown.text
    assert world.everything() == before
    for wrong in ("99", "x", "9" * 30):
        assert keeper.post(path, {"version": wrong, "reason": "Salah", "confirmed": "1"}).status_code == 409
    sure = {"version": version, "reason": "Salah tanggal", "confirmed": "1"}
    assert keeper.post(path, sure).status_code == 303
    after = keeper.get("/working-days?year=2026").text
    assert "<s>Hari jadi</s>" in after
    assert "Salah tanggal" in after
    assert keeper.post(path, sure).status_code in (409, 422, 403)
    assert Reader(world.app, world.dinkes).get(path).status_code == 403


def test_the_week_is_changed_after_it_was_shown(world: World, make: Maker, keeper: Reader) -> None:
    make.document(State.ENACTED)
    done(world)
    page = keeper.post("/working-days/week", {"week": "6", "seen": "5", "year": "2026"})
    assert '<time datetime="2026-11-26">' in page.text
    assert world.value("SELECT work_week FROM institution WHERE key = 'serang'") == 5
    assert keeper.post("/working-days/week", {"week": "6", "seen": "5", "confirmed": "1"}).status_code == 303
    assert "Senin sampai Sabtu." in keeper.get("/working-days").text
    for wrong in ({"week": "7", "seen": "6"}, {"week": "x", "seen": "6"}, {"week": "5"}):
        assert keeper.post("/working-days/week", wrong).status_code == 422


def test_a_file_is_told_line_by_line_and_only_what_is_new_is_entered(world: World, keeper: Reader) -> None:
    rows = ["tanggal;nama;jenis", "2027-04-07;Hari jadi;", "2027-04-07;Lain;", "2026-04-08;Lama;",
            "2027-08-17;Merdeka;libur nasional", "32/1/2027;Salah;", '2027-04-08;"Dua; kata";cuti bersama']  # fmt: skip
    before = world.everything()
    page = keeper.post("/working-days/import", sent("libur.csv", "\n".join(rows).encode()))
    assert page.status_code == 200
    said = re.sub(r"<[^>]+>", " ", page.text)
    for words in ("Akan ditambah (2)", "Sudah ada (1)", "Bertentangan, tidak diambil (2)", "Tidak terbaca (1)"):
        assert words in " ".join(said.split()).replace("( ", "(").replace(" )", ")"), words
    for line in range(2, 8):
        assert f"Baris {line}" in page.text
    assert world.everything() == before
    again = {name: hidden(page.text, name) for name in ("rows", "source_all", "year")}
    assert keeper.post("/working-days/import", {**again, "confirmed": "1"}).status_code == 303
    kept = world.rows("SELECT day, name, kind, source FROM closed_day ORDER BY day")
    assert [(str(day), name, kind, source) for day, name, kind, source in kept] == [
        ("2027-04-07", "Hari jadi", "local", "SKB 2027"),
        ("2027-04-08", "Dua; kata", "joint_leave", "SKB 2027"),
    ]
    nothing = keeper.post("/working-days/import", {**again, "confirmed": "1"})
    assert nothing.status_code == 200
    assert "tidak memuat hari baru" in nothing.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("libur.csv", b"\xff\xfet\x00", "UTF-8"),
        ("libur.xlsx", b"PK\x03\x04", "Unggah kalender"),
        ("libur.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "tidak memuat hari"),
        ("libur.csv", b"a" * 300_000, "terlalu besar"),
        ("libur.csv", b"2027-01-04,x\n" * 500, "Terlalu banyak hari"),
        ("libur.csv", b"", "pilih"),
    ],
)
def test_a_file_that_cannot_be_taken_comes_back_on_the_page(
    world: World, keeper: Reader, name: str, data: bytes, said: str
) -> None:
    before = world.everything()
    answer = keeper.post("/working-days/import", sent(name, data))
    assert answer.status_code == 422
    assert said.casefold() in answer.text.casefold()
    assert world.everything() == before


def test_wrong_forms_are_told_at_their_fields_and_change_nothing(world: World, keeper: Reader) -> None:
    before = world.everything()
    for more, said in (
        ({"day": ""}, "wajib"),
        ({"day": "2026-02-30"}, "2026-02-30"),
        ({"day": "0001-01-01"}, "jangkauan"),
        ({"name": "a\x00b"}, "karakter"),
        ({"name": "<script>alert(1)</script>" * 20}, "200"),
        ({"day": "2026-12-25"}, "sudah libur"),
        ({"kind": "open"}, "sudah hari kerja"),
        ({"source": " "}, "wajib"),
    ):
        answer = keeper.post("/working-days", {**DAY, **more, "confirmed": "1"})
        assert answer.status_code == 422, more
        assert said in answer.text, (more, said)
        assert "<script>alert" not in answer.text
    assert keeper.post("/working-days/999999/withdraw", {}).status_code == 404
    assert world.everything() == before


def test_both_files_say_what_the_page_says(world: World, keeper: Reader) -> None:
    keeper.post("/working-days", {**DAY, "name": "=1+1 Hari jadi", "confirmed": "1"})
    reader = Reader(world.app, world.dinkes)
    table = list(csv.DictReader(StringIO(reader.get("/working-days/table.csv?year=2026").data.decode("utf-8-sig"))))
    events = icalendar.Calendar.from_ical(reader.get("/working-days/calendar.ics?year=2026").data).walk("VEVENT")
    assert [one["tanggal"] for one in table] == [one["DTSTART"].dt.isoformat() for one in events]
    mine = next(one for one in table if one["tanggal"] == "2026-11-23")
    assert (mine["nama"], mine["jenis"], mine["sumber"]) == ("'=1+1 Hari jadi", "local", "SE Bupati 1/2026")
    read = keeper.post(
        "/working-days/import", sent("a.csv", reader.get("/working-days/table.csv?year=2026").data, year="2026")
    )
    assert "tidak memuat hari baru" in read.text


def test_the_calendar_file_keeps_identities_and_an_estimate_does_not_become_firm(world: World, keeper: Reader) -> None:
    keeper.post("/working-days", {**DAY, "name": "Hari jadi; ke-501, ya", "day": "2029-01-04", "confirmed": "1"})
    first, again = (keeper.get("/working-days/calendar.ics?year=2029").data for _ in range(2))
    events = {str(one["UID"]): one for one in icalendar.Calendar.from_ical(first).walk("VEVENT")}
    assert first == again
    assert str(events["2029-01-04-local-1.serang@hari-kerja.mandat"]["SUMMARY"]) == "Hari jadi; ke-501, ya"
    tentative = [one for one in events.values() if str(one["STATUS"]) == "TENTATIVE"]
    assert tentative
    assert all("perkiraan" in str(one["SUMMARY"]) for one in tentative)
    page = Reader(world.app, world.kota.bkpsdm).post("/working-days/import", sent("a.ics", first, year="2029"))
    assert page.text.count("belum pasti atau dibatalkan") == len(tentative)
    assert "Akan ditambah" in page.text


# ---- the calculator


def test_the_address_holds_the_question_and_the_page_the_count(world: World, keeper: Reader) -> None:
    keeper.post("/working-days", {**DAY, "confirmed": "1"})
    reader = Reader(world.app, world.dinkes)
    page = reader.get("/working-days/count?start=2026-11-20&how=working&number=5").text
    assert "Berakhir Senin" in page
    assert "Hari jadi" in page
    assert "akhir pekan" in page
    moved = reader.get("/working-days/count?start=2026-12-18&how=calendar&number=7").text
    assert '<b>Senin, <time datetime="2026-12-28">' in moved
    between = reader.get("/working-days/count?start=2026-11-20&how=between&end=2026-11-27").text
    assert "4 hari kerja" in between
    rule = reader.get("/working-days/count?start=2026-11-20&how=rule&rule=decree_delivery").text
    assert "Pasal 61" in rule
    assert "Berakhir Senin" in rule
    assert "Menghitung" in rule


def test_a_question_that_cannot_be_answered_says_why(world: World) -> None:
    reader = Reader(world.app, world.dinkes)
    for question, said in (
        ("start=&number=5", "wajib"),
        ("start=kemarin&number=5", "kemarin"),
        ("start=1066-10-14&number=5", "2000"),
        ("start=9999-12-31&number=5", "2100"),
        ("start=2026-11-20&number=", "wajib"),
        ("start=2026-11-20&number=-1", "bilangan"),
        ("start=2026-11-20&number=999999999999", "260"),
        ("start=2026-11-20&how=calendar&number=401", "400"),
        ("start=2026-11-20&how=between&end=2026-11-19", "mendahului"),
        ("start=2026-11-20&how=between&end=2099-11-19", "400"),
        ("start=2026-11-20&how=rule&rule=karangan", "Pilih aturan"),
        ("start=2026-11-20&how=%00&number=%F0%9F%98%80", "bilangan"),
    ):
        answer = reader.get(f"/working-days/count?{question}")
        assert answer.status_code == 422, question
        assert said in answer.text, (question, said)
    assert reader.get("/working-days/count?start=2100-12-31&how=working&number=260").status_code == 200


def test_the_pages_read_little(world: World, make: Maker, keeper: Reader) -> None:
    make.document(State.ENACTED)
    keeper.post("/working-days", {**DAY, "confirmed": "1"})
    done(world)
    path = withdrawal(world)
    who = reads(lambda: keeper.get("/working-days/count"))
    assert reads(lambda: keeper.get("/working-days?year=2026")) <= who + 1
    assert reads(lambda: keeper.get(path)) <= who + 5 <= 7
