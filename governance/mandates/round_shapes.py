"""The shapes of config/law that tell of years and terms: evaluation, planning, offices, deadlines, holidays."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.calendar.holidays import JOINT_LEAVE, PUBLIC, Holiday
from governance.kernel.data_shapes import (
    Shape,
    choice,
    day,
    defines,
    flag,
    many,
    maybe,
    number,
    refers,
    span_faults,
    text,
)
from governance.mandates.evaluation import (
    Due,
    EvaluationYear,
    Instrument,
    Letter,
    PlanningDate,
    Result,
    Round,
    Window,
)
from governance.mandates.mandates import Stage
from governance.mandates.regulation_shapes import A_REGULATION, HOW_SURE, IN_FORCE, in_force_faults, words_of
from governance.mandates.rules import CALENDAR, WORKING, Deadline, JdihField, OfficeRule, ShortForm
from governance.people.roles import Role

# ------------------------------------------------------------------ roles, deadlines, jdih and holidays.yaml

OFFICE = Shape(
    OfficeRule,
    {"key": defines("office"), "role": choice(*Role), "title": text, "does": many(text)},
    {"verified": flag},
)


def _deadline_faults(made: Deadline) -> Iterable[str]:
    """A term in working days counts these, one in months or to a date counts days of the calendar."""
    yield from in_force_faults(made)
    said = WORKING if made.working_days is not None else CALENDAR if made.months or made.latest else made.counts
    if made.counts != said:
        yield f"'counts' seharusnya {said}: tenggatnya dalam hari kerja, bulan, atau tanggal"


DEADLINE = Shape(
    Deadline,
    {"key": defines("deadline"), "rule": text, "article": text, "regulation": A_REGULATION, "verified": flag,
     "counts": maybe(choice(WORKING, CALENDAR)), **IN_FORCE},
    {"working_days": number, "working_days_mass": number, "mass_from": number, "months": number,
     "months_prevented": number, "months_vacant": number, "from": day, "latest": day},
    check=_deadline_faults,
)  # fmt: skip
JDIH_FIELD = Shape(
    JdihField,
    {"key": defines("jdih_field"), "title": text, "filled_by": choice("act", "legal"), "source": text,
     "how_sure": HOW_SURE},
    {"note": text},
)  # fmt: skip
SHORT_FORM = Shape(
    ShortForm, {"form": choice("keputusan", "peraturan"), "office": text, "short": text, "how_sure": HOW_SURE}
)
HOLIDAY = Shape(Holiday, {"day": day, "name": text, "kind": choice(PUBLIC, JOINT_LEAVE)})


@dataclass(frozen=True)
class HolidayYear:
    """A year's holidays as the ministers' joint decree lists them."""

    year: int
    decree: str
    how_sure: str
    days: tuple[Holiday, ...]


def _holiday_faults(made: HolidayYear) -> Iterable[str]:
    for holiday in made.days:
        if holiday.day.year != made.year:
            yield f"hari libur {holiday.day} bukan dalam tahun {made.year}"


HOLIDAY_YEAR = Shape(
    HolidayYear,
    {"year": number, "decree": text, "how_sure": HOW_SURE, "days": many(HOLIDAY)},
    check=_holiday_faults,
)

# ------------------------------------------------------------------ evaluation.yaml

INSTRUMENT = Shape(
    Instrument,
    {"key": defines("instrument"), "title": text, "regulation": A_REGULATION},
    {"domains": maybe(number), "aspects": maybe(number), "indicators": maybe(number)},
)
STAGE = Shape(Stage, {"key": defines("stage"), "title": text})
_WINDOW = Shape(
    Window,
    {
        "stage": refers("stage"),
        "start": maybe(day),
        "end": maybe(day),
        "precision": choice("day", "week", "month", "latest_seen", "relative", "estimate"),
        "how_sure": HOW_SURE,
    },
    {"source": text},
    check=span_faults,
)
YEAR = Shape(
    EvaluationYear,
    {
        "year": number,
        "type": words_of(Round),
        "instrument": refers("instrument"),
        "how_sure": HOW_SURE,
        "source": text,
        "letter": maybe(Shape(Letter, {"number": text, "date": day, "how_sure": HOW_SURE})),
        "windows": many(_WINDOW),
    },
    {
        "locus": text,
        "guideline": text,
        "report_dated": maybe(day),
        "result": maybe(Shape(Result, {"act": text, "about": text, "how_sure": HOW_SURE}, {"source": text})),
        "note": text,
    },
)
_DUE = Shape(
    Due,
    {},
    {"month": number, "day": number, "week": number, "year_offset": number, "relative_to": text, "months": number,
     "days_before": number, "day_count": text},
)  # fmt: skip
PLANNING = Shape(
    PlanningDate,
    {
        "key": defines("planning"),
        "title": text,
        "rule": text,
        "regulation": A_REGULATION,
        "article": maybe(text),
        "how_sure": HOW_SURE,
        "due": _DUE,
    },
    {"in_force_from": maybe(day), "note": text},
)
