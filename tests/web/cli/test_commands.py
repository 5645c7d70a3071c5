"""The commands of `flask`: data alone on stdout, a clear sentence and exit 1 where something is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from governance.calendar.entering import NewDay
from governance.calendar.models import DayKind
from governance.documents.lifecycle import State
from governance.documents.reading import read_document
from tests.world import KIND, NOW, Api, Maker, World
from workflows import closing_days


def fields(run: Any, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = yaml.safe_load(run("fields", KIND, "--institution", "serang").stdout)
    return given | changes


def written(folder: Path, content: Any) -> str:
    file = folder / "FIELDS.yaml"
    file.write_bytes(content if isinstance(content, bytes) else yaml.safe_dump(content, allow_unicode=True).encode())
    return str(file)


def assert_stopped(result: Any, *words: str) -> None:
    """Exit 1, stdout clean, one sentence on stderr and no traceback."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)
    for word in words:
        assert word in result.stderr, result.stderr


def test_a_token_is_printed_alone_and_opens_the_api(world: World, run: Any) -> None:
    result = run("token", "sekda")
    assert result.exit_code == 0
    token = result.stdout.removesuffix("\n")
    assert token.startswith("mandat_")
    assert len(token.split()) == 1
    assert Api(world.app, token)("GET", "/documents").status_code == 200
    assert token not in str(world.everything())


def test_revoked_tokens_answer_401(world: World, run: Any) -> None:
    assert run("revoke-tokens", "sekda").stdout == "1\n"
    assert Api(world.app, world.sekda.token)("GET", "/documents").status_code == 401
    assert run("revoke-tokens", "sekda").stdout == "0\n"


@pytest.mark.parametrize("command", ["token", "revoke-tokens"])
def test_an_unknown_user_stops_the_command(world: World, run: Any, command: str) -> None:
    assert_stopped(run(command, "tidak.ada"), "tidak.ada")


def test_the_fields_of_a_kind_are_yaml_that_says_what_each_is(run: Any) -> None:
    result = run("fields", KIND, "--institution", "serang")
    assert result.exit_code == 0
    given = yaml.safe_load(result.stdout)
    assert given["institution"] == "serang"
    assert sum(line.lstrip().startswith("#") for line in result.stdout.splitlines()) >= len(given)


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("fields", "keputusan_karangan", "--institution", "serang"), "keputusan_karangan"),
        (("fields", KIND, "--institution", "atlantis"), "atlantis"),
    ],
)
def test_fields_of_what_is_not_known_are_refused(run: Any, args: tuple[str, ...], word: str) -> None:
    assert_stopped(run(*args), word)


