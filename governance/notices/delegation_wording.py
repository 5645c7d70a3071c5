"""The sentences of who signs: delegations (a.n.), the signature block, and strategic decisions of a Plt. or Plh."""

DELEGATION_SENTENCES: dict[str, str] = {
    # What is refused, and what to do.
    "delegation.own": "Delegasi kepada atau dari jabatan Anda sendiri dicatat oleh orang lain. Minta pengelola lain mencatatnya.",
    "delegation.post_missing": "Pilih jabatannya dari daftar.",
    "delegation.same_post": "Jabatan tidak dapat mendelegasikan kepada dirinya sendiri. Pilih jabatan lain.",
    "delegation.no_kinds": "Pilih paling sedikit satu jenis dokumen yang boleh ditandatangani.",
    "delegation.unknown_kind": "Jenis dokumen ini tidak dikenal: %(kind)s. Pilih dari daftar.",
    "delegation.regulation": "Peraturan selalu ditandatangani pejabat yang menetapkannya, tidak atas namanya. Hapus Peraturan dari pilihan.",
    "delegation.further": "Wewenang yang diterima dengan delegasi tidak didelegasikan lagi. Minta pejabat asalnya mendelegasikan langsung.",
    "delegation.not_own": "Ada jenis dokumen yang tidak ditetapkan oleh jabatan pemberi. Pilih hanya jenis yang ditetapkannya.",
    "delegation.overlap": "Delegasi yang sama sudah ada dari %(from_on)s sampai %(to_on)s. Cabut dahulu, atau pilih tanggal lain.",
    "delegation.circle": "Tidak boleh saling mendelegasikan pada hari yang sama, juga lewat jabatan lain. Pilih penerima lain.",
    "delegation.letter_future": "Tanggal surat masih akan datang. Periksa tanggalnya.",
    "delegation.withdrawn_already": "Delegasi ini sudah dicabut. Tidak ada yang diubah.",
    "delegation.unknown": "Delegasi ini tidak ada. Pilih dari daftar, atau kosongkan bila ditandatangani pejabatnya sendiri.",
    "delegation.other_post": "Delegasi ini bukan dari jabatan yang menetapkan dokumen ini. Pilih yang lain.",
    "delegation.withdrawn": "Delegasi ini sudah dicabut. Dokumen ini ditandatangani pejabatnya sendiri, atau berdasar delegasi baru.",
    "delegation.out_of_scope": "Delegasi ini tidak mencakup %(kind)s. Dokumen ini ditandatangani pejabatnya sendiri, atau berdasar delegasi lain.",
    "delegation.out_of_days": "Delegasi ini berlaku dari %(from_on)s sampai %(to_on)s, tanggal tanda tangan di luar itu. Periksa tanggalnya.",
    "delegation.nobody": "Jabatan penerima delegasi kosong pada tanggal itu. Catat pemegangnya dahulu.",
    # The trail, line by line.
    "trail.delegation.entered": "mencatat delegasi tanda tangan dari %(from_on)s sampai %(to_on)s",
    "trail.delegation.withdrawn": "mencabut delegasi tanda tangan",
    "trail.document.approved.strategic": "menyetujui konsep sebagai Plt. atau Plh.; peringatan: dapat bersifat strategis (%(strategic)s), UU 30/2014 Pasal 14 ayat (7) menurut ingatan",
    "trail.document.signed.strategic": "menetapkan dengan tanda tangan elektronik Plt. atau Plh. yang diperiksa, nomor %(number)s; peringatan: dapat bersifat strategis (%(strategic)s), UU 30/2014 Pasal 14 ayat (7) menurut ingatan",
    "trail.document.enacted.strategic": "mencatat penetapan dengan nomor %(number)s, ditandatangani %(signed_on)s oleh Plt. atau Plh.; peringatan: dapat bersifat strategis (%(strategic)s), UU 30/2014 Pasal 14 ayat (7) menurut ingatan",
}
