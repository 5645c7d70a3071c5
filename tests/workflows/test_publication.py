"""Publication: only what was enacted, is biasa and has its printed copy; withdrawn with a trace; versions kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from governance.documents import publishable, published
from governance.documents.act_models import Signature, SigningWay
from governance.documents.effect import Effect, Period, effect
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.outstanding import outstanding
from governance.documents.published import Search
from governance.documents.publishing import Details
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from tests.peraturan import enacted, promulgated
from tests.soffices import StandIn
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import printing, publication
from workflows.publication import Withdrawal

Print = Callable[[Paper], str]
DETAILS = Details(
    "tim koordinasi; pemerintahan digital", "Hukum Administrasi Negara", "Alasan", "Dasar", "Isi", "Catatan"
)


@pytest.fixture
def print_copy(world: World, tmp_path: Path) -> Print:
    """Make the copy of an act and print it; returns the PDF's sha256."""
    stand_in = StandIn.within(tmp_path / "stand-in")

    def printed(paper: Paper) -> str:
        printing.make_copy(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
        printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=stand_in.printer)
        asked = "SELECT pdf_sha256 FROM rendition WHERE document_id = :id AND form = 'salinan' ORDER BY id DESC"
        return str(world.rows(asked, id=paper.id)[0][0])

    return printed


def publish(world: World, paper: Paper, sha256: str) -> None:
    publication.publish(paper.id, seen=sha256, by=world.hukum.actor, now=NOW, library=world.library)


def withdraw(world: World, paper: Paper, reason: str = "Memuat data pribadi") -> None:
    publication.withdraw(Withdrawal(paper.id, reason), by=world.hukum.actor, now=NOW)


def listed(world: World, **wish: object) -> list[str]:
    found, _ = published.search(world.serang.id, Search(**wish), TODAY)  # type: ignore[arg-type]
    return [one.number for one in found]


def refused(world: World, paper: Paper, sha256: str = "") -> str:
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        publish(world, paper, sha256)
    assert world.everything() == before
    return refusal.value.key


# ---- what can be published


def test_an_act_is_published_by_the_file_that_was_looked_at(world: World, make: Maker, print_copy: Print) -> None:
    paper = make.document(State.ENACTED)
    pdf = print_copy(paper)
    publish(world, paper, pdf)
    one = published.search(world.serang.id, Search(), TODAY)[0][0]
    sealed = world.value("SELECT sha256 FROM act WHERE id = :id", id=one.act_id)
    assert (one.sha256, one.size) == (pdf, len(world.library.files.read(pdf)))
    assert world.value("SELECT source_sha256 FROM publication") == sealed
    assert "act.published" in world.trail()[-1]
    assert world.inbox(world.diskominfo)[-1] == "act.published"
    before = world.everything()
    publish(world, paper, pdf)
    assert world.everything() == before


@pytest.mark.parametrize("state", [one for one in State if one is not State.ENACTED])
def test_what_is_not_enacted_is_not_published(world: World, make: Maker, state: State) -> None:
    assert refused(world, make.document(state)) == "publish.not_enacted"


@pytest.mark.parametrize("secrecy", [Secrecy.TERBATAS, Secrecy.RAHASIA])
def test_only_what_is_biasa_is_published(world: World, make: Maker, print_copy: Print, secrecy: Secrecy) -> None:
    paper = make.document(State.ENACTED, secrecy=secrecy)
    assert refused(world, paper, print_copy(paper)) == "publish.secret"


