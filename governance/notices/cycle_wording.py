"""The sentences of a year's assessment as a whole: what is told, refused, and still missing before it closes."""

CYCLE_SUBJECTS: dict[str, str] = {
    "cycle.opened": "Penilaian %(year)s dibuka",
    "cycle.handed_on": "Penilaian mandiri %(year)s menunggu Anda",
    "cycle.sent_back": "Penilaian mandiri %(year)s dikembalikan",
    "cycle.was_closed": "Penilaian %(year)s ditutup",
}

CYCLE_SENTENCES: dict[str, str] = {
    "cycle.closed": "Penilaian tahun %(year)s sudah ditutup dan tidak dapat diubah. Bacalah sebagaimana adanya, atau kerjakan siklus yang masih terbuka.",
    # What persons are told.
    "cycle.opened": "%(by)s membuka penilaian tahun %(year)s. Anda mempunyai peran di dalamnya: lihat bagian Anda dan batas waktunya.",
    "cycle.handed_on": "%(by)s menyerahkan penilaian mandiri tahun %(year)s kepada Anda. Periksa, lalu tutup atau kembalikan. Catatan: %(words)s",
    "cycle.sent_back": "%(by)s mengembalikan penilaian mandiri tahun %(year)s. Yang harus diperbaiki: %(words)s",
    "cycle.was_closed": "%(by)s menutup penilaian tahun %(year)s. Isinya dibekukan dan tidak dapat diubah lagi.",
    # What is refused, and what to do.
    "cycle.year": "Tahun harus antara %(first)s dan %(last)s.",
    "cycle.year_there": "Penilaian tahun %(year)s sudah ada. Buka dari daftar penilaian.",
    "cycle.no_instrument": "Instrumen ini tidak dikenal. Pilih salah satu dari daftar.",
    "cycle.no_mapping": "Belum ada padanan antara instrumen tahun %(year)s dan instrumen yang dipilih. Siapkan tanpa membawa bukti.",
    "cycle.carry_later": "Hanya penilaian tahun sebelumnya yang dapat dibawa; %(year)s bukan tahun sebelumnya.",
    "cycle.target_not_number": "Target bukan angka. Tulis misalnya 2,60 atau 13/5.",
    "cycle.target_beyond": "Target harus antara %(low)s dan %(high)s, menurut skala instrumen ini.",
    "cycle.reason_missing": "Tulis alasannya: apa yang harus diperbaiki sebelum diserahkan lagi.",
    # What is missing before the next move.
    "cycle.lack.no_shares": "Belum ada indikator yang dibagi kepada perangkat daerah. Bagilah dahulu: tanpa itu tidak ada yang mendapat tugas.",
    "cycle.lack.items_alone": "%(count)s indikator belum mempunyai penanggung jawab (%(items)s).",
    "cycle.lack.seat.assessor": "Belum ada asesor internal. Tanpa asesor, bukti tidak ada yang memeriksa.",
    "cycle.lack.seat.answerable": "Belum ada penanggung jawab, yang menerima atau mengembalikan penilaian mandiri.",
    "cycle.lack.seat.coordinator": "Belum ada koordinator (Sekretaris Daerah).",
    "cycle.lack.seat.data_entry": "Belum ada pelaksana entri data.",
    "cycle.lack.no_target": "Target indeks (IKD) belum ditulis.",
    "cycle.lack.no_ready_by": "Batas kelengkapan bukti belum ditetapkan.",
    "cycle.lack.handed_to_nobody": "Belum ada penanggung jawab atau koordinator yang menerima penilaian mandiri. Tetapkan salah satunya.",
    "cycle.lack.unrated": "%(count)s indikator belum dinilai (%(items)s).",
    "cycle.lack.no_final": "%(count)s indikator belum mempunyai nilai akhir (%(items)s).",
    "cycle.lack.unanswered": "%(count)s sanggahan belum dijawab.",
    "cycle.lack.in_process": "%(count)s bukti masih diperiksa asesor.",
    "cycle.lack.drafts": "%(count)s bukti masih draf atau diminta diperbaiki.",
    "cycle.lack.report": "%(mandate)s belum ditetapkan.",
    "cycle.lack.no_paper": "%(mandate)s belum ada. Susun, lalu mintakan tanda tangan.",
    "cycle.lack.unsigned": "%(mandate)s belum ditandatangani.",
    "cycle.lack.no_paper.unsure": "%(mandate)s belum ada. Belum pasti diwajibkan: periksa naskah instrumennya.",
    "cycle.lack.unsigned.unsure": "%(mandate)s belum ditandatangani. Belum pasti diwajibkan: periksa naskah instrumennya.",
    "cycle.lack.papers_unknown": "Belum diketahui surat apa yang harus ditandatangani sebelum ditutup: periksa naskah instrumennya.",
    # What came along from the cycle before.
    "cycle.carried_explanation": "Dibawa dari butir %(item)s tingkat %(level)s tahun %(year)s; tingkatnya baru usulan, periksa lagi dengan kriteria baru.",
    "cycle.carried_step": "Dibawa dari penilaian tahun %(year)s.",
    # A closed cycle read again, at the terminal.
    "cycle.no_institution": "Pemerintah daerah %(institution)s tidak ada.",
    "cycle.not_closed": "Tidak ada penilaian tahun %(year)s yang sudah ditutup.",
    "cycle.whole": "utuh",
    "cycle.differs": "BERBEDA pada %(tables)s",
    "cycle.file_damaged": "RUSAK: berkas bekunya hilang atau isinya berubah",
    "cycle.computed_differs": "Baris-barisnya utuh, tetapi data instrumen %(instrument)s sekarang menghitung indeks yang berbeda dari saat ditutup.",
    # The trail.
    "trail.cycle.set_up": "menyiapkan penilaian tahun %(year)s dengan instrumen %(instrument)s; bukti yang dibawa: %(evidence)s",
    "trail.cycle.changed": "mengubah rencana penilaian",
    "trail.cycle.opened": "membuka penilaian tahun %(year)s",
    "trail.cycle.handed_on": "menyerahkan penilaian mandiri tahun %(year)s kepada penanggung jawab",
    "trail.cycle.sent_back": "mengembalikan penilaian mandiri tahun %(year)s: %(words)s",
    "trail.cycle.closed": "menutup penilaian tahun %(year)s; sha256 %(sha256)s",
}
