"""Reports of accredited auditors: made by others, registered here with their file, their maker and their objects."""

from datetime import date

import pytest

from governance.kernel.errors import Invalid
from tests.world import NOW, TODAY, World
from workflows import enactment
from workflows.enactment import OldAct

PDF = b"%PDF-1.7 laporan"
EXTERNAL = ("audit_application", "audit_infrastructure", "audit_security")
REPORT = OldAct(
    "audit_application",
    "Laporan Audit Aplikasi Khusus Pemerintah Kabupaten Serang Tahun 2025",
    "LHA-12/LATIK/2025",
    date(2025, 2, 28),
    date(2025, 2, 28),
    scan=PDF,
    issuer="Lembaga Pelaksana Audit Contoh",
    objects="Aplikasi perizinan\nAplikasi rumah sakit",
)


def recorded(world: World, **changes: object) -> int:
    """Recorded by Diskominfo, which plans the audits (Permenkominfo 4/2024 Pasal 75)."""
    old = OldAct(**{**REPORT.__dict__, **changes})  # type: ignore[arg-type]
    return enactment.record_act(old, by=world.diskominfo.actor, now=NOW, library=world.library)


def test_the_reports_of_accredited_auditors_are_the_external_ones(world: World) -> None:
    assert tuple(sorted(key for key, one in world.library.law.mandates.items() if one.external)) == EXTERNAL
    assert not set(EXTERNAL) & set(world.library.kinds), "they are registered, never drafted"


@pytest.mark.parametrize("kind", EXTERNAL)
def test_an_auditors_report_is_registered_with_its_maker_its_objects_and_its_file(world: World, kind: str) -> None:
    key = recorded(world, kind=kind)
    kept = "SELECT issuer, objects, scan_sha256 FROM act JOIN document ON act.id = act_id WHERE document.id = :id"
    issuer, objects, sha256 = world.rows(kept, id=key)[0]
    assert (issuer, objects) == (REPORT.issuer, REPORT.objects)
    assert world.library.files.read(sha256) == PDF


def test_the_next_report_is_due_two_years_later_unless_the_report_says_otherwise(world: World) -> None:
    def until(key: int) -> object:
        kept = "SELECT in_force_to FROM act JOIN document ON act.id = act_id WHERE document.id = :id"
        return str(world.value(kept, id=key))

    assert until(recorded(world)) == "2027-02-27"
    assert until(recorded(world, number="2", in_force_from=date(2024, 2, 29))) == "2026-02-27"
    assert until(recorded(world, number="3", in_force_to=date(2026, 6, 30))) == "2026-06-30"


@pytest.mark.parametrize("missing", ["issuer", "objects", "scan"])
def test_an_auditors_report_without_maker_objects_or_file_is_refused(world: World, missing: str) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        recorded(world, **{missing: None if missing == "scan" else "  "})
    assert [problem.place for problem in refusal.value.problems] == [missing]
    assert world.everything() == before


def test_an_act_of_the_region_itself_needs_neither_and_ends_only_where_it_says_so(world: World) -> None:
    changes: dict[str, object] = {"kind": "spbe_roadmap", "issuer": "", "objects": "", "scan": None}
    key = recorded(world, **changes, signed_on=TODAY, in_force_from=TODAY)
    kept = "SELECT issuer, objects, in_force_to FROM act JOIN document ON act.id = act_id WHERE document.id = :id"
    assert world.rows(kept, id=key) == [(None, None, None)]


@pytest.mark.parametrize("changes", [{"issuer": "x" * 301}, {"objects": "x" * 2001}, {"issuer": "A\x07B"}])
def test_what_cannot_be_stored_or_shown_is_refused(world: World, changes: dict[str, object]) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        recorded(world, **changes)
    assert [problem.place for problem in refusal.value.problems] == list(changes)
    assert world.everything() == before
