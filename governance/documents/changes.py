"""What changed between two texts of a decree, part by part, for someone who saw the older one."""

from collections.abc import Iterator
from dataclasses import dataclass

from governance.documents.body_reading import as_read
from governance.documents.text import Article, DocumentText, Part

LABELS = {
    "title": "Judul",
    "decides": "Menetapkan",
    "place": "Tempat penetapan",
    "formula": "Rumus penutup",
    "recipients": "Kepada",
    "opening": "Pembuka",
    "closing": "Penutup",
    "signers": "Penanda tangan bersama",
    "signer": "Penanda tangan",
    "copies": "Tembusan",
    "remainder": "Di luar bagian yang dikenal",
}


@dataclass(frozen=True)
class Change:
    """One part that differs; `part` names its place in the sheet ("dictums.KEDUA"), empty texts mean added or gone."""

    part: str
    label: str
    before: str
    after: str


def changes(before: DocumentText, after: DocumentText) -> tuple[Change, ...]:
    """The parts that differ, in the order of the newer text, those that are gone last."""
    old, new = _parts(before), _parts(after)
    found = [
        Change(part, part_label(part), old.get(part, ""), text) for part, text in new.items() if old.get(part) != text
    ]
    found += [Change(part, part_label(part), text, "") for part, text in old.items() if part not in new]
    return tuple(found)


def part_label(part: str) -> str:
    """How a part is called on the page: "KEDUA", "Menimbang huruf b", "Mengingat angka 3"."""
    kind, _, place = part.partition(".")
    if kind == "considerations":
        return f"Menimbang huruf {chr(97 + int(place)) if int(place) < 26 else int(place) + 1}"
    if kind == "citations":
        return f"Mengingat angka {int(place) + 1}"
    if kind == "notes":
        return f"Memperhatikan angka {int(place) + 1}"
    return LABELS.get(kind, place)


def _parts(text: DocumentText) -> dict[str, str]:
    parts = {"title": text.title.upper()}  # a letter prints its subject as it was typed
    parts |= {f"considerations.{index}": item for index, item in enumerate(text.considerations)}
    parts |= {f"citations.{index}": citation.text for index, citation in enumerate(text.citations)}
    parts |= {"decides": text.decides}
    parts |= {f"dictums.{one.label}": "\n".join((one.text, *one.items)) for one in text.dictums}
    parts |= {f"notes.{index}": item for index, item in enumerate(text.notes)}
    for chapter in text.chapters:
        parts[f"chapters.{chapter.label}"] = chapter.title
        parts |= {f"articles.{article.label}": "\n".join(_lines(article)) for article in chapter.articles}
    parts |= {
        f"parts.{part.title or index + 1}": "\n".join(_part_lines(part))
        for index, part in enumerate(as_read(text.parts))
    }
    if text.letter is not None:
        parts |= {f"letter.{label}": value for label, value in text.letter.head}
        parts |= {"recipients": "\n".join(text.letter.recipients)}
        parts |= {"opening": text.letter.opening, "closing": text.letter.closing}
    parts |= {"place": text.place or "", "formula": text.formula or ""}
    parts |= {"signers": "\n".join(f"{one.office} {one.name or ''}".strip() for one in text.signers)}
    parts |= {"signer": f"{text.signer_office} {text.signer_name or ''}".strip(), "copies": "\n".join(text.copies)}
    for annex in text.annexes:
        lines = [annex.title, annex.intro, *(" | ".join(row) for row in annex.rows)]
        lines += [line for part in as_read(annex.parts) for line in _part_lines(part)]
        parts[f"annexes.{annex.heading}"] = "\n".join(line for line in lines if line)
    return parts | {"remainder": "\n".join(text.remainder)}


def _lines(article: Article) -> Iterator[str]:
    for clause in article.clauses:
        yield f"{clause.mark} {clause.text}".strip()
        for item in clause.items:
            yield from (item.text, *item.items)


def _part_lines(part: Part) -> Iterator[str]:
    yield from (part.title, part.intro, *part.items, *(" | ".join(row) for row in part.rows))
