"""The sentences of spreadsheets into a cycle, its papers, and what goes to the national portal."""

SHEET_SUBJECTS: dict[str, str] = {}

SHEET_SENTENCES: dict[str, str] = {
    # A file that cannot be read at all.
    "sheet.kind": "%(name)s bukan buku kerja Excel (.xlsx). Unduh buku kerja siklus ini, isi, simpan sebagai .xlsx, lalu unggah lagi.",
    "sheet.macro": "%(name)s memuat makro dan tidak dibuka. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi.",
    "sheet.locked": "%(name)s terkunci sandi. Simpan tanpa sandi, lalu unggah lagi.",
    "sheet.bomb": "Isi %(name)s jauh melampaui ukurannya dan ditolak demi keamanan. Salin datanya ke buku kerja yang diunduh dari sini.",
    "sheet.broken": "%(name)s rusak atau tidak dapat dibaca. Salin datanya ke buku kerja yang diunduh dari sini, lalu unggah lagi.",
    "sheet.large": "%(name)s lebih besar dari %(limit)s MB. Hapus gambar dan lembar tambahan, lalu unggah lagi.",
    "sheet.no_origin": "Lembar %(sheet)s tidak ada, jadi tidak diketahui siklus mana yang dimaksud. Isi buku kerja yang diunduh dari halaman ini.",
    "sheet.format": "Buku kerja ini dari versi lain atau lembar %(sheet)s diubah. Unduh buku kerja baru, salin isinya, lalu unggah lagi.",
    "sheet.other_cycle": "Buku kerja ini milik siklus lain. Unduh buku kerja siklus ini, salin isinya, lalu unggah lagi.",
    "sheet.nothing": "Tidak ada yang berubah dibanding buku kerja yang diunduh. Ubah selnya, simpan, lalu unggah lagi.",
    "sheet.more": "Masih ada %(count)s kesalahan lain. Perbaiki dulu yang ditunjuk, lalu unggah lagi.",
    # The build of a sheet.
    "sheet.missing": "Lembar %(sheet)s tidak ada. Kembalikan lembar itu dari buku kerja yang diunduh, boleh tanpa perubahan.",
    "sheet.heading": '%(cell)s: judul kolomnya "%(value)s", seharusnya "%(label)s". Kembalikan judul dan urutan kolom.',
    "sheet.heading_missing": '%(cell)s: judul kolom "%(label)s" tidak ada. Kembalikan baris judul dari buku kerja yang diunduh.',
    "sheet.other_stage": '%(cell)s: "%(value)s" bukan tahap penilaian siklus ini. Hapus kolomnya.',
    "sheet.beyond": '%(cell)s: "%(value)s" berada di luar kolom yang dibaca. Hapus atau pindahkan.',
    "sheet.merged": "%(cell)s digabung. Pisahkan selnya, lalu isi satu per satu.",
    "sheet.hidden_row": "%(sheet)s baris %(where)s disembunyikan. Tampilkan barisnya (atau hapus saringan) agar yang dimasukkan terlihat.",
    "sheet.hidden_column": "%(sheet)s kolom %(where)s disembunyikan. Tampilkan kolomnya agar yang dimasukkan terlihat.",
    "sheet.too_many_rows": "Lembar %(sheet)s lebih dari %(limit)s baris. Hapus baris yang tidak perlu.",
    # What a row is about.
    "sheet.unnamed": "%(cell)s (%(label)s) kosong, padahal barisnya berisi. Tulis butirnya, atau hapus barisnya.",
    "sheet.item_unknown": '%(cell)s: butir "%(value)s" tidak ada pada instrumen siklus ini. Tulis kunci butir seperti pada buku kerja yang diunduh.',
    "sheet.twice": '%(cell)s: "%(value)s" sudah ada pada baris %(row)s. Hapus salah satu barisnya.',
    "sheet.name_differs": '%(cell)s: butir %(item)s bernama "%(name)s", bukan "%(value)s". Barisnya mungkin tergeser; kembalikan, atau kosongkan selnya.',
    "sheet.level": "%(cell)s: %(value)s bukan tingkat yang dapat dituju. Tulis bilangan bulat %(least)s sampai %(most)s.",
    "sheet.key": '%(cell)s: "%(value)s" bukan kunci yang dikenal. Pakai kunci dari daftar, atau untuk pekerjaan sendiri own:nama_pendek (huruf kecil, angka, garis bawah; paling banyak %(limit)s karakter).',
    # What any cell can get wrong.
    "sheet.formula": "%(cell)s berisi rumus. Salin selnya, lalu tempel sebagai nilai.",
    "sheet.error": "%(cell)s berisi galat %(value)s. Tulis isinya.",
    "sheet.truth": "%(cell)s berisi nilai benar/salah. Tulis bilangan atau teksnya.",
    "sheet.is_day": "%(cell)s berisi tanggal atau jam (%(value)s), bukan yang diminta kolom ini. Ubah format selnya menjadi teks, lalu ketik ulang.",
    "sheet.unreadable": "%(cell)s memuat karakter yang tidak tercetak atau membalik arah baca. Ketik ulang isinya.",
    "sheet.long": "%(cell)s berisi %(length)s karakter, paling banyak %(limit)s. Ringkas isinya.",
    "sheet.not_number": '%(cell)s: "%(value)s" bukan bilangan. Tulis angka saja, misalnya 3 atau 2,35.',
    # Offices.
    "sheet.office_unknown": '%(cell)s: perangkat daerah "%(value)s" tidak dikenal. Pilih dari daftar.',
    "sheet.office_meant": '%(cell)s: perangkat daerah "%(value)s" tidak dikenal. Maksudnya "%(meant)s"? Pilih dari daftar.',
    "sheet.office_unclear": '%(cell)s: "%(value)s" dapat berarti lebih dari satu perangkat daerah. Tulis salah satu: %(known)s.',
    "sheet.two_responsible": '%(cell)s: "%(value)s" menyebut lebih dari satu penanggung jawab. Tulis satu saja; yang lain masuk Kontributor.',
    "sheet.office_twice": '%(cell)s: "%(value)s" disebut dua kali. Hapus salah satunya.',
    "sheet.responsible_missing": "%(cell)s kosong. Setiap butir yang diubah harus mempunyai satu penanggung jawab.",
    "sheet.office_both": "%(cell)s: penanggung jawab butir ini disebut juga sebagai kontributor. Hapus dari salah satu kolom.",
    # Scores.
    "sheet.off_scale": "%(cell)s: %(value)s di luar skala %(least)s sampai %(most)s. Tulis nilai dalam skala itu, atau kosongkan bila belum dinilai.",
    "sheet.half_level": "%(cell)s: %(value)s bukan bilangan bulat, padahal instrumen ini menilai dengan tingkat utuh. Tulis tingkat yang terpenuhi.",
    "sheet.words_alone": "%(cell)s berisi penjelasan tanpa nilai. Tulis nilainya, atau kosongkan penjelasannya.",
    # Efforts.
    "sheet.effort_no_number": '%(cell)s: "%(value)s" bukan bilangan. Tulis angka, atau - bila langkahnya tidak mungkin.',
    "sheet.effort_span": "%(cell)s: upaya %(value)s harus antara 0 dan %(most)s.",
    "sheet.effort_missing": "%(cell)s kosong, padahal barisnya berisi. Tulis upayanya, atau kosongkan seluruh isian baris itu.",
    "sheet.because": "%(cell)s: %(because)s",
    "sheet.need": '%(cell)s: syarat "%(value)s" tidak dapat dipakai. Tulis butir:tingkat lain dari instrumen ini, misalnya 1:2.',
    "sheet.no_day": '%(cell)s: "%(value)s" bukan tanggal. Tulis misalnya 30/11/2026.',
    "sheet.serial": "%(cell)s: %(value)s adalah bilangan, bukan tanggal. Ubah format selnya menjadi tanggal, atau tulis %(meant)s.",
    "sheet.far_day": "%(cell)s: %(value)s di luar tahun 2000 sampai 2100. Periksa tanggalnya.",
    # What others did, and what is not one's own.
    "sheet.meanwhile": "%(cell)s: sejak buku kerja diunduh, isinya di sistem diubah menjadi %(now)s. Unduh buku kerja baru, lalu ulangi perubahan itu.",
    "sheet.not_his": "%(cell)s: jabatan Anda tidak berwenang mengubahnya. Kembalikan isinya, atau minta yang berwenang mengunggahnya.",
    "sheet.not_all_his": "Sebagian perubahan di buku kerja ini bukan wewenang jabatan Anda. Tidak ada yang dimasukkan. Minta yang membacakannya untuk mengonfirmasi.",
    "sheet.confirmed_already": "Buku kerja ini sudah dimasukkan. Muat ulang halamannya.",
    "sheet.nothing_to_undo": "Tidak ada yang dapat dikembalikan: buku kerja ini belum dimasukkan, atau sudah dikembalikan. Muat ulang halamannya.",
    # Papers.
    "paper.there": "Siklus ini sudah mempunyai naskah itu. Buka naskahnya, atau tarik dulu sebelum membuat yang baru.",
    "paper.other_kind": "Naskah itu bukan laporan, Berita Acara, atau pernyataan persetujuan. Pilih salah satu naskah dari daftar.",
    "paper.withdrawn": "Naskah itu sudah ditarik. Pilih naskah lain.",
    # The national portal.
    "portal.too_large": "Isinya %(files)s berkas, %(size_mb)s MB; paling banyak %(most)s berkas dan %(limit_mb)s MB. Pilih satu domain atau aspek, lalu unduh bagian demi bagian.",
    "portal.group": "Bagian %(group)s tidak ada pada instrumen siklus ini. Pilih dari daftar.",
    # The trail.
    "trail.portal.handed_over": "mengunduh zip untuk portal nasional: %(files)s berkas ikut, %(left_out)s tidak ikut",
    "trail.paper.drafted": "membuat %(paper)s dari data siklus",
    "trail.paper.linked": "menautkan %(paper)s yang sudah ada ke siklus",
    "trail.sheet.read": "membaca buku kerja %(name)s: %(rows)s baris akan berubah, belum dimasukkan",
    "trail.sheet.imported": "memasukkan buku kerja %(name)s: %(rows)s baris berubah",
    "trail.sheet.undone": "mengembalikan isi sebelum buku kerja %(name)s: %(rows)s baris",
}
