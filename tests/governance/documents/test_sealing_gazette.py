"""Promulgating fills the three places of the gazette in the sealed Peraturan, and not one other byte changes."""

import re
from datetime import date
from pathlib import Path

import pytest

from governance.documents.drafting import compose
from governance.documents.fields import defaults
from governance.documents.handed_in import opened
from governance.documents.kind_files import read_kinds
from governance.documents.places import GAZETTE_PLACES
from governance.documents.reading import read_document
from governance.documents.sealing import seal, seal_gazette
from governance.kernel.errors import BadFile, Invalid
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

KIND = "spbe_roadmap"
SIGNED_ON, ON = date(2026, 11, 20), date(2026, 11, 24)
SIGNER, GAZETTE = "R&D 'NAMA', S.H. <M.Si>", "2026 NOMOR 12"
PLACE = re.compile(
    rb'(<w:rStyle w:val="F(?:TanggalPengundangan|NamaSekretaris|NomorBerita)"/>(?:(?!</w:r>).)*?<w:t[^>]*>)([^<]*)',
    re.DOTALL,
)


def drafted() -> bytes:
    kind, serang = read_kinds(samples.FOLDER)[KIND], samples.institutions()["serang"]
    fields = defaults(kind, institution=serang, law=samples.law(), year=2026, on=SIGNED_ON)
    text = compose(kind, fields, institution=serang, law=samples.law(), on=SIGNED_ON)
    return samples.templates().render(KIND, text)


def sealed() -> bytes:
    return seal(drafted(), number="7 TAHUN 2026", signed_on=SIGNED_ON)


def promulgated(data: bytes, signer: str = SIGNER, gazette: str = GAZETTE) -> bytes:
    return seal_gazette(data, promulgated_on=ON, signer=signer, gazette=gazette)


def require_only_the_gazette_differs(before: bytes, after: bytes) -> None:
    old, new = samples.members_of(before), samples.members_of(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {DOCUMENT}
    assert PLACE.sub(rb"\1", old[DOCUMENT]) == PLACE.sub(rb"\1", new[DOCUMENT])
    then, now = read_document(before), read_document(after)
    assert {key for key in then.__dict__ if then.__dict__[key] != now.__dict__[key]} == {"promulgation"}
    told = now.promulgation
    assert told is not None
    assert (told.date, told.name, told.gazette_number) == ("24 November 2026", SIGNER, GAZETTE)


def test_only_the_three_places_differ() -> None:
    before = sealed()
    assert len(PLACE.findall(samples.members_of(before)[DOCUMENT])) == len(GAZETTE_PLACES)
    require_only_the_gazette_differs(before, promulgated(before))


def test_sealing_leaves_the_places_of_the_gazette_blank() -> None:
    told = read_document(sealed()).promulgation
    assert told is not None
    assert (told.date, told.name, told.gazette_number) == (None, None, None)


def test_what_was_written_by_hand_lives_on() -> None:
    edited = samples.changed(
        drafted(), DOCUMENT, "mulai berlaku pada tanggal", "mulai berlaku dan mengikat pada tanggal", 1
    )
    before = seal(edited, number="7 TAHUN 2026", signed_on=SIGNED_ON)
    require_only_the_gazette_differs(before, promulgated(before))
    assert b"berlaku dan mengikat" in samples.members_of(promulgated(before))[DOCUMENT]


def test_the_same_input_gives_the_same_bytes() -> None:
    before = sealed()
    assert promulgated(before) == promulgated(before)


@pytest.mark.parametrize("style", ["FTanggalPengundangan", "FNamaSekretaris", "FNomorBerita"])
def test_a_missing_place_is_refused_already_when_it_is_handed_in(style: str) -> None:
    gone = samples.changed(drafted(), DOCUMENT, f'<w:rStyle w:val="{style}"/>', "")
    with pytest.raises(BadFile) as refusal:
        opened(gone).required(promulgated=True)
    assert refusal.value.key == "seal.place_missing"
    with pytest.raises(BadFile):
        promulgated(gone)


@pytest.mark.parametrize("gazette", ["", "  ", "1\n2", "x" * 121, "\u202e1"])
def test_a_gazette_number_that_cannot_be_printed_is_refused(gazette: str) -> None:
    before = sealed()
    with pytest.raises(Invalid):
        promulgated(before, gazette=gazette)


@pytest.mark.libreoffice
def test_a_file_saved_by_libreoffice_is_promulgated_the_same(tmp_path: Path) -> None:
    saved = samples.converted(drafted(), "docx:MS Word 2007 XML", tmp_path)
    before = seal(saved, number="7 TAHUN 2026", signed_on=SIGNED_ON)
    require_only_the_gazette_differs(before, promulgated(before))


def test_the_office_takes_the_manner_of_who_promulgates_and_a_file_without_the_place_keeps_its_words() -> None:
    before = sealed()
    acting = as_acting(before)
    assert office(before) == "SEKRETARIS DAERAH KABUPATEN SERANG"
    assert office(acting) == "Plh. SEKRETARIS DAERAH KABUPATEN SERANG"
    assert office(promulgated(acting)) == "SEKRETARIS DAERAH KABUPATEN SERANG"
    unmarked = samples.changed(before, DOCUMENT, '<w:rStyle w:val="FJabatanSekretaris"/>', "")
    assert samples.members_of(as_acting(unmarked)) == samples.members_of(promulgated(unmarked))


def as_acting(data: bytes) -> bytes:
    return seal_gazette(data, promulgated_on=ON, signer=SIGNER, gazette=GAZETTE, manner="Plh. ")


def office(data: bytes) -> str:
    told = read_document(data).promulgation
    return told.office if told else ""
