"""The pages of an institution's own Word templates: kept by the legal section, for its own region alone."""

from collections.abc import Callable
from io import BytesIO

import pytest

from tests.governance.documents.samples import DOCUMENT, KIND, TEMPLATE, changed, members_of
from tests.web.reader import Reader
from tests.world import Someone, World

Sit = Callable[[Someone | None], Reader]
PAGE = f"/templates/{KIND}"
OWN = changed(TEMPLATE.read_bytes(), DOCUMENT, "TENTANG</w:t>", "T E N T A N G</w:t>", 1)


@pytest.fixture
def sit(world: World) -> Sit:
    """`sit(world.hukum)`: that person, signed in."""
    return lambda someone: Reader(world.app, someone)


def hand_in(reader: Reader, data: bytes) -> object:
    return reader.post(PAGE, {"file": (BytesIO(data), "templat.docx")})


def test_a_template_is_replaced_shown_and_withdrawn(world: World, sit: Sit) -> None:
    reader = sit(world.hukum)
    assert hand_in(reader, OWN).status_code == 303
    assert "Templat milik sendiri" in reader.get(PAGE).text
    assert reader.get(f"{PAGE}/file").data == OWN
    assert "T E N T A N G" in members_of(reader.get(f"{PAGE}/sample").data)[DOCUMENT].decode()
    assert reader.post(f"{PAGE}/withdraw").status_code == 303
    assert reader.get(f"{PAGE}/file").data == TEMPLATE.read_bytes()


def test_what_is_wrong_is_said_on_the_page(world: World, sit: Sit) -> None:
    answer = hand_in(sit(world.hukum), changed(OWN, DOCUMENT, "{{ title }}", "{{ judul }}"))
    assert answer.status_code == 422
    assert "judul" in answer.text


def test_another_region_never_sees_it(world: World, sit: Sit) -> None:
    hand_in(sit(world.hukum), OWN)
    reader = sit(world.kota.hukum)
    assert "Templat bawaan" in reader.get(PAGE).text
    assert reader.get(f"{PAGE}/file").data == TEMPLATE.read_bytes()


def test_it_is_for_the_legal_section_alone(world: World, sit: Sit) -> None:
    for path in ("/templates", PAGE, f"{PAGE}/file", f"{PAGE}/sample"):
        assert sit(world.diskominfo).get(path).status_code == 403
    assert sit(world.hukum).get("/templates/karangan").status_code == 404
