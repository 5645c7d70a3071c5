"""Comments by section: said while a revision is in review, answered before it goes back, and never changed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from governance.documents.comments import comments_on
from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import approval, commenting
from workflows.commenting import Answered, Said

LATER = NOW + timedelta(hours=1)


def say(world: World, paper: Paper, by: Someone, place: str = "considerations", text: str = "Dasarnya kurang.") -> int:
    said = Said(paper.id, paper.as_seen(by).seen, place, text)
    return commenting.comment(said, by=by.actor, now=NOW, library=world.library)


def answer(paper: Paper, comment: int, text: str = "Sudah ditambah.", by: Someone | None = None) -> None:
    commenting.answer(Answered(paper.id, comment, text), by=(by or paper.author).actor, now=LATER)


@pytest.fixture
def reviewed(make: Maker) -> Paper:
    """Initialled by its author: it waits for Bagian Hukum."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    return paper


def returned(world: World, paper: Paper) -> None:
    approval.return_to_author(paper.asked("Lihat komentar"), by=world.hukum.actor, now=NOW)


def test_a_signer_comments_on_a_part_and_the_author_is_told(world: World, reviewed: Paper) -> None:
    say(world, reviewed, world.hukum, "dictums.KEDUA", "Sebut lampirannya.")

    db.session.rollback()
    [comment] = comments_on(world.hukum.actor, reviewed.id)
    assert (comment.label, comment.section, comment.revision) == ("KEDUA", "title", 1)
    assert comment.is_open
    assert world.inbox(world.diskominfo)[-1] == "document.commented"
    assert '"document.commented"' in world.trail()[-1]


@pytest.mark.parametrize(
    ("place", "label", "section"),
    [
        ("considerations", "Menimbang", "considerations"),
        ("citations", "Mengingat", "considerations"),
        ("dictums.KETIGA", "KETIGA", "tasks"),
        ("dictums.KELIMA", "KELIMA", "budget"),
        ("annexes.0", "Lampiran I", "members"),
        ("annexes.1", "Lampiran II", "work"),
        ("form.closing", "Penutup", "closing"),
    ],
)
def test_each_part_is_answered_in_the_section_of_the_form_that_makes_it(
    world: World, reviewed: Paper, place: str, label: str, section: str
) -> None:
    say(world, reviewed, world.hukum, place)

    db.session.rollback()
    [comment] = comments_on(world.hukum.actor, reviewed.id)
    assert (comment.label, comment.section) == (label, section)


def test_the_same_words_sent_twice_are_one_comment(world: World, reviewed: Paper) -> None:
    assert say(world, reviewed, world.hukum) == say(world, reviewed, world.hukum)


def test_whoever_may_read_it_comments_and_nobody_else(world: World, reviewed: Paper) -> None:
    say(world, reviewed, world.diskominfo, text="Tunggu angka anggaran.")
    before = world.everything()

    for stranger in (world.dinkes, world.kota.hukum):
        with pytest.raises(NotFound):
            commenting.comment(
                Said(reviewed.id, reviewed.seen, "considerations", "Saya juga"),
                by=stranger.actor,
                now=NOW,
                library=world.library,
            )
    assert world.everything() == before


def test_what_cannot_be_a_comment_is_refused_and_changes_nothing(world: World, reviewed: Paper) -> None:
    before = world.everything()

    for place, text in [
        ("dictums.KESERATUS", "x"),
        ("", "x"),
        ("considerations", "  "),
        ("considerations", "x" * 4001),
    ]:
        with pytest.raises(Invalid):
            say(world, reviewed, world.hukum, place, text)
    with pytest.raises(Invalid):
        say(world, reviewed, world.hukum, text="a\x00b")
    with pytest.raises(Stale):
        commenting.comment(
            Said(reviewed.id, "lama", "considerations", "x"), by=world.hukum.actor, now=NOW, library=world.library
        )
    assert world.everything() == before


def test_a_draft_and_an_act_take_no_comment(world: World, make: Maker) -> None:
    for state in (State.DRAFT, State.ENACTED):
        paper = make.document(state)
        with pytest.raises(OutOfOrder):
            say(world, paper, world.hukum)


def test_a_returned_draft_goes_back_only_when_each_comment_is_answered(
    world: World, make: Maker, reviewed: Paper
) -> None:
    first, second = (
        say(world, reviewed, world.hukum),
        say(world, reviewed, world.hukum, "annexes.0", "Tambah Satpol PP."),
    )
    returned(world, reviewed)

    with pytest.raises(Invalid) as refused:
        make.submit(reviewed, LATER)
    assert [(one.key, one.params["section"]) for one in refused.value.problems] == [
        ("draft.comment_open", "Menimbang"),
        ("draft.comment_open", "Lampiran I"),
    ]

    answer(reviewed, first)
    with pytest.raises(Invalid):
        make.submit(reviewed, LATER)
    answer(reviewed, second, "Tidak: sudah diwakili.")
    make.submit(reviewed, LATER)

    db.session.rollback()
    told = comments_on(world.hukum.actor, reviewed.id)
    assert [(one.revision, one.answer) for one in told] == [(1, "Sudah ditambah."), (1, "Tidak: sudah diwakili.")]


def test_an_answer_is_given_once(world: World, reviewed: Paper) -> None:
    comment = say(world, reviewed, world.hukum)
    answer(reviewed, comment)
    before = world.everything()

    answer(reviewed, comment)
    with pytest.raises(Refusal) as refused:
        answer(reviewed, comment, "Lain lagi.")
    assert refused.value.key == "comment.answered"
    assert world.everything() == before


def test_only_the_initiating_unit_answers_and_only_what_was_said_here(
    world: World, make: Maker, reviewed: Paper
) -> None:
    comment, other = say(world, reviewed, world.hukum), make.document(State.IN_REVIEW)
    before = world.everything()

    with pytest.raises(NotAllowed):
        answer(reviewed, comment, by=world.hukum)
    with pytest.raises(NotFound):
        answer(reviewed, comment, by=world.kota.diskominfo)
    with pytest.raises(NotFound):
        answer(other, comment)
    with pytest.raises(Invalid):
        answer(reviewed, comment, "  ")
    assert world.everything() == before


def test_the_database_itself_keeps_comments_and_answers(world: World, reviewed: Paper) -> None:
    comment = say(world, reviewed, world.hukum)
    once = "UPDATE section_comment SET answer = 'x', answered_holding_id = holding_id, answered_at = at"
    for statement in ("UPDATE section_comment SET text = 'lain'", "DELETE FROM section_comment"):
        _refused(statement)
    answer(reviewed, comment)
    _refused(once)
    assert world.value("SELECT answer FROM section_comment") == "Sudah ditambah."


def _refused(statement: str) -> None:
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError, match="closed"), db.engine.begin() as connection:
        connection.execute(sa.text(statement))
