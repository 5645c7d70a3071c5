"""The chase list: who is late with what, the last sign of life, one click that reminds all; as a sheet and to print."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.documents.agenda_sheet import agenda_sheet
from governance.kernel import clock
from governance.people.actors import Actor
from governance.tasks import queries
from governance.tasks.queries import Asked
from web.forms.reading import Form
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.task_shapes import SOURCES, copy_shape
from web.pages.tasks import SHEET
from web.sheets import Download, handed
from web.wording import marked
from workflows import asking

FILTERS = ("unit", "source", "asked")
HEADER = (
    marked("Perangkat daerah"), marked("Yang diminta"), marked("Asal"), marked("Diminta oleh"),
    marked("Paling lambat"), marked("Hari terlambat"), marked("Tanda terakhir"), marked("Minta sampai"),
)  # fmt: skip
WIDTHS = (36, 60, 26, 36, 14, 14, 14, 14)


@pages.get("/tasks/late")
def late_tasks() -> ResponseReturnValue:
    actor = current_actor()
    today, wish = today_of(actor), _wish()
    everyone = queries.late(actor, today)
    found = _fitting(everyone, wish)
    copies = [copy_shape(one, today) for one in found]
    return render_template(
        "tasks_late.html",
        copies=copies,
        rounds={copy["round_url"]: copy["what"] for copy in copies},
        round_ids=list(dict.fromkeys(one.assignment_id for one in found)),
        silent=len({one.unit_id for one in found}),
        wish=wish,
        choices=_choices(everyone),
        today=today,
    )


@pages.get("/tasks/late.xlsx")
def late_sheet() -> Response:
    actor = current_actor()
    today = today_of(actor)
    found = _fitting(queries.late(actor, today), _wish())
    data = agenda_sheet(_("Yang terlambat"), [_(text) for text in HEADER], [_row(one, actor) for one in found], WIDTHS)
    return handed(Download(data, f"terlambat-{today.isoformat()}.xlsx", SHEET))


@pages.post("/tasks/late/remind")
def remind_all_late() -> ResponseReturnValue:
    form = Form()
    ids = {int(one) for one in form.many("asked") if one.isascii() and one.isdigit() and len(one) < 16}
    count = asking.remind_all_late(ids, by=current_actor(), now=clock.now())
    if count:
        said = ngettext("%(num)s yang terlambat diingatkan.", "%(num)s yang terlambat diingatkan.", count)
        flash(said, "good")
    else:
        flash(_("Tidak ada yang terlambat."), "good")
    return redirect(url_for("pages.late_tasks", **dict[str, Any](_wish())), 303)


def _wish() -> dict[str, str]:
    """What the address narrows the list to."""
    return {name: value[:20] for name in FILTERS if (value := request.args.get(name, ""))}


def _fitting(late: Sequence[Asked], wish: dict[str, str]) -> list[Asked]:
    return [
        one
        for one in late
        if wish.get("unit") in (None, str(one.unit_id))
        and wish.get("source") in (None, one.source.value)
        and wish.get("asked") in (None, str(one.assignment_id))
    ]


def _choices(late: Sequence[Asked]) -> dict[str, list[tuple[str, str]]]:
    """What the list can be narrowed to: only what stands in it."""
    units = {str(one.unit_id): one.unit_name for one in late}
    return {
        "unit": sorted(units.items(), key=lambda pair: pair[1]),
        "source": [(source, _(SOURCES[source])) for source in sorted({one.source.value for one in late})],
        "asked": list({str(one.assignment_id): one.what[:80] for one in late}.items()),
    }


def _row(one: Asked, actor: Actor) -> list[Any]:
    days = (today_of(actor) - one.due_on).days if one.due_on else None
    seen = clock.day_in(actor.timezone, one.moved_at)
    asked = (one.unit_name, one.what, _(SOURCES[one.source.value]), one.asked_by)
    return [*asked, one.due_on, days, seen, one.wished_until]
