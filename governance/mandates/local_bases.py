"""What one region's file adds to the law: its own Perda and Perkada as regulations, and what it cites in which kind.

Days in `InstitutionFacts.bases` are ISO text, for the bases are stored as JSON with the institution.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.mandates.entries import EVERY
from governance.mandates.regulations import FROM_FILE, TO_COMPLETE, Regulation
from governance.people.facts import InstitutionFacts

_TYPES = {8: "Perda", 9: "Perkada"}


@dataclass(frozen=True)
class Use:
    """A regulation that an institution cites in these kinds; an unknown day at either end does not narrow the span."""

    key: str
    kinds: tuple[str, ...]
    start: date | None = None
    end: date | None = None

    def covers(self, kind: str, on: date) -> bool:
        """Whether a document of that kind and day cites it, if it is in force."""
        if kind not in self.kinds and EVERY not in self.kinds:
            return False
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


def uses_of(institution: InstitutionFacts) -> tuple[Use, ...]:
    """What its file says that it cites: the forming law in every kind, its own regulations in those it names."""
    return tuple(
        Use(
            key=basis.get("regulation") or _key(institution, basis),
            kinds=(EVERY,) if basis.get("regulation") else tuple(basis.get("cited_in", ())),
            start=_day(basis, "from"),
            end=_day(basis, "to"),
        )
        for basis in institution.bases
    )


def own_regulations(institution: InstitutionFacts) -> dict[str, Regulation]:
    """The region's own regulations that its file lists, by their key in the register: "serang:perda_spbe"."""
    own = [_regulation(institution, basis) for basis in institution.bases if not basis.get("regulation")]
    return {regulation.key: regulation for regulation in own}


def _regulation(institution: InstitutionFacts, basis: Mapping[str, Any]) -> Regulation:
    """One whose first day is not known is local: it is asked about, and never cited before someone fills it in."""
    start = _day(basis, "from")
    sure = basis["how_sure"]
    return Regulation(
        key=_key(institution, basis),
        type=_TYPES.get(basis["rank"], "Peraturan"),
        rank=basis["rank"],
        title=basis["title"],
        status="in_force" if start else "local",
        verified=sure == "read",
        dates_status=sure if start else "unknown",
        in_force_from=start,
        in_force_to=_day(basis, "to"),
        cite=basis.get("cite") or f"{basis['title']} ([{TO_COMPLETE}: nomor, tahun, dan lembaran daerah])",
        order_date=start,
        not_before=_day(basis, "not_before"),
        note=basis.get("note", ""),
        origin=FROM_FILE,
    )


def _key(institution: InstitutionFacts, basis: Mapping[str, Any]) -> str:
    return f"{institution.key}:{basis['key']}"


def _day(basis: Mapping[str, Any], name: str) -> date | None:
    value = basis.get(name)
    return date.fromisoformat(value) if value else None
