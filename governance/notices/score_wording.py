"""The sentences of scores kept apart, rebuttals, and what an index is."""

SCORE_SUBJECTS: dict[str, str] = {
    "score.rebutted": "Sanggahan menunggu jawaban Anda: indikator %(item)s, %(year)s",
    "score.upheld": "Sanggahan diterima: indikator %(item)s, %(year)s",
    "score.not_upheld": "Sanggahan tidak diterima: indikator %(item)s, %(year)s",
}

SCORE_SENTENCES: dict[str, str] = {
    # What persons are told.
    "score.rebutted": "%(by)s menyanggah nilai %(stage)s indikator %(item)s tahun %(year)s: %(words)s Jawab sekali, dengan mengubah nilainya atau tidak.",
    "score.upheld": "%(by)s menerima sanggahan atas nilai %(stage)s indikator %(item)s tahun %(year)s, dan nilainya diubah. Jawaban: %(words)s",
    "score.not_upheld": "%(by)s tidak menerima sanggahan atas nilai %(stage)s indikator %(item)s tahun %(year)s. Jawaban: %(words)s",
    "stage.proposal": "usulan perangkat daerah",
    "stage.self": "penilaian mandiri",
    "stage.document": "penilaian dokumen",
    "stage.interview": "interviu",
    "stage.visit": "visitasi",
    "stage.final": "penilaian akhir",
    # What is refused, and what to do.
    "score.item_unknown": "Butir %(item)s tidak ada dalam instrumen siklus ini. Pilih dari daftarnya.",
    "score.no_number": "%(value)s bukan bilangan. Tulis misalnya 3, 2,35, atau 8/3.",
    "score.off_scale": "Nilai %(value)s di luar skala instrumen: harus antara %(least)s dan %(most)s.",
    "score.whole": "%(title)s memakai tingkat bulat, jadi %(value)s tidak dapat. Tulis tingkatnya, misalnya 3.",
    "score.explain": "Butir %(item)s: nilai %(value)s berbeda dari tahap sebelumnya (%(before)s). Tulis penjelasannya.",
    "score.why_back": "Butir %(item)s: menarik kembali nilai memerlukan alasan. Tulis penjelasannya.",
    "score.not_external": "Butir %(item)s tidak memakai indeks lain. Kosongkan kolom indeks asal.",
    "score.no_conversion": "Butir %(item)s: konversi %(index)s tidak diketahui, dan tidak ditebak. Tulis juga nilai yang ditetapkan pengampunya (%(custodian)s).",
    "score.other_conversion": "Butir %(item)s: menurut konversi, %(index)s itu menjadi %(converted)s, bukan %(typed)s. Kosongkan nilainya agar dihitung, atau jelaskan mengapa berbeda.",
    "score.source_off": "Butir %(item)s: %(index)s harus antara %(least)s dan %(most)s.",
    "score.no_such_evidence": "Butir %(item)s: ada bukti yang tidak ditawarkan untuk butir ini dalam siklus ini. Pilih dari daftarnya.",
    "score.twice": "Satu butir muncul dua kali dalam kiriman ini. Muat ulang halamannya, lalu isi lagi.",
    "score.not_in_round": "Tahap %(stage)s tidak ada dalam penilaian tahun %(year)s.",
    "score.not_open": "Penilaian tahun %(year)s masih disiapkan. Nilai diberikan sesudah siklusnya dibuka.",
    "score.handed_on": "Penilaian mandiri tahun %(year)s sudah diserahkan, jadi usulan dan nilai mandiri tidak berubah lagi. Mintalah penanggung jawab mengembalikannya bila perlu.",
    "score.not_your_item": "Butir %(items)s tidak termasuk yang Anda nilai dalam siklus ini. Asesornya yang lain.",
    "score.nothing_to_rebut": "Yang dapat disanggah hanya nilai yang diberikan penilai; usulan atau nilai yang sudah ditarik tidak.",
    "score.rebutted_already": "Sanggahan %(by)s atas nilai ini belum dijawab. Tunggu jawabannya.",
    "score.rebut_missing": "Tulis mengapa nilai ini tidak tepat.",
    "score.same_value": "Nilai yang diminta sama dengan nilai sekarang. Tulis nilai lain, atau kosongkan.",
    "score.answered_already": "Sanggahan ini sudah dijawab %(by)s. Satu sanggahan dijawab sekali.",
    "score.answer_missing": "Tulis jawabannya.",
    "score.upheld_value": "Sanggahan yang diterima mengubah nilai. Tulis nilai barunya.",
    "score.upheld_same": "Nilai ini sama dengan yang sekarang. Tulis nilai lain, atau jawab tanpa mengubah nilai.",
    # The trail.
    "trail.score.given": "memberi nilai %(stage)s",
    "trail.score.rebutted": "menyanggah nilai %(stage)s indikator %(item)s",
    "trail.score.upheld": "menerima sanggahan atas nilai %(stage)s indikator %(item)s",
    "trail.score.not_upheld": "tidak menerima sanggahan atas nilai %(stage)s indikator %(item)s",
}
