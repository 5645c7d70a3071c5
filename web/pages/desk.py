"""The desk (Meja): what waits for the reader's post, the most urgent first, page by page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.desk import queries
from governance.documents.text import Form
from governance.kernel import clock
from governance.people.actors import Actor
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.desk_shapes import lying_shape


@pages.get("/desk")
def desk() -> ResponseReturnValue:
    actor = current_actor()
    return desk_page(actor, clock.day_in(actor.timezone, clock.now()))


def desk_page(
    actor: Actor, today: date, late: Sequence[dict[str, Any]] = (), cycles: Sequence[dict[str, Any]] = ()
) -> str:
    """The desk; for who watches, what is late in the whole institution stands below it."""
    asked = request.args.get("page", "")
    found = queries.desk_of(actor, today, _form_of, int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    return render_template(
        "desk.html",
        today=today,
        papers=[lying_shape(one, today) for one in found.papers],
        total=found.total,
        overdue=found.late,
        page=found.page,
        pages=found.pages,
        before=url_for("pages.desk", page=found.page - 1) if found.page > 1 else None,
        after=url_for("pages.desk", page=found.page + 1) if found.page < found.pages else None,
        late=late,
        cycles=cycles,
    )


def _form_of(kind: str) -> Form | None:
    kinds = library().kinds
    return kinds[kind].form if kind in kinds else None
