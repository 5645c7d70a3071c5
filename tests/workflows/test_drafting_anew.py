"""A new draft builds on the last document of its kind, and says of each value where it comes from."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.queries import working_copy
from governance.documents.starting import Source, source_now
from governance.kernel.db import db
from tests.world import KIND, NOW, Maker, Someone, World
from workflows import drafting
from workflows.drafting import NewDocument, Typed

MEETINGS = ["Tim rapat setiap bulan."]


def opened(world: World, by: Someone | None = None, year: int = 2027, **more: Any) -> int:
    new = NewDocument(KIND, year, **more)
    return drafting.open_document(new, by=(by or world.diskominfo).actor, now=NOW, library=world.library)


def copy_of(world: World, document_id: int, by: Someone | None = None) -> Any:
    db.session.rollback()
    return working_copy((by or world.diskominfo).actor, document_id)


def source(world: World, document_id: int, field: str, by: Someone | None = None) -> Source | None:
    copy = copy_of(world, document_id, by)
    return source_now(field, copy.fields[field], copy.began)


def test_what_is_carried_comes_from_the_last_enacted_document_and_says_so(world: World, make: Maker) -> None:
    make.document(State.ENACTED, meetings=MEETINGS)
    make.document(meetings=["Rancangan yang belum jadi."])
    number = world.value("SELECT number FROM act")

    document = opened(world)

    assert copy_of(world, document).fields["meetings"] == MEETINGS
    assert source(world, document, "meetings") == Source("draft.source.last_document", {"number": number})
    assert source(world, document, "budget") == Source("draft.source.institution_and_year", {})


def test_where_none_is_enacted_the_newest_under_way_is_carried_over(world: World, make: Maker) -> None:
    make.document(State.WITHDRAWN, meetings=["Ditarik."])
    make.document(meetings=["Lama."])
    make.document(State.IN_REVIEW, meetings=MEETINGS)

    document = opened(world)

    assert copy_of(world, document).fields["meetings"] == MEETINGS
    assert source(world, document, "meetings") == Source("draft.source.last_draft", {"year": 2026})


def test_a_document_one_may_not_read_carries_nothing_over(world: World, make: Maker) -> None:
    make.document(State.ENACTED, secrecy=Secrecy.RAHASIA, meetings=MEETINGS)

    document = opened(world, world.bappeda)

    assert copy_of(world, document, world.bappeda).fields["meetings"] != MEETINGS
    assert source(world, document, "meetings", world.bappeda) == Source("draft.source.kind", {})


def test_another_institutions_document_carries_nothing_over(world: World, make: Maker) -> None:
    make.document(State.ENACTED, place=world.kota, meetings=MEETINGS)

    assert copy_of(world, opened(world)).fields["meetings"] != MEETINGS


def test_a_member_whose_post_is_gone_is_left_out_and_said(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    world.change("UPDATE post SET key = 'dinas_baru' WHERE key = 'bappeda' AND institution_id = 1")

    document = opened(world)

    members = copy_of(world, document).fields["members"]
    found = source(world, document, "members")
    assert "bappeda" not in [member["post"] for member in members]
    assert found is not None
    assert found.key == "draft.source.last_document_without"
    assert found.params["gone"] == "Kepala Badan Perencanaan Pembangunan Daerah"


def test_a_member_is_called_as_his_post_is_called_today(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    world.change("UPDATE post SET title = 'Kepala Badan Riset' WHERE key = 'bappeda' AND institution_id = 1")

    members = copy_of(world, opened(world)).fields["members"]

    assert [member["office"] for member in members if member["post"] == "bappeda"] == ["Kepala Badan Riset"]


def test_a_carried_value_that_the_kind_no_longer_takes_gives_way_to_the_default(world: World, make: Maker) -> None:
    paper = make.document()
    copy = copy_of(world, paper.id)
    broken = dict(copy.fields) | {"unit_tasks": [{"what": "x", "working_days": 999}]}
    drafting.save_copy(Typed(paper.id, copy.version, broken), by=world.diskominfo.actor, now=NOW, library=world.library)

    document = opened(world)

    assert copy_of(world, document).fields["unit_tasks"][0]["working_days"] == 10
    assert source(world, document, "unit_tasks") == Source("draft.source.kind", {})


def test_the_act_that_would_still_be_in_force_is_proposed_to_be_revoked(world: World, make: Maker) -> None:
    make.document(State.ENACTED, effective_to="2027-12-31", title="Pembentukan Tim Lama")
    number = world.value("SELECT number FROM act")

    document = opened(world)

    assert (
        copy_of(world, document).fields["revokes"]
        == f"Keputusan Bupati Serang Nomor {number} tentang Pembentukan Tim Lama"
    )
    assert source(world, document, "revokes") == Source("draft.source.still_in_force", {"until_on": "2027-12-31"})


def test_an_act_that_ends_before_the_new_one_begins_is_not_revoked(world: World, make: Maker) -> None:
    make.document(State.ENACTED, effective_to="2026-12-31")

    assert copy_of(world, opened(world)).fields["revokes"] is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("budget", "DPA Diskominfo"),
        ("meetings", ["Rapat lain."]),
        ("members", [{"role": "ketua", "post": "setda", "office": None}]),
    ],
)
def test_a_value_changed_by_hand_says_that_it_was_typed(world: World, field: str, typed: Any) -> None:
    document = opened(world)
    copy = copy_of(world, document)
    typed_in = Typed(document, copy.version, dict(copy.fields) | {field: typed})

    drafting.save_copy(typed_in, by=world.diskominfo.actor, now=NOW, library=world.library)

    assert source(world, document, field) == Source("draft.source.typed", {})


def test_a_form_sent_back_unchanged_changes_no_source(world: World) -> None:
    document = opened(world)
    copy = copy_of(world, document)
    as_sent = [{**member, "office": None} for member in copy.fields["members"]]
    assert source_now("members", as_sent, copy.began) == Source("draft.source.team_and_posts", {})


def test_what_a_caller_handed_over_is_not_said_to_come_from_elsewhere(world: World, make: Maker) -> None:
    document = opened(world, year=2026, fields=make.fields(budget="DPA"))

    assert source(world, document, "budget") == Source("draft.source.typed", {})
    assert source(world, document, "considerations") == Source("draft.source.law_on_date", {})


def test_a_draft_that_does_not_know_what_it_began_with_says_nothing(world: World, make: Maker) -> None:
    paper = make.document()
    world.change("UPDATE working_copy SET began = '{}'")

    assert source(world, paper.id, "budget") is None


def test_the_last_document_of_the_year_before_is_what_a_new_year_opens_with(world: World, make: Maker) -> None:
    make.document(State.ENACTED, on=date(2026, 1, 5), signed_on=date(2026, 1, 5), meetings=["Lama."])
    make.document(State.ENACTED, meetings=MEETINGS)
    later = datetime(2027, 1, 4, 3, tzinfo=UTC)

    new = NewDocument(KIND, 2027)
    document = drafting.open_document(new, by=world.diskominfo.actor, now=later, library=world.library)

    assert copy_of(world, document).fields["meetings"] == MEETINGS
