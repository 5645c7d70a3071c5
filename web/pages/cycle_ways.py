"""The ways on from a cycle's page: each part of the assessment has its line, told in the stages where it is of use."""

from collections.abc import Collection
from dataclasses import dataclass

from governance.assessment.course import Stage
from web.wording import marked

EVER = frozenset(Stage)
FROM_OPENING = EVER - {Stage.PREPARATION}


@dataclass(frozen=True)
class Way:
    """A way on: the endpoint (it takes `cycle_id` where `of_cycle`), what stands on it, what is found there, when."""

    endpoint: str
    label: str
    about: str
    stages: Collection[Stage] = EVER
    of_cycle: bool = True


WAYS: tuple[Way, ...] = (
    Way(
        "pages.cycle_seats",
        marked("Peran dan asesor"),
        marked("Koordinator, penanggung jawab, entri data, dan siapa menilai indikator mana."),
    ),
    Way(
        "pages.cycle_shares",
        marked("Pembagian indikator"),
        marked("Perangkat daerah yang bertanggung jawab atas setiap indikator, dan kontributornya."),
    ),
    Way(
        "pages.my_indicators",
        marked("Indikator kantor Anda"),
        marked("Yang diminta tingkat berikutnya, yang kurang, dan catatan asesor."),
        FROM_OPENING,
        of_cycle=False,
    ),
    Way(
        "pages.cycle_evidence",
        marked("Bukti"),
        marked("Kemajuan tiap indikator, yang menunggu penilaian asesor, dan draf kantor Anda."),
        FROM_OPENING,
    ),
    Way(
        "pages.cycle_offers",
        marked("Penetapan sebagai bukti"),
        marked("Yang dapat ditawarkan, dan indikator yang tidak dapat dinaikkan dokumen mana pun."),
        FROM_OPENING,
    ),
    Way(
        "pages.cycle_scores",
        marked("Nilai setiap tahap"),
        marked("Usulan, nilai mandiri, dan nilai kementerian per butir, dengan selisih, penjelasan, dan sanggahannya."),
        FROM_OPENING,
    ),
    Way(
        "pages.index",
        marked("Indeks"),
        marked("Nilai sementara, rentang, aspek, dan peta panas indikator dengan perangkat daerah."),
    ),
    Way(
        "pages.cheapest_path",
        marked("Jalur termurah"),
        marked("Langkah ke target dengan upaya paling kecil: dokumen yang dirancang, OPD yang diminta."),
    ),
    Way(
        "pages.efforts", marked("Upaya"), marked("Berapa upaya setiap langkah dan dokumen: lazim atau dicatat sendiri.")
    ),
    Way(
        "pages.cycle_sheets",
        marked("Buku kerja"),
        marked("Pembagian, nilai, dan upaya dalam satu berkas Excel: diunduh, diisi, diperiksa, dimasukkan."),
    ),
    Way(
        "pages.index_brief",
        marked("Satu halaman untuk Sekda"),
        marked("Nilai dan target, tiga langkah terbaik, yang terlambat, yang menunggu keputusan: satu halaman cetak."),
    ),
    Way(
        "pages.cycle_papers",
        marked("Naskah siklus"),
        marked("Laporan, Berita Acara, dan persetujuan publikasi, disusun dari data siklus."),
        FROM_OPENING,
    ),
    Way(
        "pages.cycle_portal",
        marked("Berkas portal nasional"),
        marked("Bukti yang diterima, dinamai menurut kode bukti, dengan penjelasannya, dalam satu zip."),
        FROM_OPENING,
    ),
    Way(
        "pages.index_years",
        marked("Riwayat indeks"),
        marked("Hasil resmi tahun demi tahun, dengan patahan instrumen, target, dan pembanding."),
        of_cycle=False,
    ),
    Way(
        "pages.recommendations",
        marked("Rekomendasi"),
        marked("Yang masih terbuka dari hasil tahun-tahun lalu, menurut perangkat daerah."),
        of_cycle=False,
    ),
)


def ways_of(stage: Stage) -> list[Way]:
    """The ways that are of use in that stage, in the order of the list."""
    return [way for way in WAYS if stage in way.stages]
