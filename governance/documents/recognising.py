"""Which part of a decree a line is: by its named style first, by the decree's own words where the style is gone."""

import re

OFFICE, KIND, NUMBER, ABOUT, TITLE = "F Jabatan", "F Jenis", "F Nomor Naskah", "F Tentang", "F Judul"
OFFICE_LINE, REASON, BASIS, DECIDED = "F Pejabat", "F Menimbang", "F Mengingat", "F Memutuskan"
DECIDES, DICTUM, DICTUM_ITEM = "F Menetapkan", "F Diktum", "F Diktum Rinci"
CLOSING, SIGNER, SIGNER_NAME, COPY = "F Penutup", "F Penanda Tangan", "F Nama Penanda Tangan", "F Tembusan"
ANNEX, ANNEX_TITLE, ANNEX_TEXT = "F Lampiran", "F Judul Lampiran", "F Isi Lampiran"
ANNEX_PART, ANNEX_ITEM, MARK, EMBLEM = "F Bagian Lampiran", "F Rincian", "F Marka", "F Lambang"
ANNEX_ONLY = frozenset({ANNEX_TITLE, ANNEX_TEXT, ANNEX_PART, ANNEX_ITEM})
STYLES = frozenset(
    {
        OFFICE, KIND, NUMBER, ABOUT, TITLE, OFFICE_LINE, REASON, BASIS, DECIDED, DECIDES, DICTUM, DICTUM_ITEM, CLOSING,
        SIGNER, SIGNER_NAME, COPY, ANNEX, ANNEX_TITLE, ANNEX_TEXT, ANNEX_PART, ANNEX_ITEM, MARK, EMBLEM,
    }
)  # fmt: skip

BY_OPENING = (
    (MARK, re.compile(r"RANCANGAN$")),
    (REASON, re.compile(r"Menimbang\b")),
    (BASIS, re.compile(r"Mengingat\b")),
    (DECIDED, re.compile(r"M\s*E\s*M\s*U\s*T\s*U\s*S\s*K\s*A\s*N")),
    (DECIDES, re.compile(r"Menetapkan\b")),
    (DICTUM, re.compile(r"(KE[A-Z]+|PERTAMA)( [A-Z]+)?\s*:")),
    (CLOSING, re.compile(r"(Ditetapkan di|[Pp]ada tanggal)\b")),
    (COPY, re.compile(r"Tembusan\b")),
    (ANNEX, re.compile(r"LAMPIRAN( [IVXL]+)?$")),
    (ABOUT, re.compile(r"TENTANG$")),
    (NUMBER, re.compile(r"NOMOR\b")),
)
LETTERED = re.compile(r"\(?[a-z]{1,2}[.)]\s")
NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
CAPITALS = re.compile(r"[^a-z]+$")


def part_of(style: str | None, text: str, last: str | None) -> str | None:
    """The part a line of the decree's body belongs to, given the part before it; None where nothing tells."""
    if style in STYLES:
        return style
    stripped = text.strip()
    opened = next((part for part, words in BY_OPENING if words.match(stripped)), None)
    return opened or _continued(stripped, last)


def _continued(text: str, last: str | None) -> str | None:
    """What a line without any opening word must be, from where it stands."""
    if last in (REASON, DICTUM, DICTUM_ITEM) and LETTERED.match(text):
        return REASON if last == REASON else DICTUM_ITEM
    if last in (BASIS, COPY) and NUMBERED.match(text):
        return last
    if not CAPITALS.match(text):
        return None
    return _in_capitals(text, last)


def _in_capitals(text: str, last: str | None) -> str | None:
    if last in (None, MARK, EMBLEM, OFFICE):
        return KIND if text.startswith(("KEPUTUSAN", "PERATURAN")) else OFFICE
    if last in (ABOUT, TITLE):
        return OFFICE_LINE if text.endswith(",") else TITLE
    if last == CLOSING:
        return SIGNER
    return SIGNER_NAME if last == SIGNER else None
