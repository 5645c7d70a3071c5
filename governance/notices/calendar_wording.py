"""The sentences of calendars: links to feeds, and what is wrong with them."""

CALENDAR_SENTENCES: dict[str, str] = {
    "feed.unknown": "Tautan kalender ini tidak dikenal atau sudah dicabut. Minta pemiliknya membuat yang baru di halaman Tenggat.",
    "feed.too_many": "Sudah ada %(limit)s tautan yang dipakai. Cabut yang tidak dipakai lagi, lalu buat yang baru.",
    "feed.label_long": "Terlalu panjang (paling banyak %(limit)s karakter). Sebut perangkat atau aplikasinya saja.",
}
