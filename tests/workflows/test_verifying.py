"""What a token leads to, and which file of an act a file is, on both databases."""

from hashlib import sha256

from governance.documents.act_models import SigningWay
from governance.documents.lifecycle import State
from governance.documents.models import Form, Secrecy
from governance.documents.verifying import Match, Public, match, promised, public_act, ties_of
from governance.kernel.db import db
from tests import signers
from tests.signing_desk import ELSEWHERE, Desk
from tests.world import NOW, Maker, Paper, World
from workflows import preparing, printing

SCAN = b"\xff\xd8\xff pindaian"


def public(paper: Paper, by: str = "hukum") -> Public:
    act = paper.as_seen(paper.world.serang.people[by]).act
    assert act is not None
    found = public_act(act.token or "")
    assert found is not None
    return found


def of(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_a_token_leads_to_its_act_in_whichever_institution(world: World, make: Maker) -> None:
    for place in (world.serang, world.kota, world.provinsi):
        make.document(State.ENACTED, place=place)
        token = world.value("SELECT token FROM act WHERE institution_id = :id", id=place.id)
        found = public_act(token)
        assert found is not None
        assert (found.institution, found.timezone, found.way) == (
            place.facts.name,
            place.facts.timezone,
            SigningWay.WET,
        )
        assert (found.secret, ties_of(found)) == (False, [])
    assert public_act("0" * 32) is None
    assert promised("0" * 32) is None


def test_what_is_not_ordinary_says_so_first(world: World, make: Maker) -> None:
    assert public(make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)).secret


def test_a_promise_ends_with_the_act_or_with_its_end(world: World, make: Maker, signing_desk: Desk) -> None:
    kept, dropped = make.document(State.APPROVED), make.document(State.APPROVED)
    tokens = []
    for paper in (kept, dropped):
        signing_desk.prepare(paper, ELSEWHERE)
        tokens.append(signing_desk.under_way(paper).token)
    assert [promised(token) is not None and public_act(token) is None for token in tokens] == [True, True]
    signing_desk.take(kept, signers.signed(signing_desk.prepared(kept)))
    preparing.cancel(dropped.id, "Batal", by=world.hukum.actor, now=NOW)
    assert promised(tokens[0]) is None
    assert public(kept).token == tokens[0]
    ended = promised(tokens[1])
    assert ended is not None
    assert ended.cancelled


def test_each_file_of_an_act_is_known_by_its_bytes(world: World, make: Maker, signing_desk: Desk) -> None:
    ink, pdf = make.document(State.APPROVED), make.document(State.APPROVED)
    draft = ink.file
    make.enact(ink, scan=SCAN)
    printer, library = signing_desk.outside.printer, world.library
    printing.make_copy(ink.id, by=world.hukum.actor, now=NOW, library=library)
    printing.ask_pdf(ink.id, Form.SALINAN, by=world.hukum.actor, now=NOW, printer=printer)
    signing_desk.prepare(pdf, ELSEWHERE, printed=False)
    assert printing.print_due(now=NOW, library=library, printer=printer) == 3
    prepared = signing_desk.prepared(pdf)
    signed = signers.signed(prepared)
    signing_desk.take(pdf, signed)
    db.session.rollback()
    one, two = public(ink), public(pdf)
    assert match(one, of(draft)) is Match.DRAFT
    assert match(one, of(ink.file)) is Match.SEALED
    assert match(one, of(SCAN)) is Match.SCAN
    assert match(one, of(b"lain")) is Match.OTHER
    assert match(one, of(signed)) is Match.OTHER, "another act's file is another file"
    assert match(two, of(signed)) is Match.SIGNED
    assert match(two, of(prepared)) is Match.PREPARED
    copy = world.value("SELECT word_sha256 FROM rendition WHERE form = 'salinan'")
    assert match(one, copy) is Match.COPY
