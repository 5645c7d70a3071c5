"""Delivery: a decree reaches everyone it names within the law's working days, and each receipt is kept."""

from datetime import date

import pytest

from governance.documents import deliveries
from governance.documents.delivery_models import DeliveryWay
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.outstanding import outstanding
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, Refusal
from governance.obligations.queries import timetable
from tests.peraturan import enacted, promulgated
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import delivering, enactment, fulfilling, jobs, receiving, scanning
from workflows.enactment import OldAct
from workflows.fulfilling import Report
from workflows.receiving import Receipt

OUTSIDE = {"role": "anggota", "post": None, "office": "Kepala Kantor Pertanahan Kabupaten Serang"}
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def done(world: World) -> None:
    """Every job, and what those leave."""
    while jobs.run_due(now=NOW, library=world.library):
        pass


def laid_out(world: World, make: Maker, **changes: object) -> Paper:
    paper = make.document(State.ENACTED, **changes)  # type: ignore[arg-type]
    done(world)
    return paper


def rows(world: World, paper: Paper) -> list[deliveries.Delivered]:
    return deliveries.deliveries_of(world.hukum.actor, paper.id)


def duty(world: World) -> list[tuple[object, ...]]:
    found = "SELECT key, mandate, stage, fulfilment, due_on FROM obligation WHERE stage = 'penyampaian' ORDER BY id"
    return [tuple(row) for row in world.rows(found)]


def receipt(paper: Paper, ids: list[int], **changes: object) -> Receipt:
    given = {"received_on": TODAY, "way": DeliveryWay.DIRECT, "received_by": "Sekretaris dinas"} | changes
    return Receipt(paper.id, ids, **given)  # type: ignore[arg-type]


def recorded(world: World, asked: Receipt) -> int:
    return receiving.record_receipts(asked, by=world.hukum.actor, now=NOW, library=world.library)


# ---- whom it names


def test_everyone_the_decree_names_gets_a_row_but_who_set_it(world: World, make: Maker) -> None:
    members = [*make.fields()["members"], OUTSIDE]
    paper = laid_out(world, make, members=members)
    head = next(post for post in world.serang.facts.posts if post.role == "head_of_region")
    named = {member["post"] for member in members if member.get("post")} - {head.key}
    asked = (
        "SELECT post.key FROM delivery JOIN post ON post.id = delivery.post_id"
        " AND post.unit_id = delivery.unit_id WHERE document_id = :id"
    )
    assert {key for (key,) in world.rows(asked, id=paper.id)} == named
    outside = [one for one in rows(world, paper) if one.unit_id is None]
    assert [one.recipient for one in outside] == [OUTSIDE["office"]]
    assert len(rows(world, paper)) == len(named) + 1


def test_a_post_or_an_office_named_twice_is_brought_it_once(world: World, make: Maker) -> None:
    other = OUTSIDE | {"office": "kepala kantor  pertanahan kabupaten serang"}
    members = [*make.fields()["members"], OUTSIDE, other, {"role": "anggota", "post": "dinkes"}]
    names = [one.recipient for one in rows(world, laid_out(world, make, members=members))]
    assert len(names) == len(set(names))
    assert names.count(OUTSIDE["office"]) == 1


def test_those_named_are_told_and_a_secret_decree_tells_nobody(world: World, make: Maker) -> None:
    laid_out(world, make)
    assert world.inbox(world.dinkes).count("delivery.given") == 1
    paper = laid_out(world, make, secrecy=Secrecy.RAHASIA)
    assert world.inbox(world.dinkes).count("delivery.given") == 1
    assert len(rows(world, paper)) > 5


