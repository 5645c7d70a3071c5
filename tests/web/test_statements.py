"""No page and no list asks the database more than the design allows, whoever reads it, whatever became of a paper."""

import re
from collections.abc import Iterator

from werkzeug.routing import Rule

from governance.assessment.course import CycleRole
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.people.actors import system
from tests import peraturan
from tests.bench.listing import NO_PAGES
from tests.cycles import cycle_of, seat
from tests.full_cycle import full_cycle
from tests.proving import PNG, opened
from tests.signing_desk import ELSEWHERE, NATIONAL, Desk
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.web.test_pages import ALWAYS, TABLES, rules, settled
from tests.workflows.test_signers import delegated
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from workflows import jobs, printing, publication, share_tasks, sharing

AT_MOST = 7  # four for the content, three for who asks
READERS = ("hukum", "sekda", "diskominfo", "dinkes")
OF_EACH = 3  # rows that are no documents


def test_no_page_asks_more_than_seven_statements(world: World, make: Maker, signing_desk: Desk) -> None:
    draft = make.document()
    with_more_to_read(make, signing_desk)
    with_an_assessment(world)
    settled(make)
    while jobs.run_due(now=NOW, library=world.library):  # Tasks and deliveries are handed out.
        pass
    paths, counts, failed = list(addresses(world)), {}, []
    for who in READERS:
        reader = Reader(world.app, world.serang.people[who])
        for path in (f"/documents/{draft.id}/brief", *paths):
            if who == READERS[0] or path.startswith("/tasks/"):
                reader.get(path)  # What a process keeps of an institution; and that a task was read is written down.
            with heard() as said:
                failed += [(who, path)] if reader.get(path).status_code >= 500 else []
            counts[who, path] = len(selects(said))
    assert failed == []
    assert {where: count for where, count in counts.items() if count > AT_MOST} == {}


def with_more_to_read(make: Maker, signing_desk: Desk) -> None:
    """Papers being signed, published, secret, revoking another, at the steps of others, waiting for promulgation."""
    delegated(make.world, from_on=TODAY)
    for way in (ELSEWHERE, NATIONAL):
        signing_desk.prepare(make.document(State.APPROVED), way)
    public = make.document(State.ENACTED)
    published(public, signing_desk)
    make.document(State.APPROVED, revokes=f"Keputusan Bupati Serang Nomor {public.as_seen().number}")
    make.initial(make.document(State.IN_REVIEW), "hukum")
    make.document(State.ENACTED, secrecy=Secrecy.TERBATAS)
    peraturan.waiting_at(make, peraturan.HARMONISATION)
    peraturan.enacted(make)
    peraturan.promulgated(peraturan.enacted(make, 2))
    full_cycle(make.world, make, year=2024)


def with_an_assessment(world: World) -> None:
    """An open cycle with the usual offices and posts, handed out."""
    with_evidence(world)
    cycle_id, by = cycle_of(world), system(world.serang.id, "Asia/Jakarta")
    sharing.lay_out(cycle_id, by=by, now=NOW, library=world.library)
    share_tasks.hand_out(cycle_id, by=by, now=NOW, library=world.library)


def with_evidence(world: World) -> None:
    """An earlier cycle with evidence in every state; one of the readers rates in it, one offers."""
    round_ = opened(world, year=2023)
    seat(world, round_.id, CycleRole.ASSESSOR, world.hukum)
    round_.accepted(world.dinkes, 1)
    for level in (2, 3):
        round_.submit(world.dinkes, round_.offer(world.dinkes, level, data=PNG + bytes([level])).use_id)
    round_.offer(world.dinkes, 4, data=PNG)


def published(paper: Paper, signing_desk: Desk) -> None:
    """Its copy printed and shown to everyone."""
    world, by = paper.world, paper.world.hukum.actor
    printing.make_copy(paper.id, by=by, now=NOW, library=world.library)
    printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=signing_desk.outside.printer)
    sha256 = world.value("SELECT pdf_sha256 FROM rendition WHERE document_id = :id AND form = 'salinan'", id=paper.id)
    publication.publish(paper.id, seen=sha256, by=by, now=NOW, library=world.library)


def addresses(world: World) -> Iterator[str]:
    """Every page and list, of every document and of some rows of every other kind."""
    yield from (f"/kinds/{KIND}{place}" for place in ("", "/route", "/route/edit"))
    for rule in rules(world.app, with_places=False):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            yield rule.rule
    for rule in rules(world.app, with_places=True):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES and rule.arguments & set(TABLES):
            yield from filled(world, rule)


def filled(world: World, rule: Rule) -> list[str]:
    """The addresses of a route for every document, and for some rows of every other kind."""
    found = [rule.rule]
    for place in sorted(rule.arguments):
        if place in ALWAYS:
            keys = [ALWAYS[place]]
        else:
            asked = f"SELECT id FROM {TABLES[place]} WHERE institution_id = :id ORDER BY id"  # noqa: S608
            rows = world.rows(asked, id=world.serang.id)
            keys = [str(key) for (key,) in (rows if place == "document_id" else rows[:OF_EACH])]
        found = [re.sub(rf"<(int:)?{place}>", key, path) for path in found for key in keys]
    return found
