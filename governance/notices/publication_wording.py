"""The sentences of publication and delivery: what is told, how the last day was counted, refusals, the trail."""

PUBLICATION_SUBJECTS: dict[str, str] = {
    "act.published": "Diumumkan di JDIH: %(title)s",
    "act.unpublished": "Ditarik dari JDIH: %(title)s",
    "delivery.given": "Keputusan disampaikan kepada Anda: %(title)s",
}

PUBLICATION_SENTENCES: dict[str, str] = {
    # What persons are told.
    "act.published": "%(title)s, Nomor %(number)s, diumumkan di JDIH dan dapat dibaca siapa saja.",
    "act.unpublished": "%(title)s, Nomor %(number)s, ditarik dari JDIH. Alasan: %(reason)s",
    "delivery.given": "%(title)s, Nomor %(number)s, menyebut jabatan Anda. Nyatakan diterima paling lambat %(due_on)s.",
    # How the last day of a delivery was counted.
    "why.delivery.act": "Keputusan Nomor %(number)s.",
    "why.delivery.signed": "Ditetapkan %(signed_on)s; hari itu sendiri tidak dihitung.",
    "why.delivery.term": "%(article)s: paling lama %(working_days)s hari kerja. Yang disebut %(recipients)s; baru dianggap banyak mulai %(from)s, dan angka itu pengaturan, bukan angka undang-undang.",
    "why.delivery.many": "%(article)s: untuk orang banyak paling lama %(working_days)s hari kerja. Yang disebut %(recipients)s, dianggap banyak mulai %(from)s; angka itu pengaturan, bukan angka undang-undang.",
    "why.delivery.closed": "%(day)s bukan hari kerja: %(name)s.",
    "why.delivery.maybe_closed": "%(day)s diperkirakan bukan hari kerja: %(name)s. Keputusan bersama menteri belum terbaca.",
    "why.delivery.end": "Hari kerja ke-%(working_days)s jatuh pada %(day)s.",
    # Refusals.
    "publish.not_enacted": "Yang diumumkan hanya naskah yang sudah ditetapkan. Tidak ada yang diumumkan.",
    "publish.secret": "Yang diumumkan hanya dokumen berklasifikasi biasa. Tidak ada yang diumumkan.",
    "publish.recorded": "Dokumen ini dicatat dari luar; naskah yang ditetapkan tidak ada di Mandat, jadi tidak ada yang dapat diumumkan dari sini.",
    "publish.not_legal": "Yang diumumkan di JDIH hanya Peraturan dan Keputusan. Tidak ada yang diumumkan.",
    "publish.not_promulgated": "Peraturan diumumkan sesudah diundangkan dalam Berita Daerah. Tidak ada yang diumumkan. Tunggu pengundangannya.",
    "publish.no_file": "PDF salinan dari naskah yang ditetapkan belum ada. Tidak ada yang diumumkan. Buat salinannya, tunggu sampai tercetak, lalu umumkan.",
    "publish.already": "Dokumen ini sudah diumumkan dengan berkas lain. Tidak ada yang berubah. Tarik dahulu dengan alasan, lalu umumkan berkas yang baru.",
    "unpublish.reason_missing": "Tulis alasan penarikannya. Alasan itu dibaca umum di halaman dokumen.",
    "jdih.not_found": "Dokumen ini tidak ada di JDIH, atau belum diumumkan.",
    "jdih.withdrawn": "Dokumen ini ditarik dari JDIH; berkasnya tidak lagi disediakan.",
    "delivery.before_signing": "Tanggal terima sebelum tanggal penetapan (%(signed_on)s). Periksa tanggalnya.",
    "delivery.way_missing": "Pilih cara penyampaian: langsung, pos, atau elektronik.",
    "delivery.none_chosen": "Pilih paling sedikit satu penerima.",
    "delivery.met_by_receipts": "Penyampaian selesai dengan tanda terima setiap penerima. Tidak ada yang dicatat. Buka halaman Penyampaian dokumen itu.",
    # The trail, line by line.
    "trail.act.published": "mengumumkan di JDIH",
    "trail.act.unpublished": "menarik dari JDIH: %(reason)s",
    "trail.act.described": "menyimpan metadata JDIH (versi %(version)s)",
    "trail.delivery.laid_out": "mencatat %(recipients)s penerima, disampaikan paling lambat %(due_on)s",
    "trail.delivery.acknowledged": "menyatakan keputusan diterima",
    "trail.delivery.recorded": "mencatat %(count)s tanda terima, diterima %(received_on)s",
    "trail.delivery.completed": "semua %(count)s penerima sudah menerima",
}