def test_a_peraturan_and_an_act_of_before_are_delivered_to_nobody(world: World, make: Maker) -> None:
    promulgated(enacted(make))
    old = OldAct("coordination_team_decree", "Tim lama", "9/2024", date(2024, 1, 2), date(2024, 1, 2))
    enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)
    done(world)
    for (document_id,) in world.rows("SELECT id FROM document"):
        delivering.lay_out(document_id, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.value("SELECT count(*) FROM delivery") == 0
    assert duty(world) == []


def test_laying_out_twice_adds_nothing(world: World, make: Maker) -> None:
    paper = laid_out(world, make)
    before = world.everything()
    delivering.lay_out(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    delivering.follow(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


# ---- by when


def test_the_day_is_counted_in_working_days_and_stands_in_one_obligation(world: World, make: Maker) -> None:
    """Signed on Friday 13 November 2026: five working days later is Friday 20 November."""
    paper = laid_out(world, make, signed_on=date(2026, 11, 13))
    assert {one.due_on for one in rows(world, paper)} == {date(2026, 11, 20)}
    act_id = world.value("SELECT act_id FROM document WHERE id = :id", id=paper.id)
    key = f"coordination_team_decree:penyampaian:{act_id}"
    due = [one for one in timetable(world.hukum.actor, 2026, TODAY) if one.stage == "penyampaian"]
    assert [(one.key, one.mandate, one.due_on) for one in due] == [
        (key, "coordination_team_decree", date(2026, 11, 20))
    ]
    assert [step["key"] for step in due[0].computed] == [
        "why.delivery.act", "why.delivery.signed", "why.delivery.term", "why.delivery.end",
    ]  # fmt: skip
    assert due[0].mandate in world.library.law.mandates
    assert due[0].basis.startswith("UU 30/2014 Pasal 61")


def test_many_have_ten_working_days(world: World, make: Maker) -> None:
    many = [OUTSIDE | {"office": f"Kepala Desa {number}"} for number in range(60)]
    paper = laid_out(world, make, members=[*make.fields()["members"], *many], signed_on=date(2026, 11, 13))
    assert {one.due_on for one in rows(world, paper)} == {date(2026, 11, 27)}


def test_a_secret_decree_is_not_named_in_its_obligation(world: World, make: Maker) -> None:
    laid_out(world, make, secrecy=Secrecy.TERBATAS)
    due = next(one for one in timetable(world.dinkes.actor, TODAY.year, TODAY) if one.stage == "penyampaian")
    assert "Kep." not in str(due.computed)


def test_every_kind_that_names_people_has_a_mandate(world: World) -> None:
    kinds = world.library.kinds
    assert [key for key, kind in kinds.items() if kind.roles and key not in world.library.law.mandates] == []


def test_a_late_delivery_is_reminded_to_the_legal_section(world: World, make: Maker) -> None:
    laid_out(world, make, signed_on=date(2026, 11, 2))
    scanning.scan(now=NOW, library=world.library)
    for someone in (world.hukum, world.diskominfo, world.sekda):
        assert "reminder.very_late" in world.inbox(someone), "eleven days after the fifth working day"
    assert "reminder.very_late" not in world.inbox(world.dinkes)


# ---- receipts


def test_a_unit_acknowledges_its_own_and_no_other(world: World, make: Maker) -> None:
    paper = laid_out(world, make)
    mine = next(one for one in deliveries.chased(world.dinkes.actor) if one.mine)
    before = world.everything()
    for someone in world.everyone:
        if someone is not world.dinkes:
            with pytest.raises((NotAllowed, NotFound)):
                receiving.acknowledge(mine.id, by=someone.actor, now=NOW)
    assert world.everything() == before
    receiving.acknowledge(mine.id, by=world.dinkes.actor, now=NOW)
    one = next(one for one in rows(world, paper) if one.id == mine.id)
    assert (one.received_on, one.way, one.received_by) == (TODAY, DeliveryWay.PROGRAM, "Kepala Dinkes")
    before = world.everything()
    receiving.acknowledge(mine.id, by=world.dinkes.actor, now=NOW.replace(hour=1))
    assert world.everything() == before


def test_a_secret_decree_is_acknowledged_only_on_paper(world: World, make: Maker) -> None:
    paper = laid_out(world, make, secrecy=Secrecy.RAHASIA)
    assert deliveries.chased(world.dinkes.actor) == []
    asked = "SELECT delivery.id FROM delivery JOIN unit ON unit.id = delivery.unit_id WHERE unit.key = 'dinkes'"
    with pytest.raises(NotFound):
        receiving.acknowledge(world.value(asked), by=world.dinkes.actor, now=NOW)
    assert recorded(world, receipt(paper, [world.value(asked)])) == 1


def test_the_last_receipt_meets_the_obligation(world: World, make: Maker) -> None:
    paper = laid_out(world, make, members=[*make.fields()["members"], OUTSIDE])
    ids = [one.id for one in rows(world, paper)]
    assert recorded(world, receipt(paper, ids[1:], way=DeliveryWay.POST, scan=SCAN)) == len(ids) - 1
    done(world)
    assert [row[3] for row in duty(world)] == ["open"]
    assert deliveries.counted(world.hukum.actor, paper.id) == (len(ids) - 1, len(ids))
    recorded(world, receipt(paper, ids))
    done(world)
    assert [row[3] for row in duty(world)] == ["met"]
    assert world.value("SELECT count(*) FROM delivery WHERE way = 'post'") == len(ids) - 1
    assert outstanding(world.hukum.actor, ()) == []
    assert "delivery.completed" in world.trail()[-1]


def test_an_obligation_to_deliver_is_met_by_receipts_alone(world: World, make: Maker) -> None:
    laid_out(world, make)
    duty_id = world.value("SELECT id FROM obligation WHERE stage = 'penyampaian'")
    given = Report(duty_id, 1, "Sudah")
    with pytest.raises(Refusal) as refused:
        fulfilling.report(given, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert refused.value.key == "delivery.met_by_receipts"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"received_on": date(2020, 1, 1)}, "received_on"),
        ({"received_by": "  "}, "received_by"),
        ({"received_by": "x" * 201}, "received_by"),
        ({"received_by": "a\u202eb"}, "received_by"),
        ({"way": DeliveryWay.PROGRAM}, "way"),
    ],
)
def test_a_wrong_receipt_is_refused_and_nothing_changes(
    world: World, make: Maker, changes: dict[str, object], place: str
) -> None:
    paper = laid_out(world, make)
    ids = [one.id for one in rows(world, paper)]
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        recorded(world, receipt(paper, ids, **changes))
    assert place in [problem.place for problem in refused.value.problems]
    with pytest.raises(Invalid):
        recorded(world, receipt(paper, []))
    assert world.everything() == before


