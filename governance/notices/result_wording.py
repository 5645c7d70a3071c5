"""The sentences of what the ministry published and recommended, and what became of it."""

RESULT_SUBJECTS: dict[str, str] = {
    "recommendation.given": "Rekomendasi evaluasi %(year)s: %(what)s",
    "recommendation.done": "Rekomendasi %(number)s tahun %(year)s selesai",
    "recommendation.not_done": "Rekomendasi %(number)s tahun %(year)s belum dilaksanakan",
}

RESULT_SENTENCES: dict[str, str] = {
    # What persons are told.
    "recommendation.given": "Hasil evaluasi tahun %(year)s merekomendasikan kantor Anda (rekomendasi %(number)s): %(what)s Paling lambat: %(due_on)s.",
    "recommendation.done": "%(by)s menyatakan rekomendasi %(number)s hasil evaluasi %(year)s selesai: %(words)s",
    "recommendation.not_done": "%(by)s menyatakan rekomendasi %(number)s hasil evaluasi %(year)s belum dilaksanakan: %(words)s",
    # What does not fit in a published result: it is kept as published.
    "result.doubt.predicate": "Predikat yang diterbitkan %(published)s, sedangkan menurut batas instrumen ini indeks %(index)s berpredikat %(named)s. Yang disimpan: seperti diterbitkan.",
    "result.doubt.predicate_rounding": "Predikat yang diterbitkan %(published)s; indeks %(index)s tepat di batas, dan menurut angka yang dibulatkan predikatnya %(named)s. Selisihnya dapat berasal dari pembulatan.",
    "result.doubt.sum": "%(name)s diterbitkan %(published)s, sedangkan nilai-nilai di bawahnya memberi %(computed)s (eksak %(exact)s). Periksa salinannya; yang disimpan: seperti diterbitkan.",
    "result.doubt.rounding": "%(name)s diterbitkan %(published)s, sedangkan nilai-nilai di bawahnya memberi %(computed)s (eksak %(exact)s). Selisihnya dapat berasal dari pembulatan.",
    # What is refused, and what to do.
    "result.no_value": "Tulis paling sedikit satu nilai: indeks, domain, aspek, atau indikator seperti diterbitkan.",
    "result.no_number": "Indeks %(value)s bukan bilangan. Tulis seperti pada keputusan, misalnya 2,40.",
    "result.off_scale": "Indeks %(value)s di luar skala instrumen ini, %(least)s sampai %(most)s. Periksa instrumen dan angkanya.",
    "result.year": "Tahun hasil antara %(first)s dan %(last)s.",
    "result.year_taken": "Hasil tahun %(year)s sudah dicatat. Buka hasil itu, lalu koreksi dengan alasan.",
    "result.before_year": "Keputusan itu bertanggal sebelum tahun %(year)s. Periksa tanggal dan tahunnya.",
    "result.source_missing": "Tulis sumbernya: keputusan menteri, surat, atau alamat halaman yang memuat angka ini.",
    "result.reason_missing": "Tulis alasannya. Catatan lama tetap dapat dibaca bersama alasan ini.",
    "result.withdrawn": "Hasil tahun %(year)s ini sudah ditarik. Buka hasil yang berlaku.",
    "result.instrument_of_cycle": "Penilaian tahun %(year)s di sini memakai instrumen lain. Pilih instrumen penilaian itu.",
    "result.target_of_cycle": "Target tahun %(year)s tersimpan pada penilaiannya dan berbeda. Kosongkan, atau ubah di halaman penilaian.",
    "result.peers_missing": "Tulis siapa yang dirata-rata, misalnya kabupaten dan kota se-Banten.",
    "recommendation.no_result": "Hasil tahun %(year)s belum dicatat. Catat hasilnya dahulu, lalu rekomendasinya.",
    "recommendation.number_taken": "Rekomendasi %(number)s tahun %(year)s sudah dicatat. Kosongkan nomornya, atau tulis nomor lain.",
    "recommendation.number": "Nomor rekomendasi antara 1 dan %(last)s.",
    "recommendation.item_unknown": "Indikator %(item)s tidak ada pada instrumen tahun itu. Pilih dari daftar, atau kosongkan.",
    "recommendation.unit_missing": "Pilih perangkat daerah yang menindaklanjuti.",
    "recommendation.answer_missing": "Pilih: sudah dilaksanakan, atau belum.",
    "recommendation.outcome_missing": "Tulis apa yang sudah dilakukan, atau mengapa belum. Keterangan ini dibaca pada evaluasi berikutnya.",
    "recommendation.year": "Tahun tindak lanjut antara %(first)s dan %(last)s.",
    # The trail, line by line.
    "trail.recommendation.recorded": "mencatat rekomendasi %(recommendation)s hasil tahun %(year)s: %(asked)s",
    "trail.recommendation.handed_out": "memberikan rekomendasi %(recommendation)s tahun %(year)s sebagai tugas",
    "trail.recommendation.done": "menyatakan rekomendasi %(recommendation)s tahun %(year)s selesai: %(words)s",
    "trail.recommendation.not_done": "menyatakan rekomendasi %(recommendation)s tahun %(year)s belum dilaksanakan: %(words)s",
    "trail.result.recorded": "mencatat hasil tahun %(year)s",
    "trail.result.corrected": "mengoreksi hasil tahun %(year)s: %(reason)s",
    "trail.result.withdrawn": "menarik hasil tahun %(year)s: %(reason)s",
    "trail.peers.loaded": "memuat %(count)s rata-rata sejawat dari berkas",
    "trail.peers.kept": "mencatat rata-rata %(peers)s tahun %(year)s",
}
