"""The sentences of e-mail itself: letters of several notices, what a person chooses, and what is refused there."""

from governance.notices.topics import Topic

LETTER_SUBJECTS: dict[str, str] = {
    "letter.restricted": "Pemberitahuan tentang sebuah dokumen terbatas",
}

LETTER_SENTENCES: dict[str, str] = {
    # What an e-mail says of a document of the class terbatas or rahasia, whatever the notice says in the inbox.
    "letter.restricted": "Ada pemberitahuan tentang sebuah dokumen terbatas. Isinya hanya dapat dibaca di Mandat.",
    # A notice in a letter of several: no name of a person, nothing that somebody wrote.
    "line.letter.restricted": "Pemberitahuan tentang sebuah dokumen terbatas",
    "line.holding.entered": "%(title)s: pemegang jabatan mulai %(from_on)s",
    "line.holding.entered_open": "%(title)s: pemegang jabatan mulai %(from_on)s",
    "line.holding.end_corrected": "%(title)s: masa jabatan sampai %(to_on)s",
    "line.holding.end_corrected_open": "%(title)s: masa jabatan tanpa tanggal akhir",
    "line.holding.withdrawn": "%(title)s: sebuah penugasan dibatalkan",
    "line.holding.withdrawn_open": "%(title)s: sebuah penugasan dibatalkan",
    # What can be chosen, by topic: what it is, and what the choice does.
    "topic.asked": "Yang menunggu kantor Anda",
    "topic.asked.what": "paraf, persetujuan, tugas, naskah yang dikembalikan, keputusan yang disampaikan",
    "topic.reminders": "Pengingat tenggat",
    "topic.reminders.what": "tenggat yang dekat atau lewat; semua pengingat satu hari datang dalam satu surel",
    "topic.offices": "Pergantian pejabat",
    "topic.offices.what": "siapa memegang jabatan mulai kapan, karena itu menentukan siapa yang berwenang",
    "topic.law": "Perubahan aturan dan jadwal",
    "topic.law.what": "peraturan yang dicabut atau diubah, jadwal evaluasi dari kementerian",
    "topic.course": "Jalannya dokumen dan tugas",
    "topic.course.what": "disetujui, ditetapkan, diumumkan, diteruskan, direvisi, tugas diterima atau lengkap",
    "topic.comments": "Komentar dan tanggapan",
    "topic.comments.what": "yang ditulis orang lain pada dokumen atau tugas kantor Anda",
    # Refused.
    "letter.hour": "Jam tidak dikenal. Pilih jam dari 00.00 sampai 23.00.",
    "letter.digest_in_quiet": "Jam ringkasan jatuh dalam jam tenang, jadi tidak akan keluar. Pilih jam di luarnya.",
    "letter.compulsory": "Ada pemberitahuan wajib di antara yang dimatikan. Pilih hanya yang ditawarkan.",
    # The trail.
    "trail.person.notices_chosen": "mengatur surel pemberitahuan",
    "trail.institution.quiet_hours": "mengatur jam tenang surel: pukul %(start)s sampai %(end)s",
}


def line_of(key: str) -> str | None:
    """The key of the sentence that a notice is told by in a letter of several, where it has one of its own."""
    return f"line.{key}" if f"line.{key}" in LETTER_SENTENCES else None


# What stands in a letter of several comes from these alone: days, titles of documents, posts and what is asked; never
# who, and never what somebody typed as a reason or a comment.
PLAIN_PARAMS = frozenset(
    {
        "count", "due_on", "duty", "estimated", "from_on", "gazette", "mandate", "number", "part", "place", "regulation", "round",
        "stage", "title", "to", "to_on", "unit", "until_on", "what", "year",
    }
)  # fmt: skip


def topic_key(topic: Topic) -> str:
    """The key of a topic's name; with ".what" after it, of what belongs to it."""
    return f"topic.{topic.value}"
