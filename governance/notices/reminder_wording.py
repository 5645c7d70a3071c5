"""The sentences of reminders: what is near or late, and the rungs of the ladders."""

REMINDER_SUBJECTS: dict[str, str] = {
    "reminder.due": "Tenggat %(due_on)s: %(duty)s",
    "reminder.late": "Terlambat sejak %(due_on)s: %(duty)s",
    "reminder.very_late": "Sangat terlambat, sejak %(due_on)s: %(duty)s",
    "reminder.task": "Tugas sampai %(due_on)s: %(what)s",
    "reminder.task_late": "Tugas terlambat sejak %(due_on)s: %(what)s",
}

REMINDER_SENTENCES: dict[str, str] = {
    "reminder.due": "%(duty)s tahun %(year)s: tenggat %(due_on)s.",
    "reminder.due.estimated": "%(duty)s tahun %(year)s: perkiraan tenggat %(due_on)s. Tanggal pastinya belum diketahui.",
    "reminder.late": "%(duty)s tahun %(year)s: tenggat %(due_on)s sudah lewat dan belum dilaporkan selesai. Sekretaris Daerah ikut diberi tahu.",
    "reminder.very_late": "%(duty)s tahun %(year)s: tenggat %(due_on)s sudah lama lewat dan belum dilaporkan selesai. Pengingat ini selalu dikirim, juga bila sudah dinyatakan ditangani.",
    "reminder.task": "%(unit)s diminta %(what)s, paling lambat %(due_on)s. Belum diserahkan.",
    "reminder.task_late": "%(unit)s belum menyerahkan %(what)s; batasnya %(due_on)s sudah lewat.",
    # Whom a rung tells that is no role.
    "tells.unit": "Kepala perangkat daerah yang bertanggung jawab",
    "tells.asker": "Kepala perangkat daerah yang meminta",
    # The rungs.
    "rung.h90": "90 hari sebelum",
    "rung.h60": "60 hari sebelum",
    "rung.h30": "30 hari sebelum",
    "rung.h14": "14 hari sebelum",
    "rung.h7": "7 hari sebelum",
    "rung.h3": "3 hari sebelum",
    "rung.h1": "sehari sebelum",
    "rung.due": "pada harinya",
    "rung.late": "terlambat",
    "rung.very_late": "sangat terlambat",
}
