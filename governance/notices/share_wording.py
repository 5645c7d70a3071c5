"""The sentences of who takes which part in a cycle and which office has which indicator."""

SHARE_SUBJECTS: dict[str, str] = {
    "share.handed_out": "Indikator kantor Anda untuk penilaian tahun %(year)s: %(count)s",
    "share.handed_out_undated": "Indikator kantor Anda untuk penilaian tahun %(year)s: %(count)s",
    "share.added": "Indikator baru untuk kantor Anda: %(items)s",
    "share.added_undated": "Indikator baru untuk kantor Anda: %(items)s",
    "share.removed": "Indikator yang tidak lagi diminta dari kantor Anda: %(removed)s",
    "share.exchanged": "Indikator kantor Anda berganti: %(items)s",
    "share.exchanged_undated": "Indikator kantor Anda berganti: %(items)s",
    "share.seated_coordinator": "Penilaian tahun %(year)s: Anda koordinator",
    "share.seated_answerable": "Penilaian tahun %(year)s: Anda penanggung jawab",
    "share.seated_data_entry": "Penilaian tahun %(year)s: Anda pelaksana entri data",
    "share.seated_assessor": "Penilaian tahun %(year)s: Anda asesor internal",
}

SHARE_SENTENCES: dict[str, str] = {
    # What persons are told.
    "share.handed_out": "Penilaian tahun %(year)s dibuka. Indikator yang menjadi bagian kantor Anda: %(count)s."
    " Serahkan buktinya paling lambat %(due_on)s.",
    "share.handed_out_undated": "Penilaian tahun %(year)s dibuka. Indikator yang menjadi bagian kantor Anda: %(count)s."
    " Batas waktunya belum ditentukan.",
    "share.added": "Kantor Anda mendapat bagian dalam indikator %(items)s untuk penilaian tahun %(year)s."
    " Serahkan buktinya paling lambat %(due_on)s.",
    "share.added_undated": "Kantor Anda mendapat bagian dalam indikator %(items)s untuk penilaian tahun %(year)s."
    " Batas waktunya belum ditentukan.",
    "share.removed": "Indikator %(removed)s untuk penilaian tahun %(year)s tidak lagi diminta dari kantor Anda."
    " Yang sudah diserahkan tetap tersimpan.",
    "share.exchanged": "Pembagian indikator penilaian tahun %(year)s berubah. Kantor Anda mendapat indikator %(items)s"
    " (bukti paling lambat %(due_on)s) dan tidak lagi diminta untuk indikator %(removed)s.",
    "share.exchanged_undated": "Pembagian indikator penilaian tahun %(year)s berubah. Kantor Anda mendapat indikator"
    " %(items)s dan tidak lagi diminta untuk indikator %(removed)s.",
    "share.seated_coordinator": "Jabatan Anda menjadi koordinator penilaian tahun %(year)s: hasilnya disampaikan oleh Anda.",
    "share.seated_answerable": "Jabatan Anda menjadi penanggung jawab penilaian tahun %(year)s: penilaian mandiri Anda"
    " teruskan atau kembalikan.",
    "share.seated_data_entry": "Jabatan Anda menjadi pelaksana entri data penilaian tahun %(year)s: nilai dari kementerian"
    " Anda yang mencatat.",
    "share.seated_assessor": "Jabatan Anda menjadi asesor internal penilaian tahun %(year)s: Anda memeriksa bukti dan"
    " memberi nilai.",
    # What is refused, and what to do.
    "share.no_asker": "Belum ada jabatan kepala Diskominfo pada pemerintah daerah ini, padahal dialah yang meminta bukti."
    " Hubungi administrator.",
    "share.item_unknown": "Indikator %(item)s tidak ada pada instrumen penilaian ini. Muat ulang halaman, lalu pilih lagi.",
    "share.unit_unknown": "Perangkat daerah yang dipilih untuk indikator %(item)s tidak ada. Muat ulang halaman, lalu"
    " pilih lagi.",
    "share.responsible_missing": "Pilih satu perangkat daerah yang bertanggung jawab atas indikator %(item)s.",
    "share.post_missing": "Pilih satu jabatan.",
    "share.post_unknown": "Jabatan yang dipilih tidak ada. Muat ulang halaman, lalu pilih lagi.",
    "share.no_assessor": "Pilih paling sedikit satu asesor internal: tanpa asesor tidak ada yang menilai bukti.",
    "share.items_unknown": "Tidak ada pada instrumen ini: %(items)s. Tulis nomor indikator dipisah koma, atau kosongkan"
    " bila menilai semuanya.",
    # Why a rating is warned of, and what to do. A warning never stands in the way.
    "share.conflict.own_work": "Asesor menilai indikator yang menjadi bagian kantornya sendiri, dan nilai atas bukti"
    " sendiri mudah diragukan penilai luar. Batasi indikator yang dinilainya, atau minta asesor lain menilainya.",
    "share.conflict.audit_indicators": "Inspektorat menilai indikator audit, padahal Inspektorat sendiri yang mengaudit."
    " Serahkan indikator itu kepada asesor dari kantor lain.",
    "share.conflict.audits": "Kantor asesor termasuk tim audit TIK yang sedang berlaku: yang mengaudit sebaiknya tidak"
    " menilai pokok yang sama. Batasi indikator yang dinilainya, atau tunjuk asesor dari kantor lain.",
    "share.lack.conflicts": "%(count)s peringatan benturan: asesor menilai yang dikerjakan atau diaudit kantornya sendiri."
    " Lihat siapa dan indikator mana.",
    # The trail.
    "trail.share.laid_out": "menyusun usulan pembagian indikator dan peran (%(rows)s baris)",
    "trail.share.set": "mengubah pembagian indikator %(items)s",
    "trail.share.seated": "menetapkan peran dalam penilaian",
    "trail.share.handed_out": "meminta bukti dari %(units)s perangkat daerah (%(tasks)s tugas)",
    "trail.share.followed": "menyesuaikan tugas dengan pembagian indikator: %(given)s diberikan, %(cancelled)s dibatalkan",
}
