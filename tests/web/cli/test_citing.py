"""`flask cite`: the citation of a day on stdout, or why not and exit 1."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.settings import Testing
from governance.mandates.entries import Entry, Fact, Relation
from tests.world import NOW, World
from web.app import create_app
from workflows import noting, registering

Run = Callable[..., Any]


def test_the_citation_of_the_day_is_printed_alone(run: Run) -> None:
    early, late = (run("cite", "uu_23_2014", "--on", on) for on in ("2015-01-01", "2020-03-02"))
    assert (early.exit_code, late.exit_code) == (0, 0)
    assert early.stdout.startswith("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah (Lembaran Negara")
    assert early.stdout != late.stdout
    assert late.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("key", "on", "why"),
    [
        ("permenkominfo_8_2019", "2026-07-01", "gantinya Peraturan Menteri Komunikasi dan Informatika Nomor 4"),
        ("permenpan_8_2026", "2020-01-01", "baru berlaku sejak 5 Juni 2026"),
        ("permendagri_77_2020", "2020-12-30", "tanyakan"),
        ("uu_pembentukan_daerah", "2026-07-01", ""),
        ("uu_karangan", "2026-07-01", "tidak ada dalam daftar peraturan"),
    ],
)
def test_what_may_not_be_cited_says_why_and_ends_with_1(run: Run, key: str, on: str, why: str) -> None:
    answer = run("cite", key, "--on", on)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert why in answer.stderr
    assert "%(" not in answer.stderr


def test_an_institutions_own_regulations_and_facts_count_for_it(world: World, run: Run) -> None:
    perda = Entry(
        key="", type="Perda", title="SPBE", issuer="", number=3, year=2024, in_force_from=NOW.date().replace(year=2024)
    )
    key = registering.enter(perda, by=world.hukum.actor, now=NOW, library=world.library)
    fact = Fact("permendagri_80_2015", Relation.REVOKED, "x", by="permendagri_77_2020", since=NOW.date())
    noting.enter(fact, by=world.hukum.actor, now=NOW, library=world.library)
    assert run("cite", key, "--on", "2026-11-20", "--institution", "serang").exit_code == 0
    assert run("cite", key, "--on", "2026-11-20").exit_code == 1
    assert run("cite", key, "--on", "2026-11-20", "--institution", "kota_contoh").exit_code == 1
    assert run("cite", fact.key, "--on", "2026-11-20", "--institution", "serang").exit_code == 1
    assert run("cite", fact.key, "--on", "2026-11-20").exit_code == 0


def test_a_wrong_day_or_institution_is_refused(run: Run) -> None:
    assert run("cite", "uu_23_2014", "--on", "kemarin").exit_code == 2
    assert run("cite", "uu_23_2014").exit_code == 2
    unknown = run("cite", "uu_23_2014", "--on", "2026-01-01", "--institution", "atlantis")
    assert unknown.exit_code == 1
    assert "atlantis" in unknown.stderr


def test_without_a_database_the_institutions_file_speaks(tmp_path: Path) -> None:
    runner = create_app(Testing.within(tmp_path)).test_cli_runner()
    answer = runner.invoke(args=["cite", "serang:perda_spbe", "--on", "2026-07-01", "--institution", "serang"])
    assert answer.exit_code == 1
    assert "disetujui rapat paripurna" in answer.stderr
