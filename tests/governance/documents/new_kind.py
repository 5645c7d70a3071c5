"""A kind that the program has never heard of: an assignment letter, as an institution's office might want it."""

from pathlib import Path

from tests.governance.documents import samples

KEY = "assignment_letter"
TITLE = "Penugasan Pengelola Data Pemerintah Kabupaten Serang Tahun 2026"
MANDATE = """
  - key: assignment_letter
    group: related
    title: Surat tugas pengelola data
    nature: practice
    established_by: Sekretaris Daerah
    instrument: naskah_dinas
    prepared_by: Dinas Komunikasi dan Informatika
    validity_years: 1
    depends_on: []
    duty:
      - from: null
        to: null
        strength: lazim
        regulation: null
        article: null
        says: Tidak ada pasal yang memerintahkannya
        how_sure: practice
    legal_basis: []
    required_sections:
      - {key: dasar, title: Dasar}
      - {key: petugas, title: Yang diberi tugas}
"""
KIND = """
key = "assignment_letter"
title = "Surat tugas pengelola data"
group = "related"
form = "naskah"
instrument = "Surat Tugas"
series = "naskah"
secrecy = "biasa"
establishes = "secretary"
numbering = "number"
[[route]]
who = "initiator_head"
move = "initial"
[[route]]
who = "secretary"
move = "approve"
[[sections]]
key = "all"
title = "Isi"
[[fields]]
key = "institution"
type = "institution"
label = "Pemerintah daerah"
section = "all"
[[fields]]
key = "year"
type = "year"
label = "Tahun"
section = "all"
required = true
[[fields]]
key = "title"
type = "text"
label = "Judul"
section = "all"
required = true
[[fields]]
key = "dated"
type = "date"
label = "Rencana tanggal"
section = "all"
[[fields]]
key = "considerations"
type = "texts"
label = "Dasar"
section = "all"
required = true
[[fields]]
key = "officers"
type = "table"
label = "Yang diberi tugas"
section = "all"
required = true
columns = [{key = "unit", label = "Perangkat Daerah", required = true}, {key = "task", label = "Tugas"}]
default = [{unit = "${digital}", task = "Mengelola data"}]
[[fields]]
key = "place"
type = "text"
label = "Tempat"
section = "all"
required = true
[[reasons]]
aspect = "yuridis"
regulation = "perpres_39_2019"
text = "${citation}"
[[parts]]
title = "Dasar"
field = "considerations"
covers = ["dasar"]
[[parts]]
title = "Yang Diberi Tugas"
field = "officers"
covers = ["petugas"]
[words]
heading = "Surat Tugas"
title = "Penugasan Pengelola Data ${institution} Tahun ${year}"
"""


def add_kind(law: Path, kinds: Path) -> None:
    """One entry in the law's file, one .toml and one .docx that another kind already uses: nothing else."""
    mandates = law / "mandates.yaml"
    before, mark, after = mandates.read_text(encoding="utf-8").partition("\ndrafting_flows:")
    assert mark
    mandates.write_text(f"{before}{MANDATE}{mark}{after}", encoding="utf-8")
    (kinds / f"{KEY}.toml").write_text(KIND, encoding="utf-8")
    (kinds / f"{KEY}.docx").write_bytes((samples.FOLDER / "ict_audit_internal.docx").read_bytes())
