"""Institution files: offices and never persons, complete, and refused by file and line when something is wrong."""

import json
from datetime import date
from pathlib import Path

import pytest

from config.settings import ROOT
from governance.people.institution_files import BrokenInstitution, read_all, read_files
from governance.people.roles import Role

SHIPPED = ROOT / "config" / "institutions"
INVENTED = ROOT / "tests" / "institutions"
ALL = read_all(SHIPPED) | read_all(INVENTED)


def test_serang_and_jombang_are_shipped():
    assert list(read_all(SHIPPED)) == ["jombang", "serang"]


@pytest.mark.parametrize("key", sorted(ALL))
def test_every_role_of_the_procedure_is_held_by_a_post(key):
    for role in Role:
        assert ALL[key].post_of(role) is not None, role


@pytest.mark.parametrize("key", sorted(ALL))
def test_every_unit_but_the_heads_of_region_has_one_head_with_the_same_key(key):
    units = {unit.key for unit in ALL[key].units}
    heads = {post.key for post in ALL[key].posts if post.key == post.unit}

    assert units - heads == {"kdh"}


def test_serang_has_the_offices_of_the_examples_and_those_every_region_has():
    serang = ALL["serang"]
    keys = {unit.key for unit in serang.units}

    assert {"setda", "asda1", "hukum", "organisasi", "diskominfo", "bappeda", "inspektorat"} <= keys
    assert {"kdh", "bkpsdm", "bpkad", "dinkes", "disdik", "dishub", "dpmptsp"} <= keys
    assert serang.unit("diskominfo").name == "Dinas Komunikasi, Informatika, Persandian dan Statistik"
    assert serang.unit("diskominfo").short == "Diskominfosatik"
    assert serang.unit("hukum").part_of == "setda"
    assert [post.title for post in serang.posts if post.unit == "kdh"] == ["Bupati Serang", "Wakil Bupati Serang"]
    assert serang.route == {"assistant": "asda1"}


def test_serangs_series_gives_the_number_of_2020():
    serang = ALL["serang"]
    series = serang.series[0]

    number = series.pattern.format(
        classification=series.classification, number=160, unit=serang.unit("diskominfo").abbreviation, year=2020
    )
    assert number == "656.1/Kep. 160-Huk.Diskominfo/2020"
    assert series.way == "own"


def test_what_the_examples_do_not_say_is_marked_as_practice():
    serang = next(file for file in read_files(SHIPPED) if file.facts.key == "serang")

    assert serang.unit_how_sure["inspektorat"] == "read"
    assert serang.unit_how_sure["dinkes"] == "practice"
    assert (serang.facts.seat, serang.seat_how_sure) == ("Ciruas", "practice")


def test_a_region_is_named_after_its_kind():
    assert ALL["serang"].establishing_office == "Bupati Serang"
    assert ALL["provinsi_contoh"].establishing_office == "Gubernur Contoh"
    assert ALL["kota_contoh"].establishing_office == "Wali Kota Contoh"


def test_a_province_has_a_biro_hukum():
    assert ALL["provinsi_contoh"].unit("hukum").name == "Biro Hukum"


def test_a_region_may_choose_its_term():
    terms = {file.facts.key: file.term for file in (*read_files(SHIPPED), *read_files(INVENTED))}

    assert terms["serang"] == "spbe"
    assert terms["provinsi_contoh"] == "pemdi"


def test_quiet_hours_are_the_institutions_own_or_those_of_the_night():
    assert ALL["serang"].quiet == (20, 6)
    assert ALL["kota_contoh"].quiet == (20, 6), "where its file says nothing"


def test_bases_can_be_stored_as_json():
    for facts in ALL.values():
        assert json.loads(json.dumps(facts.bases)) == list(facts.bases)
    assert date.fromisoformat(ALL["serang"].bases[0]["from"]) == date(2000, 10, 17)


