"""A Word template of an institution's own: what is broken, unsafe or could not be sealed is named and refused."""

from datetime import date

import pytest

from governance.documents.drafting import compose
from governance.documents.fields import defaults
from governance.documents.kind_files import read_kinds
from governance.documents.template_check import Judged, judge_template
from governance.kernel.errors import BadFile
from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT

TEMPLATE = samples.TEMPLATE.read_bytes()
HEADER = "word/header1.xml"
ON = date(2026, 11, 22)
FAULTS = {
    "a name that is not there": ("{{ title }}", "{{ judul }}", "template.unknown_name"),
    "a needed name left out": ("{{ signer_office }}", "Bupati", "template.unused_name"),
    "a loop that is not closed": ("{%p endfor %}", "", "template.broken"),
    "a condition that is not closed": ("{%p endif %}", "", "template.broken"),
    "a brace too few": ("{{ title }}", "{{ title }", "template.broken"),
    "a call": ("{{ title }}", "{{ title.upper() }}", "template.call"),
    "a private name": ("{{ title }}", "{{ title.__class__ }}", "template.unsafe"),
    "a private name in brackets": ("{{ title }}", "{{ title['__class__'] }}", "template.unsafe"),
    "a made-up loop": ("{%p for item in citations[1:] %}", "{%p for item in range(9) %}", "template.loop"),
    "all of it for each of it": (
        "{{ title }}",
        "{{ title }}{% for one in citations %}{% for again in citations %}{{ again.text }}{% endfor %}{% endfor %}",
        "template.loop",
    ),
    "a text doubled": ("{{ title }}", "{% set a = title ~ title %}{{ a }}{{ title }}", "template.unsafe"),
    "a text a milliard long": ("{{ title }}", "{{ title * 1000000000 }}", "template.unsafe"),
    "a text set wide": ("{{ title }}", "{{ title|center(1000000000) }}", "template.unsafe"),
    "a macro named as a filter": ("{{ title }}", "{% macro upper() %}x{% endmacro %}{{ title }}", "template.unsafe"),
    "merged cells": ("{{ title }}", "{% vm %}{{ title }}", "template.unsafe"),
    "code that does not end": ("{{ title }}", "{{ title }}{% if", "template.broken"),
    "an end without a beginning": ("{{ title }}", "{{ title }} -%}", "template.broken"),
    "more code than anyone writes": ("{{ title }}", "{{ title }}" + "{{ office }}" * 500, "template.too_much"),
    "a longer part than anyone writes": ("MEMUTUSKAN:", "MEMUTUSKAN:" + "x" * 600_000, "template.too_much"),
    "another template": ("{{ office }},", "{% include 'x' %}{{ office }},", "template.unsafe"),
    "an item that is not there": ("{{ dictum.text }}", "{{ dictum.teks }}", "template.broken"),
    "no place for the number": ('w:val="FNomor"', 'w:val="FTidakAda"', "seal.place_missing"),
    "no place for the date": ('w:val="FTanggal"', 'w:val="FTidakAda"', "seal.place_missing"),
}


def judged(old: str, new: str, member: str = DOCUMENT) -> Judged:
    return judge_template(samples.changed(TEMPLATE, member, old, new), samples.text())


def test_the_shipped_template_has_no_fault_and_makes_the_document() -> None:
    found = judge_template(TEMPLATE, samples.text())
    assert found.faults == ()
    assert found.sample == samples.draft()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_refuses_the_template(name: str) -> None:
    old, new, key = FAULTS[name]
    found = judged(old, new)
    assert found.refused
    assert key in {fault.key for fault in found.faults}


def test_a_lost_header_is_named() -> None:
    found = judged(" PAGE ", " DATE ", HEADER)
    assert [fault.key for fault in found.faults] == ["template.no_header"]


def test_another_paper_only_warns() -> None:
    found = judged('w:w="12189" w:h="18709"', 'w:w="11906" w:h="16838"')
    assert [(fault.severity, fault.key) for fault in found.faults] == [("warning", "template.paper")]
    assert not found.refused


def test_other_looks_are_welcome() -> None:
    found = judged("MEMUTUSKAN:", "MEMUTUSKAN :")
    assert not found.refused
    assert b"PK" in (found.sample or b"")


@pytest.mark.parametrize("key", sorted(read_kinds(samples.FOLDER)))
def test_every_shipped_template_is_without_fault(key: str) -> None:
    kind, serang = read_kinds(samples.FOLDER)[key], samples.institutions()["serang"]
    fields = defaults(kind, institution=serang, law=samples.law(), year=2026, on=ON)
    text = compose(kind, fields, institution=serang, law=samples.law(), on=ON)
    assert judge_template((samples.FOLDER / f"{key}.docx").read_bytes(), text).faults == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        judge_template(data, samples.text())
