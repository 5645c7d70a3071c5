"""The sentences of holdings: who holds which post from when, and what stands against it."""

HOLDING_SUBJECTS: dict[str, str] = {
    "holding.entered": "%(title)s: %(name)s mulai %(from_on)s",
    "holding.entered_open": "%(title)s: %(name)s mulai %(from_on)s",
    "holding.end_corrected": "%(title)s: %(name)s sampai %(to_on)s",
    "holding.end_corrected_open": "%(title)s: %(name)s tanpa tanggal akhir",
    "holding.withdrawn": "%(title)s: penugasan %(name)s dibatalkan",
    "holding.withdrawn_open": "%(title)s: penugasan %(name)s dibatalkan",
}

HOLDING_SENTENCES: dict[str, str] = {
    # What persons are told.
    "holding.entered": "%(by)s mencatat %(name)s sebagai %(title)s dari %(from_on)s sampai %(to_on)s. Dokumen yang tersentuh: %(count)s.",
    "holding.entered_open": "%(by)s mencatat %(name)s sebagai %(title)s sejak %(from_on)s. Dokumen yang tersentuh: %(count)s.",
    "holding.end_corrected": "%(by)s mengubah hari terakhir %(name)s sebagai %(title)s menjadi %(to_on)s. Dokumen yang tersentuh: %(count)s.",
    "holding.end_corrected_open": "%(by)s menghapus hari terakhir %(name)s sebagai %(title)s. Dokumen yang tersentuh: %(count)s.",
    "holding.withdrawn": "%(by)s membatalkan penugasan %(name)s sebagai %(title)s yang akan mulai %(from_on)s.",
    "holding.withdrawn_open": "%(by)s membatalkan penugasan %(name)s sebagai %(title)s yang akan mulai %(from_on)s.",
    # What is refused, and what to do.
    "holding.overlap": "%(name)s sudah memegang jabatan itu dari %(from_on)s sampai %(to_on)s. Ubah hari terakhirnya dahulu, atau pilih tanggal lain.",
    "holding.overlap_open": "%(name)s memegang jabatan itu sejak %(from_on)s tanpa tanggal akhir. Catat hari terakhirnya dahulu.",
    "holding.not_vacant": "Pj. dan Plt. hanya untuk jabatan yang kosong, sedangkan %(name)s memegangnya dari %(from_on)s sampai %(to_on)s. Bila ia berhalangan sementara, pilih Plh.",
    "holding.not_vacant_open": "Pj. dan Plt. hanya untuk jabatan yang kosong, sedangkan %(name)s memegangnya sejak %(from_on)s. Bila ia berhalangan sementara, pilih Plh.; bila ia berhenti, catat hari terakhirnya dahulu.",
    "holding.still_acting": "%(name)s menjalankan jabatan itu sebagai Pj. atau Plt. dari %(from_on)s sampai %(to_on)s. Majukan hari terakhirnya dahulu, lalu catat pejabat definitif.",
    "holding.circle": "Tidak boleh saling menggantikan: pada hari yang sama, langsung atau lewat orang lain, %(name)s menggantikan orang ini. Pilih pengganti lain.",
    "holding.letter_missing": "Tulis nomor surat penunjukannya. Pj., Plt., dan Plh. hanya berdasar surat.",
    "holding.letter_future": "Tanggal surat masih akan datang. Periksa tanggalnya.",
    "holding.end_missing": "Tulis hari terakhirnya. Penugasan Pj., Plt., dan Plh. selalu berbatas waktu.",
    "holding.person_missing": "Pilih orangnya, atau isi akun baru untuknya.",
    "holding.own": "Jabatan untuk diri sendiri dicatat oleh orang lain. Minta pengelola lain mencatatnya.",
    "holding.username": "Nama pengguna hanya huruf, angka, titik, dan tanda hubung.",
    "holding.username_taken": "Nama pengguna itu sudah dipakai. Pilih yang lain.",
    "holding.past": "Hari terakhir tidak boleh sebelum %(day)s: yang dilakukan sampai hari itu dilakukan oleh pemegangnya.",
    "holding.begun": "Penugasan ini sudah mulai, jadi tidak dapat dibatalkan. Ubah hari terakhirnya.",
    "holding.too_long": "%(rule)s (%(article)s). Penugasan ini lebih lama.",
    # The trail, line by line.
    "trail.holding.entered": "mencatat pemegang jabatan mulai %(from_on)s",
    "trail.holding.end_corrected": "mengubah hari terakhir pemegang jabatan",
    "trail.holding.withdrawn": "membatalkan penugasan yang akan mulai %(from_on)s",
}
