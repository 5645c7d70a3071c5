"""Routes of one's own: kept, refused, withdrawn; what is under way ends on the route it began with."""

from typing import Any

import pytest

from governance.documents.kept_routes import kept_and_running, kept_route
from governance.documents.lifecycle import State
from governance.documents.route import NoPost
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, Stale
from tests.workflows.turned import HEAD, SEKDA, initial, initials, keep, waiting
from tests.world import KIND, NOW, Maker, World
from workflows import routing
from workflows.routing import Route

RECORD = {"who": ["post:hukum"], "move": "record", "title": "Pengharmonisasian"}
REFUSED: dict[str, tuple[list[dict[str, Any]], str]] = {
    "nothing": ([], "route.no_approval"),
    "no approval": ([HEAD], "route.no_approval"),
    "two approvals": ([SEKDA, SEKDA], "route.two_approvals"),
    "approval first": ([SEKDA, HEAD], "route.approval_not_last"),
    "another approves": ([HEAD, {**SEKDA, "who": ["post:asda1"]}], "route.approver"),
    "two approve": ([{**SEKDA, "who": ["post:setda", "post:asda1"]}], "route.approver"),
    "the initiator approves": ([{**SEKDA, "who": ["initiator_head"]}], "route.approver"),
    "optional approval": ([{**SEKDA, "optional": True}], "route.approval_optional"),
    "unknown post": ([initials("tidak_ada"), SEKDA], "route.unknown_post"),
    "unknown word": ([{**HEAD, "who": ["siapa"]}, SEKDA], "route.unknown_post"),
    "empty step": ([{**HEAD, "who": []}, SEKDA], "route.empty_step"),
    "post twice in a step": ([initials("hukum", "hukum"), SEKDA], "route.post_twice"),
    "post in two steps": ([initials("hukum"), initials("hukum"), SEKDA], "route.asked_before"),
    "the sekda initials": ([initials("setda"), SEKDA], "route.never_initial"),
    "the bupati initials": ([initials("bupati"), SEKDA], "route.never_initial"),
    "a line with others": ([{**HEAD, "who": ["hierarchy", "post:hukum"]}, SEKDA], "route.line_alone"),
    "negative days": ([{**HEAD, "days": -1}, SEKDA], "route.days"),
    "words for days": ([{**HEAD, "days": "tiga"}, SEKDA], "route.days"),
    "too many days": ([{**HEAD, "days": 61}, SEKDA], "route.days"),
    "an unknown move": ([{**HEAD, "move": "bless"}, SEKDA], "route.unknown_move"),
    "unknown initials": ([{**HEAD, "initials": "x"}, SEKDA], "route.unknown_initials"),
    "a step of others without a name": ([{**RECORD, "title": " "}, SEKDA], "route.no_title"),
    "a step of others with two posts": ([{**RECORD, "who": ["post:hukum", "post:asda1"]}, SEKDA], "route.one_records"),
    "too many steps": ([RECORD] * 20 + [SEKDA], "route.too_many_steps"),
    "a name nobody can read": ([{**RECORD, "title": "a\u202eb"}, SEKDA], "draft.control_characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_route_that_cannot_be_walked_is_refused_with_its_place(world: World, name: str) -> None:
    steps, key = REFUSED[name]
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        keep(world, *steps)
    assert key in {problem.key for problem in refusal.value.problems}
    assert all(problem.place.startswith("steps") for problem in refusal.value.problems)
    assert world.everything() == before


def test_what_is_under_way_ends_on_the_route_it_began_with(world: World, make: Maker) -> None:
    old = make.document(State.IN_REVIEW)
    keep(world, HEAD, initials("organisasi", "bappeda", days=2), SEKDA)
    assert kept_and_running(world.serang.id, KIND)[1] == 1
    new = make.document()
    make.submit(new)
    initial(world, old, "diskominfo")
    initial(world, new, "diskominfo")
    assert waiting(old) == ("hukum",)
    assert waiting(new) == ("bappeda", "organisasi")
    make.approve(old)
    assert old.state is State.APPROVED


def test_another_government_keeps_its_own_route(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("organisasi"), SEKDA)
    assert kept_route(world.kota.id, KIND) is None
    paper = make.document(place=world.kota)
    make.submit(paper)
    make.initial(paper, "diskominfo", world.kota)
    assert waiting(paper) == ("kota_contoh.hukum",)


def test_the_newest_route_holds_until_it_is_withdrawn(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("organisasi"), SEKDA)
    keep(world, HEAD, initials("bappeda"), SEKDA)
    own = kept_route(world.serang.id, KIND)
    assert own is not None
    assert world.value("SELECT count(*) FROM route_setting WHERE withdrawn_at IS NULL") == 1
    for _ in range(2):
        routing.withdraw_route(KIND, own.id, by=world.hukum.actor, now=NOW, library=world.library)
        db.session.rollback()
    assert kept_route(world.serang.id, KIND) is None
    paper = make.document(State.IN_REVIEW)
    initial(world, paper, "diskominfo")
    assert waiting(paper) == ("hukum",)
    kinds = [line for line in world.trail() if '"what":"route.' in line]
    assert [line.split('"what":"')[1].split('"')[0] for line in kinds] == [
        "route.kept",
        "route.kept",
        "route.withdrawn",
    ]


def test_keeping_the_same_route_twice_keeps_one(world: World) -> None:
    keep(world, HEAD, SEKDA)
    before = world.everything()
    keep(world, HEAD, SEKDA)
    assert world.everything() == before


def test_who_changed_an_older_route_is_told(world: World) -> None:
    keep(world, HEAD, SEKDA)
    before = world.everything()
    with pytest.raises(Stale):
        routing.keep_route(
            Route(KIND, [HEAD, initials("bappeda"), SEKDA], 0), by=world.hukum.actor, now=NOW, library=world.library
        )
    with pytest.raises(Stale):
        routing.withdraw_route(KIND, 0, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_only_the_legal_and_the_organisation_section_keep_routes(world: World) -> None:
    before = world.everything()
    for office, someone in world.serang.people.items():
        if office in ("hukum", "organisasi"):
            continue
        with pytest.raises(NotAllowed):
            keep(world, HEAD, SEKDA, by=someone)
    assert world.everything() == before
    keep(world, HEAD, SEKDA, by=world.organisasi)


def test_a_post_that_is_gone_stops_the_submission_and_says_so(world: World, make: Maker) -> None:
    keep(world, HEAD, initials("dishub"), SEKDA)
    world.change("UPDATE post SET key = 'dishub_lama' WHERE key = 'dishub' AND institution_id = :i", i=world.serang.id)
    team = {"pengarah": "bupati", "ketua": "setda", "sekretaris": "diskominfo", "anggota": "bappeda"}
    paper = make.document(members=[{"role": role, "post": post} for role, post in team.items()])
    with pytest.raises(NoPost):
        make.submit(paper)
    assert paper.state is State.DRAFT


def test_an_office_that_approves_its_own_paper_may_also_send_it_to_the_sekda(world: World) -> None:
    ground = routing.ground_of(world.serang.id, world.library.kind("self_assessment_report"))
    assert {role.value for role in ground.approvers} == {"digital", "secretary"}
    assert {role.value for role in routing.ground_of(world.serang.id, world.library.kind(KIND)).approvers} == {
        "secretary"
    }
