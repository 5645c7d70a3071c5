"""The approval pack: it holds as it was made, and a changed value or byte anywhere is found."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from governance.documents import packs
from governance.documents.lifecycle import State
from governance.documents.pack_check import NoPack, points, read_pack
from governance.documents.packs import sealed, written
from governance.kernel.db import db
from governance.kernel.errors import NotFound
from tests import peraturan, signers
from tests.signing_desk import ELSEWHERE, Desk
from tests.world import Maker, Paper, Someone, World
from web.cli.packs import compared

Pack = dict[str, Any]


def pack_of(paper: Paper, by: Someone | None = None) -> Pack:
    db.session.rollback()
    by = by or paper.author
    return packs.pack_of(by.actor, paper.id, paper.world.serang.facts)


def wrong(pack: Pack, data: bytes | None = None) -> list[str]:
    """What does not hold of a pack as it is written down."""
    data = data or written(pack)
    return [point.said for point in points(data, read_pack(data)) if not point.holds]


def leaves(content: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single value."""
    if isinstance(content, dict | list) and content:
        for key, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from leaves(value, (*way, key))
    else:
        yield way


def flipped(pack: Pack, way: tuple[Any, ...]) -> Pack:
    """The pack with one value changed into another of its type."""
    changed = deepcopy(pack)
    inner: Any = changed
    for key in way[:-1]:
        inner = inner[key]
    old = inner[way[-1]]
    new: Any = {"str": f"{old}x", "bool": old is False, "NoneType": "x", "list": ["x"], "dict": {"x": 1}}
    inner[way[-1]] = new.get(type(old).__name__, old + 1 if isinstance(old, int) else None)
    return changed


def returned_and_enacted(make: Maker) -> Paper:
    """Returned once with notes, revised, then all the way."""
    paper = make.document(State.IN_REVIEW)
    make.revise(paper, budget="Anggaran Pendapatan dan Belanja Daerah")
    make.approve(paper)
    make.enact(paper)
    return paper


def test_a_pack_says_who_as_what_when_on_which_file_with_which_notes(world: World, make: Maker) -> None:
    pack = pack_of(returned_and_enacted(make))
    assert wrong(pack) == []
    moves = [(one["move"], one["counts"]) for one in pack["decisions"]]
    assert moves[:3] == [("submit", False), ("initial", False), ("return", True)]
    assert [move for move, _ in moves[3:]] == ["submit", "initial", "initial", "initial", "approve", "enact"]
    assert pack["decisions"][2]["note"] == "Perbaiki"
    assert pack["decisions"][2]["as"] == world.hukum.actor.title
    assert pack["decisions"][2]["name"] == "Pejabat hukum"
    assert [one["origin"] for one in pack["revisions"]] == ["submitted", "submitted", "sealed"]
    assert pack["revisions"][2]["source_sha256"] == pack["revisions"][1]["sha256"]
    assert pack["act"]["sha256"] == pack["revisions"][2]["sha256"]
    assert [one["way"] for one in pack["signatures"]] == ["wet"]


@pytest.mark.parametrize("state", list(State))
def test_a_running_document_has_a_pack_that_holds(world: World, make: Maker, state: State) -> None:
    paper = make.document(state)
    make.document(State.IN_REVIEW)
    assert wrong(pack_of(paper)) == []


