"""How the offices of a cycle look to its pages: the matrix by section, proposals with how sure, warnings in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from governance.assessment.conflicts import Conflict, Why
from governance.assessment.course import CycleRole, Part
from governance.assessment.instruments import Instrument, Item
from governance.assessment.offices import Office, Seated, Shared
from governance.assessment.shares import BY_DECREE, BY_OWNERS, BY_POST, UNRESOLVED, mark
from web.wording import marked, told

PREFIX = "Tingkat Kematangan "
SURE = {
    "seen_twice": marked("dua daerah sependapat"),
    "seen": marked("terlihat pada satu daerah"),
    "function": marked("menurut fungsi unit dalam peraturan"),
    "inferred": marked("disimpulkan dari tugas lazim"),
    UNRESOLVED: marked("pemiliknya belum diketahui, sementara pada kantor digital"),
    BY_DECREE: marked("menurut keputusan tim asesor yang berlaku"),
    BY_POST: marked("menurut jabatan"),
    BY_OWNERS: marked("menurut pemilik indikator, belum ada keputusan tim asesor"),
}
ROLES = {
    CycleRole.COORDINATOR: marked("Koordinator"),
    CycleRole.ANSWERABLE: marked("Penanggung jawab"),
    CycleRole.DATA_ENTRY: marked("Pelaksana entri data"),
    CycleRole.ASSESSOR: marked("Asesor internal"),
}
PARTS = {Part.RESPONSIBLE: marked("Penanggung jawab"), Part.CONTRIBUTOR: marked("Kontributor")}


@dataclass(frozen=True)
class Section:
    """The items of one group right above them; of an instrument without groups, all."""

    code: str
    name: str
    items: tuple[Item, ...]


def sections_of(instrument: Instrument) -> list[Section]:
    """The sections of an instrument, in order."""
    found = [
        Section(group.code, group.name, tuple(child for child in group.children if isinstance(child, Item)))
        for group in instrument.groups.values()
        if any(isinstance(child, Item) for child in group.children)
    ]
    alone = tuple(part for part in instrument.parts if isinstance(part, Item))
    return [*found, *([Section("-", instrument.index_name, alone)] if alone else [])]


def short_name(item: Item) -> str:
    """The item's name without the words that all of them begin with."""
    name = item.name.removeprefix(PREFIX)
    return name if len(name) == len(item.name) else f"{name[:1].upper()}{name[1:]}"


def row_shape(item: Item, shared: Sequence[Shared], offices: Sequence[Office]) -> dict[str, Any]:
    """An item of the matrix: a cell for each office, and what stands in words."""
    by_unit = {one.unit_id: one for one in shared}
    names = {office.id: office for office in offices}
    responsible = next((one.unit_id for one in shared if one.part is Part.RESPONSIBLE), None)
    contributors = [one.unit_id for one in shared if one.part is Part.CONTRIBUTOR]
    sure = next((one.how_sure for one in shared if one.how_sure), "")
    return {
        "key": item.key,
        "name": short_name(item),
        "responsible": names[responsible].name if responsible in names else "",
        "contributors": [names[one].short for one in contributors if one in names],
        "sure": _(SURE.get(sure, sure)) if sure else "",
        "unresolved": sure == UNRESOLVED,
        "seen": mark(responsible, contributors),
        "cells": [_cell(office, by_unit.get(office.id)) for office in offices],
    }


def _cell(office: Office, shared: Shared | None) -> dict[str, Any]:
    return {
        "unit": office.id,
        "name": office.name,
        "short": office.short,
        "part": shared.part.value if shared else "",
        "words": _(PARTS[shared.part]) if shared else "",
    }


def warning_shapes(
    instrument: Instrument, found: Collection[Conflict], seats: Collection[Seated]
) -> list[dict[str, Any]]:
    """The warnings by their reason: a sentence that says why and what to do, and the posts with their items."""
    titles = {seat.post_id: seat.title for seat in seats}
    return [
        {
            "why": why.value,
            "text": told(f"share.conflict.{why.value}"),
            "posts": [
                {"title": titles.get(one.post_id, ""), "items": _items_told(instrument, one.items)} for one in posts
            ],
        }
        for why in Why
        if (posts := [one for one in found if one.why is why])
    ]


def _items_told(instrument: Instrument, items: Sequence[str]) -> str:
    """Items as a reader takes them in: "semua", or with what follows on one another as a span: "1–10, 35-1"."""
    if len(items) == len(instrument.items):
        return str(_("semua"))
    order = list(instrument.items)
    runs: list[list[str]] = []
    for item in items:
        if runs and order.index(item) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    spans = [[f"{run[0]}–{run[-1]}"] if len(run) > 2 else run for run in runs]
    return ", ".join(one for span in spans for one in span)
