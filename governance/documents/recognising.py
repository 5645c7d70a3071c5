"""Which part of a decree a line is: by its named style first, by the decree's own words where the style is gone."""

import re

OFFICE, KIND, NUMBER, ABOUT, TITLE = "F Jabatan", "F Jenis", "F Nomor Naskah", "F Tentang", "F Judul"
OFFICE_LINE, REASON, BASIS, DECIDED = "F Pejabat", "F Menimbang", "F Mengingat", "F Memutuskan"
DECIDES, DICTUM, DICTUM_ITEM = "F Menetapkan", "F Diktum", "F Diktum Rinci"
CLOSING, SIGNER, SIGNER_NAME, COPY = "F Penutup", "F Penanda Tangan", "F Nama Penanda Tangan", "F Tembusan"
ANNEX, ANNEX_TITLE, ANNEX_TEXT = "F Lampiran", "F Judul Lampiran", "F Isi Lampiran"
ANNEX_PART, ANNEX_ITEM, MARK, EMBLEM = "F Bagian Lampiran", "F Rincian", "F Marka", "F Lambang"
GRACE, NOTE = "F Rahmat", "F Memperhatikan"
CHAPTER, CHAPTER_TITLE, ARTICLE, CLAUSE = "F Bab", "F Judul Bab", "F Pasal", "F Ayat"
NUMBERED_CLAUSE, LETTER_ITEM, NUMBER_ITEM, FORMULA = "F Ayat Angka", "F Huruf", "F Angka", "F Rumus"
PROMULGATED, PROMULGATOR, PROMULGATOR_NAME = "F Pengundangan", "F Pejabat Pengundangan", "F Nama Pengundangan"
GAZETTE = "F Berita Daerah"
LETTERHEAD, LETTERHEAD_END, LETTER_HEAD, DATELINE = "F Kop", "F Garis Kop", "F Kepala Surat", "F Tempat Tanggal"
TO, RECIPIENT, AT, OPENING = "F Tujuan", "F Isi Tujuan", "F Tempat Tujuan", "F Pembuka"
LETTER_CLOSING, PART, TEXT, PART_ITEM = "F Penutup Surat", "F Bagian", "F Isi", "F Isi Rinci"
CO_SIGNER, CO_SIGNER_NAME = "F Pendamping", "F Nama Pendamping"
IN_CHAPTERS = frozenset({CHAPTER, CHAPTER_TITLE, ARTICLE, CLAUSE, NUMBERED_CLAUSE, LETTER_ITEM, NUMBER_ITEM})
IN_PAPERS = frozenset({PART, TEXT, PART_ITEM})
ANNEX_ONLY = frozenset({ANNEX_TITLE, ANNEX_TEXT, ANNEX_PART, ANNEX_ITEM})
STYLES = frozenset(
    {
        OFFICE, KIND, NUMBER, ABOUT, TITLE, OFFICE_LINE, REASON, BASIS, DECIDED, DECIDES, DICTUM, DICTUM_ITEM, CLOSING,
        SIGNER, SIGNER_NAME, COPY, ANNEX, ANNEX_TITLE, ANNEX_TEXT, ANNEX_PART, ANNEX_ITEM, MARK, EMBLEM,
        GRACE, NOTE, FORMULA, PROMULGATED, PROMULGATOR, PROMULGATOR_NAME, GAZETTE, LETTERHEAD, LETTERHEAD_END,
        LETTER_HEAD, DATELINE, TO, RECIPIENT, AT, OPENING, LETTER_CLOSING, CO_SIGNER, CO_SIGNER_NAME,
        *IN_CHAPTERS, *IN_PAPERS,
    }
)  # fmt: skip

BY_OPENING = (
    (MARK, re.compile(r"RANCANGAN$")),
    (REASON, re.compile(r"Menimbang\b")),
    (BASIS, re.compile(r"Mengingat\b")),
    (DECIDED, re.compile(r"M\s*E\s*M\s*U\s*T\s*U\s*S\s*K\s*A\s*N")),
    (DECIDES, re.compile(r"Menetapkan\b")),
    (DICTUM, re.compile(r"(KE[A-Z]+|PERTAMA)( [A-Z]+)?\s*:")),
    (CHAPTER, re.compile(r"BAB [IVXL]+$")),
    (ARTICLE, re.compile(r"Pasal \d+$")),
    (GRACE, re.compile(r"DENGAN RAHMAT TUHAN YANG MAHA ESA$")),
    (NOTE, re.compile(r"Memperhatikan\b")),
    (FORMULA, re.compile(r"Agar setiap orang mengetahuinya\b")),
    (PROMULGATED, re.compile(r"Diundangkan di\b")),
    (GAZETTE, re.compile(r"BERITA DAERAH\b")),
    (CLOSING, re.compile(r"(Ditetapkan di|Dibuat di|[Pp]ada tanggal)\b")),
    (COPY, re.compile(r"Tembusan\b")),
    (ANNEX, re.compile(r"LAMPIRAN( [IVXL]+)?$")),
    (ABOUT, re.compile(r"TENTANG$")),
    (NUMBER, re.compile(r"NOMOR\b")),
)
LETTERED = re.compile(r"\(?[a-z]{1,2}[.)]\s")
NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
CLAUSE_MARK = re.compile(r"\(\d{1,3}\)\s")
CAPITALS = re.compile(r"[^a-z]+$")


def part_of(style: str | None, text: str, last: str | None) -> str | None:
    """The part a line of the decree's body belongs to, given the part before it; None where nothing tells."""
    if style in STYLES:
        return style
    stripped = text.strip()
    opened = next((part for part, words in BY_OPENING if words.match(stripped)), None)
    if opened == CLOSING and last == PROMULGATED:
        return PROMULGATED
    return opened or _in_chapter(stripped, last) or _continued(stripped, last)


def _in_chapter(text: str, last: str | None) -> str | None:
    """What a line of a Peraturan's body is, from the line before it and its own mark."""
    if last == CHAPTER:
        return CHAPTER_TITLE
    if last == CHAPTER_TITLE and CAPITALS.match(text):
        return CHAPTER_TITLE
    if last not in IN_CHAPTERS or last == CHAPTER_TITLE:
        return None
    if CLAUSE_MARK.match(text):
        return NUMBERED_CLAUSE
    if last == ARTICLE:
        return CLAUSE
    if LETTERED.match(text):
        return LETTER_ITEM
    return NUMBER_ITEM if NUMBERED.match(text) else CLAUSE


def _continued(text: str, last: str | None) -> str | None:
    """What a line without any opening word must be, from where it stands."""
    if last in (REASON, DICTUM, DICTUM_ITEM) and LETTERED.match(text):
        return REASON if last == REASON else DICTUM_ITEM
    if last in (BASIS, COPY, NOTE) and NUMBERED.match(text):
        return last
    if not CAPITALS.match(text):
        return None
    return _in_capitals(text, last)


def _in_capitals(text: str, last: str | None) -> str | None:
    if last in (PROMULGATED, PROMULGATOR):
        return PROMULGATOR if last == PROMULGATED else PROMULGATOR_NAME
    if last == GRACE:
        return OFFICE_LINE
    if last in (None, MARK, EMBLEM, OFFICE):
        return KIND if text.startswith(("KEPUTUSAN", "PERATURAN")) else OFFICE
    if last in (ABOUT, TITLE):
        return OFFICE_LINE if text.endswith(",") else TITLE
    if last == CLOSING:
        return SIGNER
    return SIGNER_NAME if last == SIGNER else None
