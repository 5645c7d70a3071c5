"""The sentences of a year's assessment as a whole: what is told, refused, and still missing before it closes."""

CYCLE_SUBJECTS: dict[str, str] = {}

CYCLE_SENTENCES: dict[str, str] = {
    "cycle.closed": "Penilaian tahun %(year)s sudah ditutup dan tidak dapat diubah. Bacalah sebagaimana adanya, atau kerjakan siklus yang masih terbuka.",
}
