"""The page of what goes to the national portal, and the zip it hands over."""

import io
import zipfile

import pytest

from governance.assessment.course import CycleRole
from governance.documents.models import Secrecy
from tests.cycles import seat
from tests.proving import PDF, Round, opened
from tests.web.counting import reads
from tests.web.reader import Reader
from tests.world import World


@pytest.fixture
def cycle(world: World) -> Round:
    made = opened(world)
    seat(world, made.id, CycleRole.DATA_ENTRY, world.diskominfo)
    made.accepted(world.dinkes, 1, code="I1-L1-01", name="Edaran.pdf")
    made.offer(world.dinkes, 1, data=PDF + b" draf", name="rancangan.pdf")
    made.accepted(world.dinkes, 1, data=PDF + b" rahasia", name="sandi negara.pdf", secrecy=Secrecy.RAHASIA)
    return made


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def test_the_page_says_what_goes_what_stays_and_that_the_form_was_not_verified(cycle: Round, reader: Reader) -> None:
    page = reader.get(f"/cycles/{cycle.id}/portal").text
    assert "1 berkas siap untuk portal nasional" in page
    assert "belum dapat diperiksa" in page
    assert "rancangan.pdf" in page
    assert "Belum diterima asesor" in page
    assert "Rahasia, tidak pernah ikut" in page
    assert "sandi negara" not in page
    assert reads(lambda: reader.get(f"/cycles/{cycle.id}/portal")) <= 7


def test_the_zip_is_handed_over_in_pieces_and_kept_by_nobody(world: World, cycle: Round, reader: Reader) -> None:
    answer = reader.post(f"/cycles/{cycle.id}/portal.zip", {"group": "", "restricted": ""})
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="portal-serang-2025.zip"'
    assert "Content-Length" not in answer.headers
    found = zipfile.ZipFile(io.BytesIO(answer.data))
    assert found.read("I1/I1-L1-01_Edaran.pdf") == PDF
    assert "portal.handed_over" in world.trail()[-1]


def test_a_part_that_is_not_there_and_a_stranger_are_refused(world: World, cycle: Round, reader: Reader) -> None:
    assert reader.get(f"/cycles/{cycle.id}/portal?group=tidak").status_code == 422
    assert reader.post(f"/cycles/{cycle.id}/portal.zip", {"group": "tidak"}).status_code == 422
    assert Reader(world.app, world.dinkes).get(f"/cycles/{cycle.id}/portal").status_code == 403
    strangers = Reader(world.app, world.kota.diskominfo)
    assert strangers.post(f"/cycles/{cycle.id}/portal.zip").status_code == 404
    assert not any("portal.handed_over" in line for place in (world.serang, world.kota) for line in world.trail(place))
