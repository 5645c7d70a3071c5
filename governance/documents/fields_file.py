"""The commented FIELDS.yaml that a person fills in: what each field is, where its value comes from, what is missing."""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Any

import yaml

from governance.documents.defaults import defaults, sources
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.values import is_blank
from governance.mandates.law import Law
from governance.notices.wording import sentence_of
from governance.people.facts import InstitutionFacts

WIDTH = 110


def fields_yaml(kind: Kind, *, institution: InstitutionFacts, law: Law, year: int, on: date) -> str:
    """The defaults as YAML with comments; reading it gives exactly the defaults."""
    values = defaults(kind, institution=institution, law=law, year=year, on=on)
    origins = sources(kind, institution=institution)
    parts = [*_comment(f"{kind.title}: isian rancangan. Baris yang diawali # adalah keterangan.")]
    for section in kind.sections:
        parts += ["", *_comment(f"== {section.title} =="), *_comment(section.help)]
        for spec in kind.fields:
            if spec.section == section.key:
                parts += ["", *_about(spec, values[spec.key], origins[spec.key]), _value(spec.key, values[spec.key])]
    parts += ["", *_citations(kind, institution, law, on)]
    return "\n".join(parts) + "\n"


def _about(spec: FieldSpec, value: Any, source: str) -> Iterator[str]:
    yield from _comment(f"{spec.label}. {spec.help}".strip())
    if not is_blank(value):
        yield from _comment(f"Asal: {sentence_of(source)}.")
    elif spec.required:
        yield from _comment("KOSONG, WAJIB DIISI sebelum diajukan.")
    else:
        yield from _comment("KOSONG, boleh dibiarkan.")


def _citations(kind: Kind, institution: InstitutionFacts, law: Law, on: date) -> Iterator[str]:
    """What the decree will cite, as a comment: it is composed from the register and is no field."""
    yield from _comment("== Mengingat (disusun sendiri dari register; bukan isian) ==")
    for number, citation in enumerate(law.mengingat(kind.key, institution, on), 1):
        state = "" if citation.complete else "  <- LENGKAPI dalam register"
        yield from _comment(f"{number}. {citation.text}{state}")
    for question in law.questions(kind.key, institution, on):
        yield from _comment(f"? {question.text}: {question.note}")


def _comment(text: str) -> Iterator[str]:
    for line in wrap(" ".join(text.split()), WIDTH):
        yield f"# {line}"


def _value(key: str, value: Any) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=WIDTH, indent=2).rstrip("\n")
