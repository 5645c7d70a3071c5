"""Tables that are asked of offices again and again, as data: the architecture's six domains, and digital skills."""

from dataclasses import dataclass

from governance.tasks.wants import Cell, Column, Kind, Want

ARCHITECTURE = "Permenkominfo Nomor 4 Tahun 2024 Pasal 33 ayat (3)"
SKILLS = "Permenkominfo Nomor 4 Tahun 2024 Pasal 64 ayat (6)"
YES_NO = ("ya", "tidak")
STATES = ("beroperasi", "dikembangkan", "direncanakan", "dihentikan")


@dataclass(frozen=True)
class ReadyTable:
    """A table that can be chosen when asking; `basis` is the article under which it is usually asked."""

    want: Want
    basis: str


def _text(key: str, label: str, *, required: bool = False) -> Column:
    return Column(key, label, required=required)


def _number(key: str, label: str) -> Column:
    return Column(key, label, Cell.NUMBER)


def _day(key: str, label: str) -> Column:
    return Column(key, label, Cell.DAY)


def _choice(key: str, label: str, options: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(key, label, Cell.CHOICE, required=required, options=options)


def _table(key: str, label: str, basis: str, *columns: Column) -> ReadyTable:
    return ReadyTable(Want(key, label, Kind.TABLE, columns=columns), basis)


READY: tuple[ReadyTable, ...] = (
    _table(
        "business_processes", "Proses bisnis", ARCHITECTURE,
        _text("name", "Nama proses bisnis", required=True),
        _text("function", "Urusan pemerintahan", required=True),
        _text("output", "Keluaran"),
        _text("partners", "Perangkat daerah yang terlibat"),
        _choice("digital", "Sudah berbasis elektronik", ("seluruhnya", "sebagian", "belum")),
    ),
    _table(
        "data", "Data dan informasi", ARCHITECTURE,
        _text("name", "Nama data", required=True),
        _text("producer", "Bidang penghasil", required=True),
        _choice("nature", "Sifat", ("terbuka", "terbatas", "tertutup")),
        _choice("format", "Bentuk", ("basis data", "lembar kerja", "dokumen", "kertas")),
        _text("application", "Aplikasi pengelola"),
        _text("renewed", "Jadwal pemutakhiran"),
        _choice("shared", "Dibagipakaikan", YES_NO),
    ),
    _table(
        "services", "Layanan", ARCHITECTURE,
        _text("name", "Nama layanan", required=True),
        _choice("kind", "Jenis", ("administrasi pemerintahan", "pelayanan publik")),
        _text("users", "Penerima layanan", required=True),
        _choice("digital", "Sudah berbasis elektronik", ("seluruhnya", "sebagian", "belum")),
        _text("application", "Aplikasi yang dipakai"),
        _number("per_year", "Jumlah permohonan setahun"),
    ),
    _table(
        "applications", "Aplikasi", ARCHITECTURE,
        _text("name", "Nama aplikasi", required=True),
        _text("function", "Kegunaan", required=True),
        _choice("kind", "Jenis", ("umum", "khusus")),
        _choice("state", "Keadaan", STATES),
        _text("address", "Alamat"),
        _text("maker", "Pembuat"),
        _day("since", "Dipakai sejak"),
        _choice("source_kept", "Kode sumber dimiliki", YES_NO),
        _choice("integrated", "Terhubung dengan aplikasi lain", YES_NO),
    ),
    _table(
        "infrastructure", "Infrastruktur", ARCHITECTURE,
        _text("name", "Nama perangkat", required=True),
        _choice("kind", "Jenis", ("peladen", "penyimpanan", "perangkat jaringan", "koneksi internet", "lainnya")),
        _text("place", "Lokasi", required=True),
        _number("count", "Jumlah"),
        _number("year", "Tahun perolehan"),
        _choice("state", "Kondisi", ("baik", "rusak ringan", "rusak berat")),
    ),
    _table(
        "security", "Keamanan", ARCHITECTURE,
        _text("name", "Aplikasi atau perangkat", required=True),
        _choice("category", "Kategori sistem elektronik", ("strategis", "tinggi", "rendah"), required=False),
        _choice("backup", "Cadangan berkala", YES_NO),
        _day("tested", "Uji keamanan terakhir"),
        _number("incidents", "Insiden dua belas bulan terakhir"),
        _text("contact", "Jabatan penanggung jawab"),
    ),
    _table(
        "staff_skills", "Pegawai dan kompetensi teknologi informasi", SKILLS,
        _text("name", "Nama pegawai", required=True),
        _text("post", "Jabatan", required=True),
        _choice("status", "Status", ("PNS", "PPPK", "lainnya")),
        _text("education", "Pendidikan terakhir"),
        _choice("level", "Tingkat kompetensi", ("dasar", "menengah", "mahir")),
        _text("certificate", "Sertifikat"),
        _day("trained", "Pelatihan terakhir"),
    ),
)  # fmt: skip


def ready_table(key: str) -> Want | None:
    """The table of that key; None where there is none."""
    return next((one.want for one in READY if one.want.key == key), None)