WRONG = [
    # what stands in serang.yaml, what is written instead, what the refusal says
    ("timezone: Asia/Jakarta", "timezone: Asia/Serang", "Asia/Serang"),
    ("timezone: Asia/Jakarta", "timezone: ../../etc/passwd", "zona waktu"),
    ("region_kind: kabupaten", "region_kind: kecamatan", "bukan salah satu dari"),
    ("head_office: Bupati", "head_ofice: Bupati", "maksudnya 'head_office'"),
    ("    part_of: setda\n", "    part_of: sekda\n", "'sekda', tidak ada"),
    ("short: Setda, head", "short: Setda, part_of: hukum, head", "di bawah dirinya sendiri"),
    ("role: legal", "role: hukum", "peran 'hukum' tidak ada"),
    ("role: legal", "role: service", "'legal' harus dipegang tepat satu jabatan, ada 0"),
    ("role: planning", "role: legal", "'legal' harus dipegang tepat satu jabatan, ada 2"),
    ("role: assistant", "role: service", "assistant"),
    ("head: Kepala Dinas Sosial, ", "", "harus ada bersama-sama"),
    ("unit: kdh, role: deputy_head", "unit: kdhh, role: deputy_head", "unit 'kdhh' tidak ada"),
    ("key: dinsos", "key: dinkes", "unit 'dinkes' ditulis 2 kali"),
    ("{number}-Huk", "{nomor}-Huk", "tidak mengenal {nomor}"),
    ("{number}-Huk", "{number.__class__}-Huk", "tidak mengenal"),
    ("{number}-Huk", "{number-Huk", "pola nomor"),
    ("{number}-Huk", "160-Huk", "harus memuat {number}"),
    ('    classification: "656.1"\n', "", "classification"),
    ("way: own", "way: sendiri", "bukan salah satu dari"),
    ("start: 1", "start: 0", "nomor awal"),
    ("quiet_to: 6", "quiet_to: 24", "bilangan bulat dari 0 sampai 23"),
    ("assistant: asda1", "assistant: asda9", "jabatan 'asda9' dalam rute tidak ada (maksudnya 'asda1'?)"),
    ("from: 2000-10-17", "from: 2000-10-42", "2000-10-42"),
    ("    regulation: uu_23_2000\n", "", "salah satu"),
    ("    rank: 8\n", "", "'rank'"),
    ("key: serang\n", "key: serang2\n", "harus sama dengan nama berkas"),
    ("how_sure: read}", "how_sure: yakin}", "bukan salah satu dari"),
    ("name: Dinas Kesehatan", "name: ''", "harus ada teks"),
    ("name: Dinas Kesehatan", 'name: "Dinas\\x07Kesehatan"', "karakter kendali"),
    ("posts:\n", "posts: {}\nlainnya:\n", "tidak dikenal"),
    ("units:\n", "units: [\n", "YAML tidak terbaca"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_a_wrong_institution_file_is_refused_with_file_and_line(tmp_path: Path, old, new, says):
    shipped = (SHIPPED / "serang.yaml").read_text(encoding="utf-8")
    assert old in shipped
    folder = tmp_path / "institutions"
    folder.mkdir()
    (folder / "serang.yaml").write_text(shipped.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BrokenInstitution) as refusal:
        read_all(folder)

    assert refusal.value.file == "institutions/serang.yaml"
    assert says in str(refusal.value)


def test_the_line_named_is_the_line_of_the_mistake(tmp_path: Path):
    wrong = (SHIPPED / "serang.yaml").read_text(encoding="utf-8").replace("role: legal", "role: hukum")
    (tmp_path / "serang.yaml").write_text(wrong, encoding="utf-8")

    with pytest.raises(BrokenInstitution) as refusal:
        read_all(tmp_path)

    assert "role: hukum" in wrong.splitlines()[refusal.value.line - 1]


def test_an_empty_folder_is_refused(tmp_path: Path):
    with pytest.raises(BrokenInstitution, match="tidak ada berkas lembaga"):
        read_all(tmp_path)


def test_no_institution_file_names_a_person():
    for folder in (SHIPPED, INVENTED):
        for path in folder.glob("*.yaml"):
            assert "nip" not in path.read_text(encoding="utf-8").lower().split()
