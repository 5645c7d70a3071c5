"""Reads the files of config/law, checks that they agree with one another, and hands on the parts of the law."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from governance.kernel.data_files import Entry, Fault, Items, Reading, Spot, meant, named
from governance.kernel.data_shapes import Shape, day
from governance.mandates.ladder import STANDARD, TASK, Ladder
from governance.mandates.mandate_shapes import FLOW, GROUP, INPUT, MANDATE, TERM
from governance.mandates.mandates import Mandate
from governance.mandates.owner_shapes import OWNER_UNIT, OWNERS
from governance.mandates.owners import InstrumentOwners, Ownership
from governance.mandates.proof_shapes import CAUTION, KIND_PROOFS, PROOF_STATE, REJECTION, UNCOVERED
from governance.mandates.proofs import KindProofs
from governance.mandates.regulation_shapes import REGULATION
from governance.mandates.regulations import Regulation
from governance.mandates.reminder_shapes import LADDER
from governance.mandates.round_shapes import (
    DEADLINE,
    HOLIDAY_YEAR,
    INSTRUMENT,
    JDIH_FIELD,
    OFFICE,
    PLANNING,
    SHORT_FORM,
    STAGE,
    YEAR,
)

# What each file holds: name of the list, shape of its entries. Each also says `as_of`, the day it was last checked.
FILES: dict[str, dict[str, Any]] = {
    "regulations.yaml": {"regulations": REGULATION},
    "mandates.yaml": {
        "groups": GROUP,
        "terms": TERM,
        "external_inputs": INPUT,
        "mandates": MANDATE,
        "drafting_flows": FLOW,
    },
    "evaluation.yaml": {"instruments": INSTRUMENT, "stages": STAGE, "years": YEAR, "planning_and_budget": PLANNING},
    "roles.yaml": {"offices": OFFICE},
    "deadlines.yaml": {"deadlines": DEADLINE},
    "jdih.yaml": {"fields": JDIH_FIELD, "short_forms": SHORT_FORM},
    "holidays.yaml": {"years": HOLIDAY_YEAR},
    "proofs.yaml": {
        "cautions": CAUTION,
        "states": PROOF_STATE,
        "rejections": REJECTION,
        "kinds": KIND_PROOFS,
        "uncovered": UNCOVERED,
    },
    "owners.yaml": {"units": OWNER_UNIT, "instruments": OWNERS},
    "ladders.yaml": {"ladders": LADDER},
}

T = TypeVar("T")
Lists = dict[str, list[tuple[Any, Spot]]]


def read_files(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """The parts of the law by name, and every fault found; the parts are of use only when there is no fault."""
    reading = Reading()
    lists: Lists = {}
    for name, shapes in FILES.items():
        entry = reading.open(folder / name)
        if entry is not None:
            spot = Spot(reading, named(folder / name), 1)
            lists |= {f"{name}:{what}": found for what, found in _lists(entry, shapes, spot).items()}
    if reading.faults:
        return {}, reading.faults
    reading.resolve()
    parts = _parts(lists)
    return parts, reading.faults


def release_of(folder: Path) -> str:
    """The sha256 over names and bytes of all files of the law: names exactly the data a revision came from."""
    digest = hashlib.sha256()
    for name in sorted(FILES):
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _lists(entry: Entry, shapes: dict[str, Any], spot: Spot) -> Lists:
    for name in entry:
        if name not in shapes and name != "as_of":
            spot.at(entry.lines[name]).fault(f"bidang {name!r} tidak dikenal{meant(name, [*shapes, 'as_of'])}")
    day(entry.get("as_of"), spot.at(entry.lines.get("as_of", 1)))
    return {name: _entries(entry, name, shape, spot) for name, shape in shapes.items()}


def _entries(entry: Entry, name: str, shape: Shape[T], spot: Spot) -> list[tuple[T, Spot]]:
    items = entry.get(name)
    if not isinstance(items, Items) or not items:
        spot.at(entry.lines.get(name, 1)).fault(f"daftar {name!r} belum ada atau kosong")
        return []
    spots = [spot.at(line) for line in items.lines]
    made = [(shape(item, here), here) for item, here in zip(items, spots, strict=True)]
    return [(thing, here) for thing, here in made if thing is not None]


def _parts(lists: Lists) -> dict[str, Any]:
    regulations = _keyed(lists["regulations.yaml:regulations"])
    _check_regulations(lists["regulations.yaml:regulations"], regulations)
    _check_mandates(lists["mandates.yaml:mandates"], regulations)
    years = lists["evaluation.yaml:years"]
    _check_years(years)
    _check_years(lists["holidays.yaml:years"])
    _check_proofs(lists["proofs.yaml:kinds"], _keyed(lists["evaluation.yaml:instruments"]))
    _check_owners(lists["owners.yaml:instruments"], _keyed(lists["evaluation.yaml:instruments"]))
    _check_ladders(lists["ladders.yaml:ladders"])
    linked = {key: _with_revocation(regulation, regulations) for key, regulation in regulations.items()}
    mandates = {key: _with_starts(mandate, linked) for key, mandate in _keyed(lists["mandates.yaml:mandates"]).items()}
    return {
        "regulations": linked,
        "mandates": mandates,
        "evaluation": {year.year: year for year, _ in years},
        "groups": _plain(lists["mandates.yaml:groups"]),
        "terms": _keyed(lists["mandates.yaml:terms"]),
        "inputs": _keyed(lists["mandates.yaml:external_inputs"]),
        "drafting_flows": _plain(lists["mandates.yaml:drafting_flows"]),
        "instruments": _keyed(lists["evaluation.yaml:instruments"]),
        "stages": {stage.key: stage.title for stage, _ in lists["evaluation.yaml:stages"]},
        "planning": _plain(lists["evaluation.yaml:planning_and_budget"]),
        "offices": _plain(lists["roles.yaml:offices"]),
        "deadlines": _keyed(lists["deadlines.yaml:deadlines"]),
        "jdih": _plain(lists["jdih.yaml:fields"]),
        "short_forms": _plain(lists["jdih.yaml:short_forms"]),
        "holidays": {year.year: year.days for year, _ in lists["holidays.yaml:years"]},
        "holiday_decrees": {year.year: year.decree for year, _ in lists["holidays.yaml:years"]},
        "proofs": {one.kind: one for one, _ in lists["proofs.yaml:kinds"]},
        "proof_states": _keyed(lists["proofs.yaml:states"]),
        "cautions": {one.instrument: one.text for one, _ in lists["proofs.yaml:cautions"]},
        "rejections": _plain(lists["proofs.yaml:rejections"]),
        "uncovered": {one.instrument: one.indicators for one, _ in lists["proofs.yaml:uncovered"]},
        "ownership": Ownership(
            units=_keyed(lists["owners.yaml:units"]),
            instruments={one.instrument: one.owners for one, _ in lists["owners.yaml:instruments"]},
        ),
        "ladders": _keyed(lists["ladders.yaml:ladders"]),
    }


def _keyed(found: list[tuple[Any, Spot]]) -> dict[str, Any]:
    return {thing.key: thing for thing, _ in found}


def _plain(found: list[tuple[Any, Spot]]) -> tuple[Any, ...]:
    return tuple(thing for thing, _ in found)


def _check_regulations(found: list[tuple[Regulation, Spot]], regulations: dict[str, Regulation]) -> None:
    for regulation, spot in found:
        for key in regulation.revokes:
            revoked = regulations.get(key)
            if revoked is not None and revoked.revoked_by != regulation.key:
                spot.fault(f"mencabut {key!r}, tetapi di sana 'revoked_by' tidak menyebut {regulation.key!r}")


def _check_mandates(found: list[tuple[Mandate, Spot]], regulations: dict[str, Regulation]) -> None:
    """A basis or duty may not bind outside the time in which its regulation is in force."""
    for mandate, spot in found:
        spans = [(basis.regulation, basis.in_force_from, basis.in_force_to) for basis in mandate.legal_basis]
        spans += [(duty.regulation or "", duty.start, duty.end) for duty in mandate.duty]
        for key, start, end in spans:
            regulation = regulations.get(key)
            if regulation is not None and _outside(regulation, start, end):
                spot.fault(f"dasar {key!r} dipakai di luar masa berlakunya ({start} sampai {end})")
    _check_rings(found)


def _outside(regulation: Regulation, start: date | None, end: date | None) -> bool:
    first, last = regulation.first_day_possible, regulation.in_force_to
    too_early = start is not None and first is not None and start < first
    too_late = last is not None and (end is None or end > last)
    return too_early or too_late


def _check_rings(found: list[tuple[Mandate, Spot]]) -> None:
    needs = {mandate.key: mandate.depends_on for mandate, _ in found}
    for mandate, spot in found:
        reached: set[str] = set()
        waiting = list(mandate.depends_on)
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                waiting.extend(needs.get(key, ()))
        if mandate.key in reached:
            spot.fault(f"{mandate.key!r} lewat 'depends_on' bergantung pada dirinya sendiri")


def _check_proofs(found: list[tuple[KindProofs, Spot]], instruments: dict[str, Any]) -> None:
    """A proof names an indicator that its instrument has."""
    for one, spot in found:
        for proof in one.proofs:
            instrument = instruments.get(proof.instrument)
            if instrument is not None and proof.indicator > (instrument.indicators or 0):
                spot.fault(f"{proof.instrument} tidak mempunyai indikator {proof.indicator}")


def _check_owners(found: list[tuple[InstrumentOwners, Spot]], instruments: dict[str, Any]) -> None:
    """Every indicator of the instrument has its owners, and no other is named."""
    for one, spot in found:
        instrument = instruments.get(one.instrument)
        if instrument is not None and instrument.indicators != len(one.owners):
            spot.fault(f"{one.instrument} mempunyai {instrument.indicators} indikator, di sini {len(one.owners)}")


def _check_ladders(found: list[tuple[Ladder, Spot]]) -> None:
    """Obligations without a ladder of their own climb the standard one, tasks theirs: both have to be there."""
    for needed in (STANDARD, TASK):
        if found and needed not in {ladder.key for ladder, _ in found}:
            found[0][1].fault(f"tangga {needed!r} harus ada")


def _check_years(found: list[tuple[Any, Spot]]) -> None:
    seen: set[int] = set()
    for year, spot in found:
        if year.year in seen:
            spot.fault(f"tahun {year.year} ditulis dua kali")
        seen.add(year.year)


def _with_revocation(regulation: Regulation, regulations: dict[str, Regulation]) -> Regulation:
    revoking = regulations.get(regulation.revoked_by or "")
    return replace(regulation, revoked_not_before=revoking.first_day_possible) if revoking else regulation


def _with_starts(mandate: Mandate, regulations: dict[str, Regulation]) -> Mandate:
    def start_of(key: str | None) -> date | None:
        regulation = regulations.get(key or "")
        return (regulation.in_force_from or regulation.in_force_latest) if regulation else None

    duties = tuple(
        duty if duty.start else replace(duty, start_latest=start_of(duty.regulation)) for duty in mandate.duty
    )
    return replace(mandate, duty=duties)
