"""The sentences of evidence: offered, judged, withdrawn, refused."""

EVIDENCE_SUBJECTS: dict[str, str] = {
    "evidence.submitted": "Bukti menunggu penilaian Anda: %(unit)s, siklus %(year)s",
    "evidence.returned.wrong_object": "Bukti dikembalikan, objek lain: indikator %(item)s tingkat %(level)s",
    "evidence.returned.not_uploaded": "Bukti dikembalikan, berkas tidak diunggah: indikator %(item)s tingkat %(level)s",
    "evidence.returned.lower_level_open": "Bukti dikembalikan, tingkat di bawahnya terbuka: indikator %(item)s tingkat %(level)s",
    "evidence.reopened": "Bukti ditinjau lagi: indikator %(item)s tingkat %(level)s",
}

EVIDENCE_SENTENCES: dict[str, str] = {
    # What persons are told.
    "evidence.submitted": "%(unit)s mengajukan bukti untuk siklus %(year)s. Buka antreannya, lalu terima atau kembalikan.",
    "evidence.returned.wrong_object": "%(by)s mengembalikan %(name)s (indikator %(item)s, tingkat %(level)s): yang dibuktikan objek lain. Catatan: %(words)s",
    "evidence.returned.not_uploaded": "%(by)s mengembalikan %(name)s (indikator %(item)s, tingkat %(level)s): berkas yang dimaksud tidak diunggah. Catatan: %(words)s",
    "evidence.returned.lower_level_open": "%(by)s mengembalikan %(name)s (indikator %(item)s, tingkat %(level)s): tingkat di bawahnya masih terbuka. Catatan: %(words)s",
    "evidence.reopened": "%(by)s meninjau lagi %(name)s (indikator %(item)s, tingkat %(level)s), jadi belum dihitung. Catatan: %(words)s",
    # What is refused, and what to do.
    "evidence.place_missing": "Pilih untuk tingkat dan butir bukti yang mana.",
    "evidence.nothing": "Pilih berkasnya, atau pilih bukti yang sudah ada.",
    "evidence.one_thing": "Pilih satu saja: berkas baru, bukti yang sudah ada, atau penetapan.",
    "evidence.empty_file": "Berkas %(name)s kosong. Periksa berkasnya, lalu unggah lagi.",
    "evidence.infected": "Berkas %(name)s ditolak: pemindai virus menemukan %(found)s. Tidak ada yang disimpan. Bersihkan komputer asalnya, lalu buat berkasnya lagi.",
    "evidence.not_screened": "Berkas %(name)s belum dapat diterima: pemindai virus sedang tidak menjawab. Tidak ada yang disimpan. Coba lagi beberapa menit lagi.",
    "evidence.not_open": "Siklus %(year)s masih disiapkan. Bukti diterima sesudah siklusnya dibuka.",
    "evidence.item_unknown": "Indikator %(item)s tidak ada dalam instrumen siklus ini. Pilih dari daftarnya.",
    "evidence.level_unknown": "Tingkat %(level)s tidak meminta bukti pada indikator ini. Pilih salah satu: %(known)s.",
    "evidence.code_unknown": "Butir bukti %(code)s bukan milik tingkat ini. Pilih salah satu: %(known)s.",
    "evidence.dated_later": "Tanggal bukti sesudah hari ini (%(today)s). Perbaiki tanggalnya.",
    "evidence.expires_early": "Masa berlaku berakhir sebelum tanggal buktinya (%(dated_on)s). Perbaiki salah satu.",
    "evidence.secrecy_shared": "Perangkat daerah lain juga memakai bukti ini, jadi klasifikasinya tidak dapat diturunkan.",
    "evidence.nothing_to_submit": "Tidak ada draf bukti perangkat daerah Anda yang dapat diajukan. Tambahkan bukti dahulu.",
    "evidence.withdraw_reason": "Tulis alasan menariknya.",
    "evidence.lies_with_assessors": "Bukti ini sedang di tangan asesor atau sudah diterima, jadi keterangannya tidak dapat diubah. Tarik dahulu, atau tunggu jawabannya.",
    "evidence.not_yours": "Bukti ini berasal dari perangkat daerah lain. Yang dapat Anda ubah hanya penunjukan dan penjelasannya.",
    "evidence.not_your_item": "Indikator %(item)s bukan bagian Anda sebagai asesor pada siklus ini.",
    "evidence.no_lower_open": "Semua tingkat di bawah tingkat %(level)s sudah berbukti. Pilih alasan lain.",
    "evidence.words_missing": "Tulis apa yang harus dilakukan, agar perangkat daerahnya tahu.",
    "evidence.reason_missing": "Pilih satu dari tiga alasan.",
    "evidence.nothing_handed": "Tidak ada berkas terakhir yang menjawab butir bukti. Pilih berkasnya satu per satu pada halaman indikator.",
    "evidence.in_use": "Bukti ini masih dipakai pada indikator, atau menjadi bukti sebuah pernyataan. Tarik dahulu semua pemakaiannya.",
    # The trail, line by line.
    "trail.evidence.discarded": "mengeluarkan berkas dari bukti",
    "trail.evidence.offered": "menambahkan bukti untuk indikator %(item)s tingkat %(level)s",
    "trail.evidence.offered_handed": "menjadikan bukti apa yang diserahkan untuk indikator %(item)s",
    "trail.evidence.submitted": "mengajukan bukti kepada asesor",
    "trail.evidence.withdrawn": "menarik bukti indikator %(item)s tingkat %(level)s",
    "trail.evidence.mended": "mengubah keterangan bukti indikator %(item)s tingkat %(level)s",
    "trail.evidence.accept": "menerima bukti indikator %(item)s tingkat %(level)s",
    "trail.evidence.send_back": "mengembalikan bukti indikator %(item)s tingkat %(level)s",
    "trail.evidence.reopen": "meninjau lagi bukti indikator %(item)s tingkat %(level)s",
}
