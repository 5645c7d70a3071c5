"""The draft form and its review page: what is open, what is folded, what is answered, and what a refusal says."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from governance.documents.comments import comments_on
from governance.documents.lifecycle import State
from governance.documents.queries import working_copy
from governance.kernel.db import db
from tests.web.reader import Reader
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import approval, commenting
from workflows.commenting import Said

Sit = Callable[[Someone], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def returned(world: World, make: Maker) -> Paper:
    """Commented on at KELIMA by Bagian Hukum, and returned."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    said = Said(paper.id, paper.as_seen(world.hukum).seen, "dictums.KELIMA", "Sumber dananya?")
    commenting.comment(said, by=world.hukum.actor, now=NOW, library=world.library)
    approval.return_to_author(paper.asked("Lihat komentar"), by=world.hukum.actor, now=NOW)
    return paper


def form(paper: Paper, **more: Any) -> dict[str, Any]:
    """The whole form as the page sends it, folded sections and all."""
    version = str(paper.as_seen().version)
    copy = working_copy(paper.author.actor, paper.id)
    return {"version": version, **dict(_inputs("fields", copy.fields)), **more}


def _inputs(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _inputs(f"{name}.{key}", part)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _inputs(f"{name}.{index}", part)
    else:
        yield name, "" if value is None else str(value)


def opened(page: str) -> set[str]:
    """The sections that stand open."""
    return set(re.findall(r'<section id="bagian-(\w+)"', page))


def folded(page: str) -> set[str]:
    """The sections that are folded."""
    return set(re.findall(r'<details id="bagian-(\w+)"', page))


def comment_of(world: World, paper: Paper) -> int:
    db.session.rollback()
    return comments_on(world.hukum.actor, paper.id)[0].id


def test_only_what_is_missing_stands_open(sit: Sit, world: World, make: Maker) -> None:
    page = sit(world.diskominfo).get(f"/documents/{make.document(budget=None).id}/draft").text

    assert opened(page) == {"budget"}
    assert folded(page) == {"title", "considerations", "members", "work", "tasks", "validity", "closing"}
    assert "Peraturan yang berlaku pada tanggal keputusan" in page


def test_a_doubtful_value_stands_open_too(sit: Sit, world: World, make: Maker) -> None:
    paper = make.document(reports=["Laporan kepada ........"])

    assert opened(sit(world.diskominfo).get(f"/documents/{paper.id}/draft").text) == {"work"}


def test_a_list_that_is_being_written_is_not_folded_away(sit: Sit, world: World, make: Maker) -> None:
    paper, author = make.document(), sit(world.diskominfo)

    answer = author.post(f"/documents/{paper.id}/draft", form(paper, add="meetings"))

    assert answer.status_code == 303
    assert opened(author.get(answer.location).text) == {"work"}


def test_a_folded_section_is_sent_back_as_it_was(sit: Sit, world: World, make: Maker) -> None:
    paper, author = make.document(), sit(world.diskominfo)
    page = author.get(f"/documents/{paper.id}/draft").text

    assert '<textarea class="form-control" id="f-budget" name="fields.budget"' in page


def test_saving_by_script_tells_where_each_value_comes_from_now(sit: Sit, world: World, make: Maker) -> None:
    paper, author = make.document(), sit(world.diskominfo)

    answer = author.post(f"/documents/{paper.id}/autosave", form(paper) | {"fields.budget": "DPA"})

    assert answer.json["sources"]["budget"] == "Diisi sendiri"
    assert answer.json["sources"]["year"] == "Tahun yang dipilih"
    assert answer.json["sources"]["signer_name"] == ""


def test_a_comment_stands_at_its_section_and_keeps_the_draft(sit: Sit, world: World, returned: Paper) -> None:
    author, place = sit(world.diskominfo), f"/documents/{returned.id}/draft"

    page = author.get(place).text
    refused = author.post(place, form(returned, move="submit"))

    assert opened(page) == {"budget"}
    assert "Sumber dananya?" in page
    assert refused.status_code == 422
    assert "pada KELIMA belum dijawab" in refused.text
    assert returned.state is State.DRAFT


def test_a_typed_answer_is_taken_with_the_submission(sit: Sit, world: World, returned: Paper) -> None:
    author, number = sit(world.diskominfo), comment_of(world, returned)
    sent = form(returned, move="submit") | {f"answers.{number}": "Dari APBD."}

    assert author.post(f"/documents/{returned.id}/draft", sent).status_code == 303

    assert returned.state is State.IN_REVIEW
    assert "Dari APBD." in sit(world.hukum).get(f"/documents/{returned.id}/decide").text


def test_a_row_added_while_an_answer_is_written_loses_neither(sit: Sit, world: World, returned: Paper) -> None:
    author, number = sit(world.diskominfo), comment_of(world, returned)
    sent = form(returned, add="meetings") | {f"answers.{number}": "Setengah jadi"}

    answer = author.post(f"/documents/{returned.id}/draft", sent)

    assert answer.status_code == 200
    assert "Setengah jadi</textarea>" in answer.text
    assert opened(answer.text) == {"budget", "work"}
    assert comments_on(world.hukum.actor, returned.id)[0].is_open


def test_an_answer_that_cannot_be_taken_is_refused_at_its_place(sit: Sit, world: World, returned: Paper) -> None:
    author, number = sit(world.diskominfo), comment_of(world, returned)
    sent = form(returned, move="answer") | {f"answers.{number}": "x" * 4001}

    answer = author.post(f"/documents/{returned.id}/draft", sent)

    assert answer.status_code == 422
    assert f'href="#f-comments-{number}"' in answer.text


def test_answers_to_nothing_change_nothing(sit: Sit, world: World, returned: Paper) -> None:
    author = sit(world.diskominfo)

    for name in ("answers.x", "answers.", "answers.99999999999999999999"):
        sent = form(returned, move="save") | {name: "y"}
        assert author.post(f"/documents/{returned.id}/draft", sent).status_code == 303
    assert author.post(f"/documents/{returned.id}/draft", form(returned) | {"answers.9999": "y"}).status_code == 404
    assert comments_on(world.hukum.actor, returned.id)[0].is_open


def test_the_decide_page_takes_a_comment_and_shows_it(sit: Sit, world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    legal, place = sit(world.hukum), f"/documents/{paper.id}"
    seen = paper.as_seen(world.hukum).seen

    refused = legal.post(f"{place}/comments", {"seen": seen, "place": "", "text": "Tanpa bagian"})
    taken = legal.post(f"{place}/comments", {"seen": seen, "place": "annexes.0", "text": "Tambah Satpol PP"})

    assert refused.status_code == 422
    assert "Pilih bagian yang dimaksud" in refused.text
    assert "Tanpa bagian</textarea>" in refused.text
    assert taken.status_code == 303
    page = legal.get(taken.location).text
    assert "Tambah Satpol PP" in page
    assert '<option value="dictums.KEDUA"' in page
    assert "Belum dijawab" in page


def test_the_review_page_names_what_is_missing_and_offers_no_submission(sit: Sit, world: World, make: Maker) -> None:
    paper, author = make.document(budget=None), sit(world.diskominfo)

    page = author.get(f"/documents/{paper.id}/review").text

    assert "Sumber anggaran belum diisi" in page
    assert f"/documents/{paper.id}/draft?touched=budget#f-budget" in page
    assert 'value="submit"' not in page


def test_the_review_page_offers_submission_when_nothing_is_missing(sit: Sit, world: World, make: Maker) -> None:
    paper, author = make.document(), sit(world.diskominfo)

    page = author.get(f"/documents/{paper.id}/review").text

    assert '<b lang="id">Mengingat.</b> Angka' in page
    assert "/regulations/" in page
    assert "Yang meragukan tidak menghalangi pengajuan" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    sent = {"seen": seen[1], "move": "submit"}
    assert author.post(f"/documents/{paper.id}/move", sent).status_code == 303
    assert paper.state is State.IN_REVIEW


def test_the_review_page_shows_what_the_form_check_finds(sit: Sit, world: World, make: Maker) -> None:
    paper = make.document(title="Pembentukan Tim Koordinasi.")

    page = sit(world.diskominfo).get(f"/documents/{paper.id}/review").text

    assert "Pemeriksaan bentuk" in page


def test_only_the_initiating_unit_looks_through_its_draft(sit: Sit, world: World, make: Maker) -> None:
    paper, sent = make.document(), make.document(State.IN_REVIEW)

    assert sit(world.hukum).get(f"/documents/{paper.id}/review").status_code == 404
    assert sit(world.kota.diskominfo).get(f"/documents/{paper.id}/review").status_code == 404
    assert sit(world.diskominfo).get(f"/documents/{sent.id}/review").status_code == 302
