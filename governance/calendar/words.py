"""Days in Indonesian words, as official texts write them."""

from datetime import date

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def day_in_words(day: date) -> str:
    """2020-03-02 as "2 Maret 2020"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
