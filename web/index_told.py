"""An index as JSON: the same at the terminal and over the API."""

from fractions import Fraction
from typing import Any

from governance.assessment.instruments import Instrument
from governance.assessment.scoring import Index, as_fraction, predicates_of, rounded, two_decimals
from web.wording import told


def index_answer(instrument: Instrument, index: Index) -> dict[str, Any]:
    """The index as `flask index` prints it: two decimals, exact, every tier, what is missing and the range."""
    exact = index.exact
    tiers = {
        tier: {code: None if value is None else two_decimals(value) for code, value in groups.items()}
        for tier, groups in index.tiers.items()
    }
    answer: dict[str, Any] = {
        "index": None if exact is None else two_decimals(exact),
        "index_exact": None if exact is None else as_fraction(exact),
        "predicate": None if exact is None else instrument.predicate_of(exact),
        "tiers": tiers,
        "missing": list(index.missing),
        "range": [two_decimals(index.low), two_decimals(index.high)],
    }
    return answer | (_two_predicates(instrument, exact) if exact is not None else {})


def _two_predicates(instrument: Instrument, exact: Fraction) -> dict[str, str]:
    """Said only where rounding lifts the index over a border."""
    unrounded, of_rounded = predicates_of(instrument, exact)
    if unrounded == of_rounded:
        return {}
    params = {"exact": as_fraction(exact), "predicate": unrounded, "rounded": two_decimals(rounded(exact))}
    params["predicate_rounded"] = of_rounded
    return {"predicate_rounded": of_rounded, "note": told("index.two_predicates", params)}
