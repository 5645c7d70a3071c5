"""The sentences of what raising an indicator asks, and the cheapest path as a page tells it."""

EFFORT_SUBJECTS: dict[str, str] = {}

EFFORT_SENTENCES: dict[str, str] = {
    "effort.no_step": "Langkah ini tidak ada pada %(instrument)s. Pilih indikator dan tingkat dari tabel upaya.",
    "effort.external": "%(rung)s: nilainya dari %(index)s, bukan dari bukti sendiri, jadi tidak dapat direncanakan. Mintalah nilai indeks itu dari pengampunya.",
    "effort.amount": "Upaya harus bilangan antara 0 dan %(most)s, paling banyak dua desimal, misalnya 4 atau 2,5. Satuannya terserah Anda, asal sama untuk semua langkah.",
    "effort.no_document": "Dokumen %(document)s tidak ada dalam daftar. Pilih dari daftar, atau catat dahulu sebagai pekerjaan sendiri.",
    "effort.no_need": "Prasyarat %(need)s tidak ada. Tulis indikator dan tingkat, misalnya 19:2, dan pisahkan dengan koma.",
    "effort.ring": "Prasyaratnya berputar: %(ring)s. Langkah yang menunggu dirinya sendiri tidak pernah dapat dimulai. Hapus salah satu prasyarat itu.",
    "effort.too_many": "Terlalu banyak: paling banyak %(limit)s prasyarat dan %(limit)s dokumen untuk satu langkah.",
    "effort.document_there": "Pekerjaan bernama %(title)s sudah ada. Ubah yang itu, atau beri nama lain.",
    "effort.document_used": "%(title)s masih diperlukan langkah %(steps)s. Lepaskan dahulu dari langkah itu.",
    "effort.bad_number": "%(value)s bukan bilangan. Tulis misalnya 4 atau 2,5.",
    "effort.no_value": "%(value)s bukan bilangan antara %(least)s dan %(most)s.",
    "trail.effort.step_entered": "mencatat upaya langkah %(rung)s: %(effort)s",
    "trail.effort.step_ruled_out": "mencatat bahwa langkah %(rung)s tidak mungkin",
    "trail.effort.step_taken_back": "mengembalikan langkah %(rung)s ke upaya lazim",
    "trail.effort.document_entered": "mencatat upaya dokumen %(document)s: %(effort)s",
    "trail.effort.document_taken_back": "mengembalikan dokumen %(document)s ke upaya lazim",
}
