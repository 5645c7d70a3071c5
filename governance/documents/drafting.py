"""Composing a document: the one rule behind the page's preview, the API and `flask draft`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from governance.documents.articles import chapters_of
from governance.documents.brief import BLANK, Brief
from governance.documents.dictums import dictums_of, placed, tasks_in, unit_tasks_of
from governance.documents.kinds import Kind
from governance.documents.parts import annexes_of, members_of, parts_of
from governance.documents.phrases import LIST_MARKS, letters_named
from governance.documents.text import DocumentText, Form, Letter, Promulgation, Signer, UnitTask
from governance.documents.values import as_entries, as_line, as_texts
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role

GRACE = "DENGAN RAHMAT TUHAN YANG MAHA ESA"  # UU 12/2011 Lampiran II angka 15


def compose(
    kind: Kind, fields: Mapping[str, Any], *, institution: InstitutionFacts, law: Law, on: date
) -> DocumentText:
    """The document that the fields make under the law of `on`; what is missing or does not fit stays a blank."""
    brief = Brief.of(kind, fields, institution, law, on)
    title = (as_line(fields.get("title")) or brief.say(kind.words.get("title", kind.title))).rstrip(LIST_MARKS)
    brief = Brief(**{**brief.__dict__, "values": {**brief.values, "title": title}})
    legal = kind.form is not Form.PAPER
    named = brief.values["named"]
    return DocumentText(
        form=kind.form,
        office=brief.by.office.upper(),
        province_line=_province_line(institution),
        instrument_line=_instrument_line(brief),
        number=None,
        title=title.upper(),
        considerations=_considerations(fields, named, title) if legal else (),
        citations=law.mengingat(kind.key, institution, on) if legal else (),
        notes=_closed_list(as_texts(fields.get("notes"))) if legal else (),
        decides=f"{named} tentang {title}.".upper() if legal else "",
        dictums=dictums_of(brief),
        place=as_line(fields.get("place")),
        date=None,
        signer_office=as_line(fields.get("signer_office")) or brief.by.office.upper(),
        signer_name=_upper(as_line(fields.get("signer_name"))),
        copies=_closed_list(as_texts(fields.get("copies"))),
        annexes=annexes_of(brief),
        unit_tasks=_unit_tasks(brief),
        member_posts=members_of(brief) if kind.roles else (),
        **(_of_regulation(brief) if kind.form is Form.REGULATION else {}),
        **({} if legal else _of_paper(brief)),
    )


def _province_line(institution: InstitutionFacts) -> str | None:
    return None if institution.region_kind == "provinsi" else f"PROVINSI {institution.province}".upper()


def _instrument_line(brief: Brief) -> str:
    """What the title block begins with; a paper says its own heading."""
    if brief.kind.form is Form.PAPER:
        return brief.say(brief.kind.words.get("heading", brief.kind.instrument)).upper()
    return f"{brief.kind.instrument} {brief.by.office}".upper()


def _of_regulation(brief: Brief) -> dict[str, Any]:
    """What only a Peraturan has: UU 12/2011 Lampiran II angka 15, 163; UU 23/2014 Pasal 248 (promulgation)."""
    region, secretary = brief.institution.region, brief.institution.post_of(Role.SECRETARY)
    office = f"{secretary.title if secretary else 'Sekretaris Daerah'} {region}"
    gazette = f"Berita Daerah {region}"
    return {
        "grace": GRACE,
        "chapters": chapters_of(brief),
        "formula": (
            f"Agar setiap orang mengetahuinya, memerintahkan pengundangan {brief.values['named']} ini dengan"
            f" penempatannya dalam {gazette}."
        ),
        "promulgation": Promulgation(
            place=as_line(brief.fields.get("place")),
            date=None,
            office=office.upper(),
            name=None,
            gazette=f"{gazette} TAHUN".upper(),
            gazette_number=None,
        ),
    }


def _of_paper(brief: Brief) -> dict[str, Any]:
    """What only a paper has: its letterhead, the head of a letter, its parts, those who sign beside."""
    kind, unit = brief.kind, brief.institution.post_of(brief.by.role)
    name = brief.institution.unit(unit.unit).name if unit else BLANK
    office = brief.by.office if brief.by.role is Role.HEAD_OF_REGION else name
    return {
        "letterhead": (brief.institution.name.upper(), office.upper()),
        "letter": _letter(brief),
        "parts": parts_of(brief, kind.parts, kind.numbering),
        "signers": tuple(_signers(brief, kind.signers)) if kind.signers else (),
    }


def _letter(brief: Brief) -> Letter | None:
    spec = brief.kind.letter
    if spec is None:
        return None
    recipients = as_texts(brief.fields.get(spec.recipients or ""))
    return Letter(
        head=tuple((label, brief.say(value)) for label, value in spec.head),
        recipients=recipients or (BLANK,),
        opening=brief.say(spec.opening),
        closing=brief.say(spec.closing),
    )


def _signers(brief: Brief, field: str) -> Iterable[Signer]:
    for entry in as_entries(brief.fields.get(field)):
        if office := as_line(entry.get("office")):
            yield Signer(office.upper(), _upper(as_line(entry.get("name"))))


def _upper(text: str | None) -> str | None:
    return text.upper() if text else None


def _considerations(fields: Mapping[str, Any], named: str, title: str) -> tuple[str, ...]:
    """Lampiran II UU 12/2011 angka 22 and 23: one sentence each; the last names exactly the letters before it."""
    given = [_opened(text) for text in as_texts(fields.get("considerations"))]
    basis = f"berdasarkan pertimbangan sebagaimana dimaksud dalam {letters_named(len(given))}, " if given else ""
    return (*(f"{text};" for text in given), f"bahwa {basis}perlu menetapkan {named} tentang {title};")


def _opened(text: str) -> str:
    """A reason that opens with "bahwa" and has no mark at its end."""
    bare = text.rstrip(LIST_MARKS)
    if bare[:6].lower() == "bahwa ":
        return f"bahwa {bare[6:].lstrip()}"
    return f"bahwa {bare}"


def _unit_tasks(brief: Brief) -> tuple[UnitTask, ...]:
    """What is asked of the member offices: by dictums, or by a paper's field of tasks (a circular)."""
    if brief.kind.form is not Form.PAPER:
        return unit_tasks_of(brief)
    fields = [part.field for part in brief.kind.parts if part.field and brief.shows(part)]
    return tuple(
        task
        for spec in brief.kind.fields
        if spec.type == "tasks" and spec.key in fields
        for task in placed(tasks_in(brief, spec.key), spec.label)
    )


def _closed_list(texts: Iterable[str]) -> tuple[str, ...]:
    """Tembusan, Memperhatikan: semicolons between, a full stop at the end."""
    bare = [text.rstrip(LIST_MARKS) for text in texts]
    return tuple(f"{text};" for text in bare[:-1]) + tuple(f"{text}." for text in bare[-1:])
