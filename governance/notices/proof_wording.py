"""The sentences of what an act proves, what is declared of it, and official wording that is loaded."""

PROOF_SUBJECTS: dict[str, str] = {
    "proof.offers": "Dapat menjadi bukti: %(title)s",
}

PROOF_SENTENCES: dict[str, str] = {
    # What is told.
    "proof.offers": 'Penetapan "%(title)s" dapat ditawarkan sebagai bukti penilaian %(year)s untuk indikator %(items)s. Buka untuk melihat tingkat dan syaratnya.',
    # Why it is refused.
    "proof.not_enacted": "Dokumen ini belum ditetapkan, jadi belum ada yang dapat dinyatakan. Tidak ada yang dicatat.",
    "proof.not_asked": "Keadaan ini tidak membuktikan apa pun bagi jenis dokumen ini. Pilih keadaan lain dalam daftar.",
    "proof.future": "Tanggal ini belum tiba (hari ini %(today)s). Nyatakan setelah terjadi.",
    "proof.before_enactment": "Harus sesudah penetapan (%(signed_on)s). Periksa tanggalnya.",
    "proof.said_already": "Keadaan ini sudah dinyatakan dengan tanggal yang sama. Tulis tanggal lain, atau tarik dahulu yang lama.",
    "proof.no_review": "Tindak lanjut menyusul reviu. Nyatakan dahulu reviunya, dengan tanggal yang sama atau lebih awal.",
    "proof.no_proof": "Unggah buktinya, atau pilih bukti yang sudah tersimpan.",
    "proof.two_proofs": "Pilih satu: berkas baru atau bukti yang sudah tersimpan.",
    "proof.unknown_evidence": "Bukti ini tidak ada atau sudah ditarik. Pilih yang lain, atau unggah berkasnya.",
    "proof.itself": "Penetapan tidak membuktikan pelaksanaan atau reviunya sendiri. Pilih bukti lain, misalnya laporan.",
    "proof.withdrawn_already": "Pernyataan ini sudah ditarik. Tidak ada yang dicatat.",
    "proof.followed_up": "Tindak lanjut yang dinyatakan bertumpu pada reviu ini. Tarik dahulu tindak lanjutnya. Tidak ada yang dicatat.",
    "proof.not_at_level": "Penetapan ini tidak membuktikan indikator %(item)s tingkat %(level)s dalam keadaannya sekarang. Lihat yang dibuktikannya, dan nyatakan dahulu pelaksanaan atau reviunya.",
    "proof.unknown_code": 'Butir bukti "%(code)s" tidak ada pada tingkat ini. Yang ada: %(known)s.',
    "proof.bar.revoked": "Penetapan ini sudah dicabut atau diganti, jadi tidak menjadi bukti. Tidak ada yang dicatat.",
    "proof.bar.expired": "Penetapan ini sudah habis masa berlakunya, jadi tidak menjadi bukti. Tidak ada yang dicatat.",
    "proof.bar.awaits_promulgation": "Peraturan ini belum diundangkan, jadi belum menjadi bukti. Tidak ada yang dicatat.",
    "proof.bar.too_late": "Penetapan ini ditandatangani sesudah batas penilaian, jadi tidak menjadi bukti di sini. Tidak ada yang dicatat.",
    # How an act stands as evidence.
    "bar.revoked": "Sudah dicabut atau diganti, jadi tidak menawarkan diri sebagai bukti.",
    "bar.expired": "Sudah habis masa berlakunya, jadi tidak menawarkan diri sebagai bukti.",
    "bar.awaits_promulgation": "Belum diundangkan, jadi belum menawarkan diri sebagai bukti.",
    "bar.too_late": "Ditandatangani sesudah batas penilaian, jadi tidak menawarkan diri di dalamnya.",
    # What can be declared, inside sentences.
    "declared.implemented_part": "dilaksanakan sebagian",
    "declared.implemented_full": "dilaksanakan seluruhnya",
    "declared.reviewed": "direviu dan dievaluasi",
    "declared.followed_up": "hasil reviu ditindaklanjuti",
    # Official wording.
    "criteria.dry": "Hanya dihitung: tidak ada yang dimuat.",
    # The trail.
    "trail.criteria.loaded": "memuat bunyi resmi kriteria %(instrument)s dari %(source)s: %(added)s baru, %(changed)s diganti, %(removed)s dikeluarkan",
    "trail.act.declared": "menyatakan %(declared)s pada %(since_on)s, bukti %(evidence)s: %(pointer)s",
    "trail.act.declaration_withdrawn": "menarik pernyataan %(declared)s pada %(since_on)s: %(reason)s",
    "trail.act.offered": "menawarkannya sebagai bukti penilaian %(year)s, indikator %(item)s tingkat %(level)s: %(pointer)s",
    "trail.act.offers_told": "memberi tahu bahwa penetapan ini dapat menjadi bukti (%(cycles)s penilaian)",
}
