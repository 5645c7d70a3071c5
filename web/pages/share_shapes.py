"""How the offices of a cycle look to its pages: the matrix by section, proposals with how sure, warnings in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from governance.assessment.conflicts import Conflict
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
    """Each warning as a sentence that says why and what to do."""
    titles = {seat.post_id: seat.title for seat in seats}
    return [
        {
            "why": one.why.value,
            "text": told(
                f"share.conflict.{one.why.value}",
                {"post": titles.get(one.post_id, ""), "items": _items_told(instrument, one.items)},
            ),
        }
        for one in found
    ]


def _items_told(instrument: Instrument, items: Sequence[str]) -> str:
    return _("semua") if len(items) == len(instrument.items) else ", ".join(items)


def cycle_url(cycle_id: int) -> str:
    """The cycle's own page."""
    return way("pages.cycle", cycle_id=cycle_id) or url_for("pages.my_indicators")


def way(endpoint: str, **places: Any) -> str:
    """The address of a page of another part; "" where it is not there."""
    return url_for(endpoint, **places) if endpoint in current_app.view_functions else ""
