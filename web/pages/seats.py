"""Who takes which part in a cycle: coordinator, who answers, data entry, the assessors and what each of them rates."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.assessment import cycles, offices, shares
from governance.assessment.course import CycleRole
from governance.assessment.cycles import Seen
from governance.assessment.offices import Seated
from governance.kernel import clock
from governance.kernel.errors import Invalid, Stale
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library, posts_of
from web.forms.reading import shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.share_shapes import ROLES, SURE, warning_shapes
from web.wording import marked
from workflows import seating
from workflows.seating import ONE_POST, SeatsWish

ABOUT = {
    CycleRole.COORDINATOR: marked("Menyampaikan hasilnya; menurut peraturan Sekretaris Daerah."),
    CycleRole.ANSWERABLE: marked("Memeriksa penilaian mandiri, dan dapat mengembalikannya."),
    CycleRole.DATA_ENTRY: marked("Memasukkan nilai ke aplikasi kementerian, dan mencatat hasilnya di sini."),
}
LABELS = {**{role.value: words for role, words in ROLES.items()}, "assessors": ROLES[CycleRole.ASSESSOR]}


@pages.get("/cycles/<int:cycle_id>/seats")
def cycle_seats(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    return _page(actor, cycles.seen(cycle_id, actor))


@pages.post("/cycles/<int:cycle_id>/seats")
def set_cycle_seats(cycle_id: int) -> ResponseReturnValue:
    actor = current_actor()
    cycle = cycles.seen(cycle_id, actor)
    permissions.require(actor, Act.RUN_CYCLE, cycle.matter(actor))
    wish = _typed(cycle_id)
    try:
        seating.set_seats(wish, by=actor, now=clock.now(), library=library())
    except Invalid as refusal:
        return _page(actor, cycle, wish, problems=refusal.problems), 422
    except Stale:
        return _page(actor, cycle, wish, stale=True), 409
    flash(_("Peran disimpan."), "good")
    return redirect(url_for("pages.cycle_seats", cycle_id=cycle_id), 303)


def _page(
    actor: Actor, cycle: Seen, typed: SeatsWish | None = None, *, problems: Sequence[Any] = (), stale: bool = False
) -> str:
    """The seats as they stand, or as they were typed; what stands now is what the next attempt is compared with."""
    instrument = library().instruments.instrument(cycle.instrument)
    seats = offices.seated(actor.institution_id, cycle.id)
    shared = offices.matrix(actor.institution_id, cycle.id)
    auditors = offices.auditors_of(actor.institution_id, today_of(actor))
    posts = {post_id: one.title for post_id, one in posts_of(actor).items()}
    named = {**LABELS, **{f"items_{post}": title for post, title in posts.items()}}
    return render_template(
        "cycle_seats.html",
        cycle=cycle,
        cycle_url=url_for("pages.cycle", cycle_id=cycle.id),
        single=[_single(role, seats, typed, posts) for role in ONE_POST],
        assessors=_assessors(seats, typed, posts),
        posts=sorted(posts.items(), key=lambda one: one[1]),
        seen=shares.seats_mark({(seat.role, seat.post_id): seat.items for seat in seats}),
        laid=bool(seats),
        can_set=permissions.may(actor, Act.RUN_CYCLE, cycle.matter(actor)) and not cycle.is_closed,
        warnings=warning_shapes(instrument, offices.warnings(instrument, seats, shared, auditors), seats),
        problems=shown(problems, named),
        stale=stale,
        last_item=list(instrument.items)[-1],
    )


def _single(
    role: CycleRole, seats: Sequence[Seated], typed: SeatsWish | None, posts: Mapping[int, str]
) -> dict[str, Any]:
    seat = next((one for one in seats if one.role is role), None)
    return {
        "place": role.value,
        "label": _(ROLES[role]),
        "about": _(ABOUT[role]),
        "value": typed.single.get(role) if typed else seat.post_id if seat else None,
        "title": posts.get(seat.post_id, "") if seat else "",
        "sure": _(SURE.get(seat.how_sure, seat.how_sure)) if seat and seat.how_sure else "",
    }


def _assessors(seats: Sequence[Seated], typed: SeatsWish | None, posts: Mapping[int, str]) -> list[dict[str, Any]]:
    """The assessors that stand, and those that were typed beside them; one that was unticked stays in sight."""
    standing = {seat.post_id: seat for seat in seats if seat.role is CycleRole.ASSESSOR}
    wished = dict(typed.assessors) if typed else {post: seat.items for post, seat in standing.items()}
    return [
        {
            "post": post,
            "title": posts.get(post, ""),
            "items": ", ".join(wished.get(post, ())),
            "kept": post in wished,
            "sure": _(SURE.get(standing[post].how_sure, "")) if post in standing and standing[post].how_sure else "",
        }
        for post in dict.fromkeys([*standing, *wished])
        if post in posts
    ]


def _typed(cycle_id: int) -> SeatsWish:
    form = request.form
    kept = [_post(one) for one in form.getlist("assessor")]
    added = _post(form.get("add", ""))
    assessors = {post: _items(form.get(f"items_{post}", "")) for post in kept if post is not None}
    if added is not None and added not in assessors:
        assessors[added] = _items(form.get("add_items", ""))
    single = {role: _post(form.get(role.value, "")) for role in ONE_POST}
    return SeatsWish(cycle_id, form.get("seen", ""), single, assessors)


def _items(said: str) -> tuple[str, ...]:
    """Items as they are typed, by commas or blanks; each once."""
    return tuple(dict.fromkeys(one.strip()[:20] for one in said[:2000].replace(",", " ").split()))


def _post(said: str) -> int | None:
    """A post's key; one that is no number is none that is there."""
    if not said:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
