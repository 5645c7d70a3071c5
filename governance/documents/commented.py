"""Which parts of a document may be commented on, and in which section of the form each is answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from governance.documents.brief import Brief
from governance.documents.dictums import shown_dictums
from governance.documents.kinds import AnnexSpec, DictumSpec, Kind
from governance.documents.text import DocumentText

NAME = re.compile(r"\$\{(\w+)\}")
LABEL_LIMIT = 200


@dataclass(frozen=True)
class Commentable:
    """A part that a reader may choose: its place, what it is called, and the form's section that answers it."""

    place: str
    label: str
    section: str


def commentable(brief: Brief, text: DocumentText) -> tuple[Commentable, ...]:
    """The parts of the text as it is read, in its order; then the form's sections, for what stands in no part.

    `text` is what the reader sees, which a correction in Word may have changed: where it has other dictums or annexes
    than the kind, these are answered in the form's first section.
    """
    kind = brief.kind
    found = [Commentable("title", "Judul", section_of(kind, "title"))]
    if text.considerations:
        found.append(Commentable("considerations", "Menimbang", section_of(kind, "considerations")))
    if text.citations:
        found.append(Commentable("citations", "Mengingat", section_of(kind, "considerations")))
    found += _dictums(brief, text)
    found += [Commentable(f"chapters.{index}", chapter.label, _section_of_chapter(kind, index))
              for index, chapter in enumerate(text.chapters)]  # fmt: skip
    found += [Commentable(f"parts.{index}", part.title, _section_of_part(brief, part.title))
              for index, part in enumerate(text.parts) if part.title]  # fmt: skip
    found += _annexes(brief, text)
    found += [Commentable(f"form.{section.key}", section.title, section.key) for section in kind.sections]
    return tuple(Commentable(one.place[:60], one.label[:LABEL_LIMIT], one.section) for one in found)


def section_of(kind: Kind, *fields: str | None) -> str:
    """The section of the first of these fields that the kind has; its first section where it has none of them."""
    specs = (kind.spec(field) for field in fields if field)
    return next((spec.section for spec in specs if spec is not None), kind.sections[0].key)


def _dictums(brief: Brief, text: DocumentText) -> Iterator[Commentable]:
    specs = shown_dictums(brief)
    for index, dictum in enumerate(text.dictums):
        spec = specs[index] if index < len(specs) else DictumSpec()
        yield Commentable(f"dictums.{dictum.label}", dictum.label, section_of(brief.kind, *_fields_of(spec)))


def _fields_of(spec: DictumSpec) -> Iterator[str | None]:
    """The fields a dictum shows, the most telling first."""
    yield from (spec.tasks, spec.items)
    yield from NAME.findall(spec.text)
    yield spec.when


def _section_of_chapter(kind: Kind, index: int) -> str:
    return section_of(kind, kind.chapters[index].field if index < len(kind.chapters) else None)


def _section_of_part(brief: Brief, title: str) -> str:
    """A part is known by its title, which stands behind its count."""
    fields = (part.field for part in brief.kind.parts if part.title and title.endswith(brief.say(part.title)))
    return section_of(brief.kind, next(fields, None))


def _annexes(brief: Brief, text: DocumentText) -> Iterator[Commentable]:
    specs = [spec for spec in brief.kind.annexes if brief.shows(spec)]
    for index, annex in enumerate(text.annexes):
        spec = specs[index] if index < len(specs) else AnnexSpec()
        fields = (spec.members, *(part.field for part in spec.parts))
        yield Commentable(
            f"annexes.{index}", annex.heading.replace("LAMPIRAN", "Lampiran"), section_of(brief.kind, *fields)
        )
