"""What an address asks of a path: target, day, what is left out, and the values that stand in for what is not rated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from flask import request, url_for

from governance.assessment.planning import Present, Wish, start
from governance.assessment.scoring import score
from governance.assessment.values import number_in
from governance.documents.values import as_date
from governance.kernel.errors import Problem
from web.pages.path_ground import AtHand

MOST_LEFT_OUT = 20


@dataclass(frozen=True)
class PathAsked:
    """The question as the address puts it, whole, to be passed on; `wish` is None where there is no target."""

    cycle_id: int
    wish: Wish | None
    present: Present
    target: str
    by: str
    fill: str
    tiers: bool
    chosen: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def without(self) -> frozenset[str]:
        """What is left out."""
        return self.wish.without if self.wish else frozenset()

    def url(self, without: frozenset[str] | None = None, **changes: Any) -> str:
        """The same question with something changed."""
        left_out = sorted(self.without if without is None else without)
        told = {"target": self.target, "by": self.by, "fill": self.fill, "tiers": "1" if self.tiers else ""}
        told["with"] = "1" if self.wish and self.wish.with_documents else ""
        told |= {f"v.{item}": value for item, value in self.chosen.items()} | changes
        kept: dict[str, Any] = {name: value for name, value in told.items() if value}
        return url_for("pages.cheapest_path", cycle_id=self.cycle_id, without=left_out, **kept)


def path_asked(found: AtHand) -> PathAsked:
    """The question of this request; what is no number or no day is among the problems."""
    args, instrument, problems = request.args, found.ground.instrument, list[Problem]()
    chosen = {key: args.get(f"v.{key}", "").strip()[:20] for key in instrument.items if args.get(f"v.{key}")}
    fill, tiers = args.get("fill", "").strip()[:20], bool(args.get("tiers"))
    given = {name: _value(found, name, text, problems) for name, text in (*chosen.items(), ("fill", fill)) if text}
    present = _present(found, given, tiers=tiers)
    target = args.get("target", "").strip()[:20]
    aim = _value(found, "target", target, problems) if target else _aim(found, present)
    by = args.get("by", "").strip()[:10]
    day = as_date(by) if by else found.cycle.ready_by
    if by and day is None:
        problems.append(Problem("by", "field.date"))
    without = frozenset(args.getlist("without")[:MOST_LEFT_OUT])
    wish = Wish(aim, day, without, bool(args.get("with"))) if aim is not None and not problems else None
    told = (_text(aim) if not target and aim is not None else target, by or _iso(day))
    return PathAsked(found.cycle.id, wish, present, *told, fill, tiers, chosen, tuple(problems))


def _value(found: AtHand, name: str, text: str, problems: list[Problem]) -> Fraction | None:
    value, instrument = number_in(text), found.ground.instrument
    if value is not None and instrument.min_value <= value <= instrument.max_value:
        return value
    bounds = {"least": instrument.min_value, "most": instrument.max_value}
    key = "path.target" if name == "target" else "effort.no_value"
    problems.append(Problem(name, key, {"target": text, "value": text, **bounds}))
    return None


def _present(found: AtHand, given: Mapping[str, Fraction | None], *, tiers: bool) -> Present:
    """Rated values first; then those chosen item by item, those of higher tiers, and one for whatever is left."""
    instrument, published = found.ground.instrument, found.facts.published
    values = {key: value for key, value in given.items() if value is not None and key != "fill"}
    if tiers and published:
        values = {code: value for code, value in published.values.items() if code in instrument.groups} | values
    present = start(instrument, found.rated, values)
    if (fill := given.get("fill")) is not None:
        present = start(instrument, found.rated, values | dict.fromkeys(present.missing, fill))
    return present


def _aim(found: AtHand, present: Present) -> Fraction | None:
    """The cycle's target; where none is set the next predicate's border, for an index that is known."""
    if found.cycle.target is not None:
        return found.cycle.target
    instrument = found.ground.instrument
    index = score(instrument, present.values).exact
    borders = sorted(one.min for one in instrument.predicates if one.min is not None)
    return next((border for border in borders if index is not None and border > index), None)


def _text(value: Fraction) -> str:
    """A target as people type it: "2,6"; one that is no short decimal as a fraction."""
    short = f"{float(value):.6g}"
    return short.replace(".", ",") if Fraction(short) == value else f"{value.numerator}/{value.denominator}"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