def test_a_draft_is_made_from_its_fields_without_a_database(world: World, run: Any, tmp_path: Path) -> None:
    out = tmp_path / "naskah.docx"
    before = world.everything()
    result = run("draft", KIND, written(tmp_path, fields(run)), "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, f"{out}\n"), result.stderr
    assert [one.label for one in read_document(out.read_bytes()).dictums][:2] == ["KESATU", "KEDUA"]
    assert world.everything() == before


@pytest.mark.parametrize(
    "content",
    [
        b"a: [1, 2",
        b"a: b: c",
        b"\xff\xfe\x00",
        b"",
        b"- satu\n- dua\n",
        b"teks",
        b"&a [*a]",
        b"a: &a [*a]",
        b"!!python/object/apply:os.system ['true']",
        b"a: \x07",
        b"[" * 50_000,
        b"a: 2026-02-30\n",
        b"\tinstitution: serang",
        b"x" * 1_000_001,
        b"? [a]\n: 1",
        b"a: &a 1\n<<: *a",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_broken_yaml_makes_no_draft(run: Any, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "naskah.docx"
    assert_stopped(run("draft", KIND, written(tmp_path, content), "--out", str(out)))
    assert not out.exists()


def test_a_yaml_that_multiplies_itself_makes_no_draft(run: Any, tmp_path: Path) -> None:
    lines = ["institution: serang", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    lines.append("title: *a11")
    assert_stopped(run("draft", KIND, written(tmp_path, "\n".join(lines).encode()), "--out", str(tmp_path / "x.docx")))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"karangan": 1}, "karangan"),
        ({"title": 5}, "title"),
        ({"title": "Tim \u202eKoordinasi"}, "title"),
        ({"dated": "besok"}, "dated"),
        ({"members": [{"role": "raja"}]}, "members.0.role"),
        ({"members": "semua"}, "members"),
        ({"institution": None}, "institution"),
        ({"institution": ["serang"]}, "institution"),
        ({"institution": "atlantis"}, "atlantis"),
        ({"budget": "a" * 20_000}, "budget"),
        ({1: 2}, ""),
    ],
)
def test_a_wrong_field_makes_no_draft_and_is_named(
    run: Any, tmp_path: Path, changes: dict[Any, Any], word: str
) -> None:
    out = tmp_path / "naskah.docx"
    assert_stopped(run("draft", KIND, written(tmp_path, fields(run) | changes), "--out", str(out)), word)
    assert not out.exists()


def test_a_draft_of_an_unknown_kind_is_refused(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path, fields(run))
    assert_stopped(
        run("draft", "keputusan_karangan", file, "--out", str(tmp_path / "x.docx")), "keputusan_karangan", KIND
    )


def test_a_draft_that_cannot_be_written_is_said_so(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path, fields(run))
    assert_stopped(run("draft", KIND, file, "--out", str(tmp_path / "tidak" / "ada" / "x.docx")), "x.docx")
    assert_stopped(run("draft", KIND, file, "--out", "/proc/naskah.docx"), "naskah.docx")


def test_a_half_filled_draft_is_made_with_its_blanks(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "naskah.docx"
    result = run("draft", KIND, written(tmp_path, {"institution": "serang"}), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    docx.Document(str(out))


def test_the_trail_is_verified_for_every_institution(world: World, make: Maker, run: Any) -> None:
    make.document()
    result = run("verify-trail")
    assert result.exit_code == 0
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["kota_contoh", "provinsi_contoh", "serang"]
    world.change("UPDATE trail_line SET text = text || ' ' WHERE institution_id = 2 AND number = 3")
    result = run("verify-trail")
    assert result.exit_code == 1
    assert "RUSAK pada baris 3" in result.stdout
    assert "serang\tutuh" in result.stdout, "one broken trail does not hide the state of the others"


def test_bytes_that_are_no_text_are_found_in_the_trail(world: World, make: Maker, run: Any) -> None:
    make.document()
    world.change("UPDATE trail_line SET text = CAST(X'7BFF7D' AS TEXT) WHERE institution_id = 1 AND number = 3")
    result = run("verify-trail")
    assert result.exit_code == 1
    assert "RUSAK" in result.stdout


def test_a_scan_by_hand_prints_how_many_institutions_it_took(world: World, run: Any) -> None:
    assert run("scan-obligations", "--now", "2026-11-20T02:00:00+00:00").stdout == "3\n"
    assert run("scan-obligations", "--now", "2026-11-20T02:00:00+00:00").stdout == "0\n"
    assert_stopped(run("scan-obligations", "--now", "kemarin"), "kemarin")


def test_an_institutions_quiet_hours_are_set_and_what_waits_is_looked_at_again(
    world: World, make: Maker, run: Any
) -> None:
    make.document(State.IN_REVIEW)
    world.change("UPDATE message SET due_at = '2031-01-01 00:00:00+00:00'")
    assert run("quiet-hours", "serang", "22", "5").stdout == "serang\t22.00\t05.00\n"
    assert world.rows("SELECT quiet_from, quiet_to FROM institution WHERE key = 'serang'") == [(22, 5)]
    assert world.value("SELECT count(*) FROM message WHERE due_at > '2030-12-31 00:00:00'") == 0
    assert '"institution.quiet_hours"' in world.trail()[-1]
    before = world.everything()
    assert run("quiet-hours", "serang", "24", "5").exit_code == 2
    assert_stopped(run("quiet-hours", "tak_ada", "20", "6"), "tak_ada")
    assert world.everything() == before


def test_the_letters_are_counted_by_state_and_failures_say_why(world: World, make: Maker, run: Any) -> None:
    make.document(State.APPROVED)
    waiting = world.value("SELECT count(*) FROM message")
    world.change(
        "UPDATE message SET state = 'failed_temporary', attempts = 3, answer = '451 nanti'"
        " WHERE id = (SELECT min(id) FROM message)"
    )
    world.change(
        "UPDATE message SET state = 'failed_permanent', attempts = 1, due_at = NULL, answer = '550 tak ada'"
        " WHERE id = (SELECT max(id) FROM message)"
    )
    said = [line.split("\t") for line in run("letters").stdout.splitlines()]
    assert dict(said[:6]) == {
        "created": str(waiting - 2),
        "sending": "0",
        "sent": "0",
        "delivered": "0",
        "failed_temporary": "1",
        "failed_permanent": "1",
    }
    assert {(state, count, tried, answer) for state, count, tried, _, answer in said[6:]} == {
        ("failed_temporary", "1", "3", "451 nanti"),
        ("failed_permanent", "1", "1", "550 tak ada"),
    }
    assert {again for state, _, _, again, _ in said[6:] if state == "failed_permanent"} == {"-"}
    assert "@" not in run("letters").stdout, "nobody's address is shown"


def test_working_days_are_counted_by_the_institutions_calendar(world: World, run: Any) -> None:
    assert run("working-days", "2026-11-20", "5", "--institution", "serang").stdout == "2026-11-27\n"
    day = NewDay(date(2026, 11, 23), "Hari jadi", DayKind.LOCAL, "SE 1/2026")
    closing_days.enter([day], by=world.diskominfo.actor, now=NOW, library=world.library)
    assert run("working-days", "2026-11-20", "5", "--institution", "serang").stdout == "2026-11-30\n"
    assert run("working-days", "2026-11-20", "5", "--institution", "kota_contoh").stdout == "2026-11-27\n"


@pytest.mark.parametrize(
    ("start", "count", "key", "said"),
    [
        ("kemarin", "5", "serang", "START"),
        ("2026-02-30", "5", "serang", "START"),
        ("2026-11-20", "lima", "serang", "COUNT"),
        ("2026-11-20", "999999", "serang", "260"),
        ("2026-11-20", "5", "atlantis", "atlantis"),
    ],
)
def test_a_count_that_cannot_be_made_stops_the_command(run: Any, start: str, count: str, key: str, said: str) -> None:
    assert_stopped(run("working-days", start, count, "--institution", key), said)
