"""What goes to the national portal: seen first, then handed over as a zip."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.assessment import cycles
from governance.assessment.portal import MOST_BYTES, MOST_FILES, Plan, Why, counts_by_item
from governance.assessment.portal_texts import UNNAMED
from governance.kernel import clock
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.guard import current_actor
from web.pages.blueprint import pages
from web.wording import marked
from workflows import handing_over
from workflows.handing_over import Wanted

MOST_SHOWN = 200  # of what stays
WHY = {
    Why.RAHASIA: marked("Rahasia, tidak pernah ikut"),
    Why.TERBATAS: marked("Terbatas, tidak ikut"),
    Why.WITHDRAWN: marked("Sudah ditarik"),
    Why.NOT_ACCEPTED: marked("Belum diterima asesor"),
    Why.EXPIRED: marked("Masa berlakunya habis"),
    Why.NO_FILE: marked("Belum ada berkas bertanda tangan, salinan, atau pindaian"),
    Why.GONE: marked("Berkasnya tidak ada di penyimpanan"),
}


@pages.get("/cycles/<int:cycle_id>/portal")
def cycle_portal(cycle_id: int) -> ResponseReturnValue:
    return _page(current_actor(), _wanted(cycle_id, request.args))


@pages.post("/cycles/<int:cycle_id>/portal.zip")
def portal_zip(cycle_id: int) -> ResponseReturnValue:
    wanted = _wanted(cycle_id, request.form)
    package = handing_over.hand_over(wanted, by=current_actor(), now=clock.now(), library=library())
    answer = Response(package.chunks, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{package.name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wanted(cycle_id: int, asked: Any) -> Wanted:
    return Wanted(cycle_id, asked.get("group", "")[:40], asked.get("restricted", "") == "1")


def _page(actor: Actor, wanted: Wanted) -> str:
    seen = cycles.seen(wanted.cycle_id, actor)
    permissions.require(actor, Act.HAND_TO_PORTAL, seen.matter(actor))
    instrument = library().instruments.instrument(seen.instrument)
    plan = handing_over.plan_of(wanted, seen, by=actor, now=clock.now(), library=library())
    return render_template(
        "cycle_portal.html",
        cycle=seen,
        wanted=wanted,
        groups=[(code, f"{code} {group.name}") for code, group in instrument.groups.items()],
        plan=plan,
        size_mb=_megabytes(plan.size),
        most_mb=MOST_BYTES // 1024**2,
        most_files=MOST_FILES,
        too_large=plan.size > MOST_BYTES or len(plan.packed) > MOST_FILES,
        items=[
            {"key": item, "name": instrument.items[item].name, "going": going, "staying": staying}
            for item, going, staying in counts_by_item(plan, list(instrument.items))
        ],
        stays=_stays(plan),
        more=max(len(plan.left_out) - MOST_SHOWN, 0),
        action=url_for("pages.portal_zip", cycle_id=seen.id),
    )


def _stays(plan: Plan) -> list[dict[str, Any]]:
    """What stays and why; of what is secret only where it would have gone."""
    return [
        {
            "item": piece.item,
            "place": piece.code or f"L{piece.level}",
            "name": "" if why in UNNAMED and not piece.his else piece.name,
            "why": WHY[why],
        }
        for piece, why in plan.left_out[:MOST_SHOWN]
    ]


def _megabytes(size: int) -> str:
    """In megabytes; the smallest that is told is a tenth."""
    return f"{max(size / 1024**2, 0.1):.1f}".replace(".", ",")