def test_without_the_printed_copy_it_is_refused_and_said(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    assert refused(world, paper) == "publish.no_file"
    printing.make_copy(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    assert refused(world, paper) == "publish.no_file", "asked for is not printed"


def test_the_printed_draft_is_no_copy(world: World, make: Maker, tmp_path: Path) -> None:
    paper = make.document(State.ENACTED)
    printer = StandIn.within(tmp_path / "stand-in").printer
    assert printing.print_due(now=NOW, library=world.library, printer=printer) > 0
    assert refused(world, paper) == "publish.no_file"


def test_another_file_than_the_one_seen_is_stale(world: World, make: Maker, print_copy: Print) -> None:
    paper = make.document(State.ENACTED)
    print_copy(paper)
    assert refused(world, paper, "0" * 64) == "refused.stale"


def test_a_peraturan_is_published_after_its_promulgation_with_its_gazette(
    world: World, make: Maker, print_copy: Print
) -> None:
    paper = enacted(make)
    assert refused(world, paper) == "publish.not_promulgated"
    promulgated(paper)
    assert refused(world, paper) == "publish.no_file"
    publish(world, paper, print_copy(paper))
    gazetted = world.value("SELECT sha256 FROM promulgation")
    assert world.value("SELECT source_sha256 FROM publication") == gazetted
    assert published.search(world.serang.id, Search(), TODAY)[0][0].gazette


def test_what_was_signed_electronically_is_published_as_it_was_signed(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    act = paper.as_seen(world.hukum).act
    assert act is not None
    with transaction():
        signed = world.library.files.keep(b"%PDF-1.7 signed")
        row = Signature(institution_id=world.serang.id, act_id=act.id, way=SigningWay.NATIONAL, sha256=signed, at=NOW)
        row.signer_title, row.signer_name, row.by_title = "Bupati Serang", "NAMA", "Kepala Bagian Hukum"
        db.session.add(row)
    file = publishable.ready(world.hukum.actor, paper.as_seen(world.hukum)).file
    assert file is not None
    assert (file.sha256, file.source_sha256, file.signed) == (signed, act.sha256, True)
    publish(world, paper, signed)
    assert world.value("SELECT sha256 FROM publication") == signed


def test_only_the_legal_section_of_the_same_institution_publishes(world: World, make: Maker, print_copy: Print) -> None:
    paper = make.document(State.ENACTED)
    pdf = print_copy(paper)
    before = world.everything()
    for someone in world.everyone:
        if someone is world.hukum:
            continue
        with pytest.raises((NotAllowed, NotFound)):
            publication.publish(paper.id, seen=pdf, by=someone.actor, now=NOW, library=world.library)
        with pytest.raises((NotAllowed, NotFound)):
            publication.complete(paper.id, DETAILS, by=someone.actor, now=NOW, library=world.library)
    assert world.everything() == before


# ---- withdrawn, and published again


def test_a_withdrawal_leaves_a_trace_and_it_can_be_published_again(
    world: World, make: Maker, print_copy: Print
) -> None:
    paper = make.document(State.ENACTED)
    pdf = print_copy(paper)
    with pytest.raises(OutOfOrder):
        withdraw(world, paper)
    publish(world, paper, pdf)
    token = published.search(world.serang.id, Search(), TODAY)[0][0].token
    withdraw(world, paper)
    assert listed(world) == []
    trace = published.by_token(world.serang.id, token)
    assert trace is not None
    assert (trace.withdrawn_on, trace.reason) == (TODAY, "Memuat data pribadi")
    before = world.everything()
    withdraw(world, paper, "Alasan lain")
    assert world.everything() == before
    publish(world, paper, pdf)
    again = published.by_token(world.serang.id, token)
    assert again is not None
    assert again.withdrawn_on is None
    assert len(listed(world)) == 1
    assert [one.withdrawn_on for one in published.fed(world.serang.id, 0, 10)] == [None]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "a\u202eb"])
def test_a_withdrawal_needs_a_reason_that_can_be_read(
    world: World, make: Maker, print_copy: Print, reason: str
) -> None:
    paper = make.document(State.ENACTED)
    publish(world, paper, print_copy(paper))
    before = world.everything()
    with pytest.raises(Invalid):
        withdraw(world, paper, reason)
    assert world.everything() == before


# ---- metadata


def test_metadata_are_kept_version_by_version_and_nothing_is_overwritten_unseen(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    by, library = world.hukum.actor, world.library
    assert publication.complete(paper.id, DETAILS, by=by, now=NOW, library=library) == 1
    again = replace(DETAILS, version=1)
    assert publication.complete(paper.id, again, by=by, now=NOW, library=library) == 1
    assert publication.complete(paper.id, replace(again, notes=""), by=by, now=NOW, library=library) == 2
    before = world.everything()
    with pytest.raises(Stale):
        publication.complete(paper.id, replace(again, notes="lain"), by=by, now=NOW, library=library)
    for wrong in (replace(again, version=2, subject="x" * 501), replace(again, version=2, content="a\u202eb")):
        with pytest.raises(Invalid):
            publication.complete(paper.id, wrong, by=by, now=NOW, library=library)
    assert world.everything() == before
    act = paper.as_seen(world.hukum).act
    assert act is not None
    assert [one.version for one in publishable.detail_versions(by, act.id)] == [2, 1]
    assert publishable.details_of(by, act.id).notes == ""


def test_the_abstract_of_a_peraturan_may_be_written_before_its_promulgation(world: World, make: Maker) -> None:
    paper = enacted(make)
    assert publication.complete(paper.id, DETAILS, by=world.hukum.actor, now=NOW, library=world.library) == 1


# ---- lists


def test_what_was_never_published_is_offered_once(world: World, make: Maker, print_copy: Print) -> None:
    paper = make.document(State.ENACTED)
    make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    waits = enacted(make)
    kinds = world.library.citing_kinds
    offered = lambda: [one.document_id for one in outstanding(world.hukum.actor, kinds) if not one.open]  # noqa: E731
    assert offered() == [paper.id]
    promulgated(waits)
    assert sorted(offered()) == sorted([paper.id, waits.id])
    publish(world, paper, print_copy(paper))
    withdraw(world, paper)
    assert offered() == [waits.id]


def test_the_list_is_searched_filtered_and_paged(world: World, make: Maker, print_copy: Print) -> None:
    papers = [make.document(State.ENACTED, title=f"Tim {name}") for name in ("Satu", "Dua", "Tiga")]
    for paper in papers:
        publish(world, paper, print_copy(paper))
    everything = listed(world)
    assert len(everything) == 3
    assert listed(world, words="tim dua") == [everything[1]]
    assert listed(world, words="100%_") == []
    assert listed(world, year=TODAY.year - 1) == []
    assert listed(world, year=TODAY.year) == everything
    assert listed(world, kinds=("spbe_roadmap",)) == []
    first, after = published.search(world.serang.id, Search(limit=2), TODAY)
    assert after is not None
    assert [one.number for one in first] + listed(world, after=after) == everything
    assert published.search(world.kota.id, Search(), TODAY) == ([], None)
    assert list(published.years_of(world.serang.id)) == [TODAY.year]
    assert published.counts() == {world.serang.id: 3}


@pytest.mark.parametrize("what", list(Effect))
def test_the_list_by_state_says_what_the_rule_says(world: World, make: Maker, print_copy: Print, what: Effect) -> None:
    day = date(2026, 11, 22)
    spans = [
        Period(since, until, revoked)
        for since in (day - timedelta(9), day, day + timedelta(1))
        for until in (None, day - timedelta(1), day, day + timedelta(9))
        for revoked in (None, day, day + timedelta(1))
        if since is not None and (until is None or until >= since)
    ]
    paper = make.document(State.ENACTED)
    publish(world, paper, print_copy(paper))
    for span in spans:
        values = {"since": span.since, "until": span.until, "revoked": span.revoked_on}
        world.change("UPDATE act SET in_force_from = :since, in_force_to = :until, revoked_on = :revoked", **values)
        found, _ = published.search(world.serang.id, Search(effect=what), day)
        assert bool(found) == (effect(span, day) is what), span