def test_only_the_legal_section_records_and_only_what_is_of_the_document(world: World, make: Maker) -> None:
    paper, other = laid_out(world, make), laid_out(world, make, title="Tim lain")
    ids = [one.id for one in rows(world, paper)]
    before = world.everything()
    with pytest.raises(NotAllowed):
        receiving.record_receipts(receipt(paper, ids), by=world.sekda.actor, now=NOW, library=world.library)
    with pytest.raises(NotFound):
        receiving.record_receipts(receipt(paper, ids), by=world.kota.hukum.actor, now=NOW, library=world.library)
    for wrong in ([rows(world, other)[0].id], [*ids, 999_999]):
        with pytest.raises(NotFound):
            recorded(world, receipt(paper, wrong))
    with pytest.raises(BadFile):
        recorded(world, receipt(paper, ids, scan=b"PK\x03\x04"))
    assert world.everything() == before


def test_the_chase_list_goes_on_page_by_page_without_a_gap(world: World, make: Maker) -> None:
    first = laid_out(world, make, signed_on=date(2026, 11, 2))
    second = laid_out(world, make, signed_on=date(2026, 10, 30), title="Tim lain")
    seen, after = [], None
    while True:
        page = deliveries.chased(world.hukum.actor, after, limit=5)
        seen += page[:5]
        if len(page) <= 5:
            break
        after = (page[4].due_on, page[4].id)
    assert len({one.id for one in seen}) == len(seen) == len(rows(world, first)) + len(rows(world, second))
    assert [one.due_on for one in seen] == sorted(one.due_on for one in seen)