def test_a_peraturan_tells_the_steps_of_others_and_its_promulgation(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    peraturan.promulgated(paper)
    pack = pack_of(paper)
    assert wrong(pack) == []
    steps = [one for one in pack["decisions"] if one["move"] == "record"]
    assert [one["letter"] for one in steps] == [peraturan.LETTER] * 3
    assert pack["promulgation"]["gazette"] == "2026 NOMOR 1"
    assert pack["promulgation"]["as"] == world.sekda.actor.title


def test_lines_of_other_matters_are_counted_and_never_told(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    other = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    trail = pack_of(paper)["trail"]
    assert trail["gaps"] != []
    assert f'"about":["document",{other.id}]' not in json.dumps(trail)
    assert trail["head"]["hash"] == trail["lines"][-1]["hash"]


def test_a_pack_is_the_same_file_until_something_happens_to_its_document(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    first = written(pack_of(paper))
    make.document(State.IN_REVIEW)
    assert written(pack_of(paper)) == first
    assert written(pack_of(paper, world.sekda)) == first, "whoever may see it is handed the same"
    make.initial(paper, "diskominfo")
    assert written(pack_of(paper)) != first


def test_every_changed_value_is_found_by_the_seal(world: World, make: Maker) -> None:
    pack = pack_of(returned_and_enacted(make))
    missed = [way for way in leaves(pack) if not found(flipped(pack, way))]
    assert missed == []


def found(pack: Pack) -> bool:
    """Whether the check finds something wrong, or refuses to take it for a pack."""
    try:
        return bool(wrong(pack))
    except NoPack:
        return True


def test_a_forger_who_seals_anew_is_found_where_the_pack_was_made(world: World, make: Maker) -> None:
    paper = peraturan.enacted(make)
    peraturan.promulgated(paper)
    pack = pack_of(paper)
    for way in leaves(pack):
        if way == ("seal",):
            continue
        forged = sealed(flipped(pack, way))
        against = [point for point in compared(written(forged), forged, pack) if not point.holds]
        assert against or found(forged), way


def test_a_forger_who_seals_anew_is_found_anywhere_in_what_the_trail_says(world: World, make: Maker) -> None:
    pack = pack_of(returned_and_enacted(make))
    bound = ("as", "at", "sha256", "holding", "post")
    ways: list[Any] = [("decisions", index, name) for index in range(len(pack["decisions"])) for name in bound]
    ways += [("revisions", index, name) for index in range(len(pack["revisions"])) for name in ("sha256", "at")]
    ways += [("act", name) for name in ("number", "signed_on", "sha256")]
    ways += [("decisions", 2, "note"), ("proves", 0), ("proves_not", 0), ("trail", "head", "hash")]
    ways += [way for way in leaves(pack["trail"], ("trail",)) if way[1] == "lines"]
    missed = [way for way in ways if not found(sealed(flipped(pack, way)))]
    assert missed == [("decisions", 2, "sha256")], "the line of a return names its reason, and no file"


def test_a_changed_byte_is_found(world: World, make: Maker) -> None:
    pack = pack_of(make.document(State.IN_REVIEW))
    data = written(pack)
    for place in range(0, len(data), 7):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            assert wrong(pack, changed), place
        except NoPack:
            continue
    for changed in (data[:-1], data + b"\n", data.replace(b'":', b'": ', 1), b"\xef\xbb\xbf" + data):
        try:
            assert wrong(pack, changed)
        except NoPack:
            continue


@pytest.mark.parametrize("cut", ["lines", "decisions", "revisions"])
def test_a_part_that_is_left_out_is_found_where_it_was_made(world: World, make: Maker, cut: str) -> None:
    pack = pack_of(returned_and_enacted(make))
    short = deepcopy(pack)
    (short["trail"] if cut == "lines" else short)[cut].pop(1)
    short = sealed(short)
    assert [point for point in compared(written(short), short, pack) if not point.holds] or wrong(short)


def test_no_pack_for_whom_the_document_is_not_there(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    for stranger in (world.dinkes, world.kota.sekda):
        with pytest.raises(NotFound):
            pack_of(paper, stranger)


def test_what_a_certificate_says_of_its_holder_stays_out(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    world.change("""UPDATE signature SET report = '{"serialNumber": "3604010101800001"}'""")
    assert "3604010101800001" not in written(pack_of(paper)).decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"format":"mandat.approval-pack","version":2}',
        b'{"format":"mandat.approval-pack","version":1}',
        b'{"format":"mandat.approval-pack","version":true}',
    ],
)
def test_what_is_no_pack_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NoPack):
        read_pack(data)


def test_an_act_that_was_signed_electronically_has_a_pack_that_holds(
    world: World, make: Maker, signing_desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    data = signers.signed(signing_desk.prepared(paper))
    signing_desk.take(paper, data)
    pack = pack_of(paper)
    assert wrong(pack) == []
    (signature,) = pack["signatures"]
    assert signature["way"] == ELSEWHERE
    assert world.library.files.read(signature["sha256"]) == data
    assert "serial" not in signature
