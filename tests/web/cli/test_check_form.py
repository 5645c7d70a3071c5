"""`flask check-form`: a file judged at the terminal; JSON alone on stdout, and the exit says what was found."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.governance.documents import samples
from tests.governance.documents.forms import decree, instead, printed
from tests.governance.documents.samples import DOCUMENT

KEYS = {"rule", "severity", "place", "message", "source"}
BAD = printed(decree(), instead("MEMUTUSKAN:", "MEMUTUSKAN"))


def kept(folder: Path, data: bytes) -> str:
    file = folder / "naskah.docx"
    file.write_bytes(data)
    return str(file)


def test_a_good_decree_gives_an_empty_list_and_exit_0(run: Any, tmp_path: Path) -> None:
    result = run("check-form", kept(tmp_path, printed(decree())), "--on", "2020-03-02", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, []), result.stderr


def test_an_error_gives_exactly_its_five_values_and_exit_1(run: Any, tmp_path: Path) -> None:
    file = kept(tmp_path, BAD)
    result = run("check-form", file, "--on", "2020-03-02", "--institution", "serang", "--kind", samples.KIND, "--json")
    assert result.exit_code == 1, result.stderr
    (found,) = json.loads(result.stdout)
    assert set(found) == KEYS
    assert (found["rule"], found["severity"], found["place"]) == ("decided.form", "error", "MEMUTUSKAN")
    assert "angka 54" in found["source"]
    assert found["message"].startswith("Tulis MEMUTUSKAN:")


def test_notes_and_warnings_alone_give_exit_0(run: Any, tmp_path: Path) -> None:
    file = kept(tmp_path, printed(decree(signer_name=None)))
    result = run("check-form", file, "--on", "2020-03-02", "--json")
    assert result.exit_code == 0
    assert [one["severity"] for one in json.loads(result.stdout)] == ["note"]


def test_without_json_a_person_reads_lines(run: Any, tmp_path: Path) -> None:
    result = run("check-form", kept(tmp_path, BAD), "--on", "2020-03-02")
    assert result.exit_code == 1
    assert result.stdout.startswith("Salah  MEMUTUSKAN  Tulis MEMUTUSKAN:")
    good = run("check-form", kept(tmp_path, printed(decree())), "--on", "2020-03-02")
    assert (good.exit_code, good.stdout) == (0, "Tidak ada temuan.\n")


def test_without_a_day_the_law_of_today_or_of_the_document_counts(run: Any, tmp_path: Path) -> None:
    draft, sealed = decree(), decree(number="1", date="2 Maret 2020", draft_mark=False)
    today = run("check-form", kept(tmp_path, printed(draft)), "--json")
    then = run("check-form", kept(tmp_path, printed(sealed)), "--json")
    assert "bases.revoked" in {one["rule"] for one in json.loads(today.stdout)}
    assert "bases.revoked" not in {one["rule"] for one in json.loads(then.stdout)}


HOSTILE = {
    "no zip": b"bukan berkas Word",
    "another zip": samples.zipped({"a.txt": b"x"}),
    "macros": samples.zipped({**samples.members_of(samples.draft()), "word/vbaProject.bin": b"x"}),
    "a bomb": samples.zipped({**samples.members_of(samples.draft()), "word/media/a.xml": b"0" * 60_000_000}),
    "a document type": samples.changed(
        samples.draft(), DOCUMENT, "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1
    ),
    "cut off": samples.draft()[:2000],
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_cannot_be_judged_is_told_and_gives_exit_2(run: Any, tmp_path: Path, hostile: str) -> None:
    result = run("check-form", kept(tmp_path, HOSTILE[hostile]), "--json")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "naskah.docx" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("args", [("--institution", "atlantis"), ("--kind", "karangan"), ("--on", "kemarin")])
def test_what_is_not_known_gives_exit_2(run: Any, tmp_path: Path, args: tuple[str, str]) -> None:
    result = run("check-form", kept(tmp_path, BAD), *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert args[1] in result.stderr


def test_a_file_that_is_not_there_gives_exit_2(run: Any, tmp_path: Path) -> None:
    assert run("check-form", str(tmp_path / "hilang.docx")).exit_code == 2
