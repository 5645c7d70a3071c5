"""Fields read back from an edited Word file: what can be understood is read, the rest stays by hand and is shown."""

from datetime import date
from typing import Any

import pytest

from governance.documents.drafting import compose
from governance.documents.reading import read_document
from governance.documents.round_trip import ReadBack, read_back
from governance.documents.text import DocumentText
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

ON = date(2026, 11, 22)
TASKS = [{"what": "menunjuk penghubung", "working_days": 7}, {"what": "mengirim daftar aplikasi", "working_days": 15}]
EDITS: dict[str, Any] = {
    "title": "Pembentukan Tim Koordinasi Pemerintah Digital Kabupaten Serang",
    "considerations": ["bahwa alasan baru", "bahwa alasan kedua"],
    "meetings": ["Tim rapat setiap bulan"],
    "reports": ["Ketua melapor setiap triwulan", "Anggota melapor setiap bulan"],
    "unit_tasks": TASKS,
    "budget": "Anggaran Pendapatan dan Belanja Daerah Perubahan Tahun Anggaran 2027",
    "effective_from": "2027-02-01",
    "effective_to": "2028-01-31",
    "revokes": "Keputusan Bupati Serang Nomor 1 Tahun 2025 tentang Tim Koordinasi",
    "place": "Serang",
    "copies": ["Gubernur Banten", "Inspektur"],
}


def composed(fields: Any) -> DocumentText:
    serang = samples.institutions()["serang"]
    return compose(samples.kind(), fields, institution=serang, law=samples.law(), on=ON)


def read_from(data: bytes, base: dict[str, Any]) -> ReadBack:
    posts = {post.title: post.key for post in samples.institutions()["serang"].posts}
    return read_back(samples.kind(), base, read_document(data), composed, posts)


def rendered(fields: dict[str, Any]) -> bytes:
    return samples.templates().render(samples.KIND, composed(fields))


def test_an_untouched_file_changes_nothing() -> None:
    base = samples.fields("serang", ON)
    back = read_from(rendered(base), base)
    assert (back.fields, back.changed, back.by_hand, back.unread) == (base, (), (), ())


@pytest.mark.parametrize("key", EDITS)
def test_an_edit_of_one_field_is_read_back_into_it(key: str) -> None:
    base = samples.fields("serang", ON)
    edited = {**base, key: EDITS[key]}
    back = read_from(rendered(edited), base)
    assert back.changed == (key,)
    assert back.fields[key] == EDITS[key]
    assert back.by_hand == ()


def test_many_edits_at_once_are_all_read_back() -> None:
    base = samples.fields("serang", ON)
    edited = {**base, **EDITS}
    back = read_from(rendered(edited), base)
    assert composed(back.fields) == composed(edited)
    assert back.by_hand == ()


def test_members_are_read_with_their_posts() -> None:
    base = samples.fields("serang", ON)
    members = [*base["members"][:-2], {"role": "anggota", "post": None, "office": "Kepala Balai Data"}]
    back = read_from(rendered({**base, "members": members}), base)
    assert back.changed == ("members",)
    assert [(one["role"], one["post"]) for one in back.fields["members"]] == [
        (one["role"], one["post"]) for one in members
    ]
    assert back.by_hand == ()


def test_what_no_field_can_say_is_an_edit_by_hand_and_no_field_is_touched() -> None:
    base = samples.fields("serang", ON)
    data = samples.changed(rendered(base), DOCUMENT, "bertanggung jawab kepada Bupati", "bertanggung jawab penuh")
    back = read_from(data, base)
    assert back.changed == ()
    assert [one.part for one in back.by_hand] == ["dictums.KEEMPAT"]
    assert "bertanggung jawab penuh" in back.by_hand[0].after


def test_a_part_that_was_deleted_empties_no_field_by_guess() -> None:
    base = samples.fields("serang", ON)
    document = samples.members_of(rendered(base))[DOCUMENT].decode()
    start = document.rindex("<w:p>", 0, document.index("Biaya yang timbul"))
    end = document.index("</w:p>", start) + len("</w:p>")
    data = samples.zipped({**samples.members_of(rendered(base)), DOCUMENT: document[:start] + document[end:]})
    back = read_from(data, base)
    assert back.fields["budget"] == base["budget"]
    assert any("Biaya" in one.before for one in back.by_hand)
