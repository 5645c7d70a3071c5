"""Whether an act holds: every border, from both sides."""

from datetime import date, timedelta

import pytest

from governance.documents.effect import Effect, Period, effect

FIRST, LAST, ENDED = date(2026, 1, 2), date(2026, 12, 31), date(2026, 6, 10)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("period", "on", "said"),
    [
        (Period(None), FIRST, Effect.AWAITS_PROMULGATION),
        (Period(FIRST, LAST), FIRST - A_DAY, Effect.NOT_YET),
        (Period(FIRST, LAST), FIRST, Effect.IN_FORCE),
        (Period(FIRST, LAST), LAST, Effect.IN_FORCE),
        (Period(FIRST, LAST), LAST + A_DAY, Effect.EXPIRED),
        (Period(FIRST), date(2060, 1, 1), Effect.IN_FORCE),
        (Period(FIRST, LAST, ENDED), ENDED - A_DAY, Effect.IN_FORCE),
        (Period(FIRST, LAST, ENDED), ENDED, Effect.REVOKED),
        (Period(FIRST, LAST, ENDED), LAST + A_DAY, Effect.REVOKED),
    ],
)
def test_an_act_is_on_a_day_what_its_dates_say(period: Period, on: date, said: Effect) -> None:
    assert effect(period, on) is said
