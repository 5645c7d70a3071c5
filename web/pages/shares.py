"""The matrix of a cycle: which office is responsible for which indicator, and which contribute; set by sections."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.assessment import cycles, offices
from governance.assessment.course import Part
from governance.assessment.cycles import Seen
from governance.assessment.offices import Shared
from governance.kernel import clock
from governance.kernel.errors import Invalid, NotFound, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library, offices_of
from web.errors import change_told
from web.forms.reading import shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.share_shapes import Section, row_shape, sections_of, warning_shapes
from workflows import sharing
from workflows.sharing import ItemShares, Wish

Typed = Mapping[str, ItemShares]  # by item


@pages.get("/cycles/<int:cycle_id>/shares")
def cycle_shares(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return _page(actor, cycles.seen(cycle_id, actor))


@pages.post("/cycles/<int:cycle_id>/shares")
def set_cycle_shares(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    permissions.require(actor, Act.RUN_CYCLE, cycle.matter(actor))
    typed = _typed(cycle)
    wish = Wish(cycle_id, list(typed.values()), request.form.get("checked") == "1")
    try:
        changed = sharing.set_shares(wish, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, cycle, typed, problems=refusal.problems), 422
    except Stale as refusal:
        return _page(actor, cycle, typed, changed=refusal.changed), 409
    said = ngettext("%(num)s indikator diubah.", "%(num)s indikator diubah.", changed)
    flash(said if changed else _("Tidak ada yang berubah."), "good")
    return redirect(url_for("pages.cycle_shares", cycle_id=cycle_id), 303)


def _page(
    actor: Actor, cycle: Seen, typed: Typed | None = None, *, problems: Any = (), changed: Sequence[str] = ()
) -> str:
    """The whole matrix, or one section of it to be set; with what was typed, what is wrong, and what others changed."""
    instrument = library().instruments.instrument(cycle.instrument)
    shared = offices.matrix(actor.institution_id, cycle.id)
    seats = offices.seated(actor.institution_id, cycle.id)
    auditors = offices.auditors_of(actor.institution_id, today_of(actor))
    warned = offices.warnings(instrument, seats, shared, auditors)
    can_set = permissions.may(actor, Act.RUN_CYCLE, cycle.matter(actor)) and not cycle.is_closed
    sections = sections_of(instrument)
    part = _section_asked(sections) if can_set else None
    shown_sections = [part] if part else sections
    standing = {item.key: list(shared.get(item.key, ())) for one in shown_sections for item in one.items}
    wished = {item: _as_typed(one) for item, one in (typed or {}).items()}
    return render_template(
        "cycle_shares.html",
        cycle=cycle,
        cycle_url=url_for("pages.cycle", cycle_id=cycle.id),
        offices=offices_of(actor),
        sections=sections,
        part=part,
        rows=[
            (one, [_row(item.key, (standing, wished), actor, instrument) for item in one.items])
            for one in shown_sections
        ],
        laid=bool(shared),
        proposed=sum(any(one.how_sure for one in some) for some in shared.values()),
        without=[item for item in instrument.items if item not in shared],
        only=request.values.get("item", "") if part else "",
        can_set=can_set,
        warnings=warning_shapes(instrument, warned, seats),
        problems=shown(problems),
        changed=[change_told(one) for one in changed],
    )


def _row(key: str, known: tuple[dict[str, Any], dict[str, Any]], actor: Actor, instrument: Any) -> dict[str, Any]:
    """An item's row; what was typed stands in the cells, and the mark is that of what stands now."""
    standing, wished = known
    item, units = instrument.items[key], offices_of(actor)
    row = row_shape(item, standing[key], units)
    if key in wished:
        row["cells"] = row_shape(item, wished[key], units)["cells"]
        row["differs"] = row_shape(item, wished[key], units)["seen"] != row["seen"]
    return row


def _as_typed(one: ItemShares) -> list[Shared]:
    found = [Shared(unit, Part.CONTRIBUTOR, "") for unit in sorted(one.contributors - {one.responsible})]
    return [*([Shared(one.responsible, Part.RESPONSIBLE, "")] if one.responsible is not None else []), *found]


def _section_asked(sections: Sequence[Section]) -> Section | None:
    """The section of the address or the form; None where the whole is looked at. NotFound for one that is not there."""
    code = request.values.get("part", "")
    if not code:
        return None
    found = next((one for one in sections if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def _typed(cycle: Seen) -> dict[str, ItemShares]:
    """What the form says of each item that it names; what is no number is no office."""
    known = library().instruments.instrument(cycle.instrument).items
    named = [name.removeprefix("seen.") for name in request.form if name.startswith("seen.")]
    return {
        item: ItemShares(
            item=item,
            responsible=_unit(request.form.get(f"r.{item}", "")),
            contributors=frozenset(_unit(one) or 0 for one in request.form.getlist(f"c.{item}")),
            seen=request.form[f"seen.{item}"],
        )
        for item in named
        if item in known
    }


def _unit(said: str) -> int | None:
    if not said:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
