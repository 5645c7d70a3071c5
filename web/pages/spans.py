"""What a page of dates is asked for, as its address says it: whose, which group, which unit, which month or year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from governance.almanac import dates
from governance.almanac.audience import Whose, audience_of
from governance.almanac.dates import Wish
from governance.almanac.weeks import Month
from governance.documents.agenda_sheet import agenda_sheet
from governance.people.actors import Actor
from web.pages.agenda import SHEET
from web.pages.dated import (
    Dated,
    by_day,
    groups,
    mandates_of,
    obligation_shape,
    step_shape,
    table_row,
    task_shape,
    together,
)
from web.sheets import Download
from web.wording import marked

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
YEAR = re.compile(r"20\d\d", re.ASCII)
WHOSE = {Whose.MINE: marked("Yang menunggu saya"), Whose.UNIT: marked("Kantor saya"), Whose.ALL: marked("Semua OPD")}
HEADER = (
    marked("Tanggal"),
    marked("Sejak"),
    marked("Jenis"),
    marked("Apa"),
    marked("Kelompok"),
    marked("OPD"),
    marked("Dasar"),
    marked("Keadaan"),
    marked("Alamat"),
)
WIDTHS = (13, 13, 22, 60, 28, 34, 50, 18, 44)


@dataclass(frozen=True)
class Asked:
    """Whose dates of which group; what makes no sense in the address is left out."""

    whose: Whose
    group: str

    @property
    def kept(self) -> dict[str, Any]:
        """What an address must carry on."""
        kept: dict[str, Any] = {} if self.whose is Whose.ALL else {"whose": self.whose.value}
        return kept | ({"group": self.group} if self.group else {})


def asked_for(args: Mapping[str, str]) -> Asked:
    """What the address asks for; all, where it does not say whose."""
    whose = args.get("whose", "")
    group = args.get("group", "")
    known = {key for key, _title in groups()}
    return Asked(Whose(whose) if whose in set(Whose) else Whose.ALL, group if group in known else "")


def month_asked(wish: str, today: date) -> Month:
    """The month of the address, else today's."""
    found = MONTH.fullmatch(wish)
    return Month(int(found[1]), int(found[2])) if found else Month(today.year, today.month)


def year_asked(wish: str, today: date) -> int:
    """The year of the address, else today's."""
    return int(wish) if YEAR.fullmatch(wish) else today.year


def dated_between(
    actor: Actor, asked: Asked, span: tuple[date, date], today: date, year: int | None = None
) -> list[Dated]:
    """Every date of these days, in three statements; many copies of one task are one line where all are asked for."""
    mine = asked.whose is Whose.MINE
    audience = audience_of(actor, asked.whose)
    wish = Wish(*span, mandates=mandates_of(asked.group) if asked.group else None, open_only=mine, year=year)
    tasks = [task_shape(one, today) for one in dates.tasks(audience, wish)]
    owed = [obligation_shape(one, today) for one in dates.obligations(audience, wish, today)]
    items = [*owed, *(together(tasks) if asked.whose is Whose.ALL else tasks)]
    items += [step_shape(one, today) for one in dates.steps(audience, wish)]
    return by_day(one for one in items if one.state != "dropped" and (one.is_open or not mine))


def whole_year(year: int) -> tuple[date, date]:
    """Its first and last day."""
    return date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1)


def sheet_of(title: str, name: str, items: list[Dated]) -> Download:
    """The same dates as a spreadsheet."""
    data = agenda_sheet(title, [_(text) for text in HEADER], map(table_row, items), WIDTHS)
    return Download(data, f"{name}.xlsx", SHEET)


def filters(asked: Asked) -> dict[str, Any]:
    """What the filter's form offers, and what is chosen."""
    return {
        "whose": asked.whose.value,
        "group": asked.group,
        "all_whose": [(key.value, _(words)) for key, words in WHOSE.items()],
        "groups": groups(),
    }
