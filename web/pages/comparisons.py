"""Comparing: two revisions side by side or in one text, an uploaded file with one, and the same as a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import queries
from governance.documents.comparison import Block, Comparison, Fate, compare
from governance.documents.package import Package
from governance.documents.redline import redline
from governance.documents.revisions import Cut, difference, last_seen, revisions_of
from governance.documents.seen import Seen
from governance.documents.upload import judge_package
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from web.at_hand import library
from web.forms.reading import FAULTS, Form, Shown, faults_of, shown
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.documents import today_of
from web.pages.shapes import document_shape
from web.sheets import Download, handed
from web.wording import marked

VIEWS = ("side", "inline")
ENDS = ("from", "to")
NEAR = 1  # equal blocks shown before and after each change; the others are folded
LABELS = {"file": marked("Berkas")}


@dataclass(frozen=True)
class Chosen:
    """What is compared: two revisions among all of a document."""

    document: Seen
    cuts: tuple[Cut, ...]
    before: Cut
    after: Cut

    @property
    def as_arguments(self) -> dict[str, Any]:
        """As the address names it."""
        return {"document_id": self.document.id, "from": self.before.number, "to": self.after.number}


@pages.get("/documents/<int:document_id>/compare")
def compare_revisions(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    seen = queries.document(actor, document_id, today_of(actor))
    if seen.revision is None:
        return render_template("compare.html", document=document_shape(seen), after=None)
    return _revisions_page(actor, _chosen(actor, seen))


@pages.post("/documents/<int:document_id>/compare")
def compare_upload(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    chosen = _chosen(actor, queries.document(actor, document_id, today_of(actor)))
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return _revisions_page(actor, chosen, shown(form.problems, LABELS)), 422
    try:
        judge_package(Package.read(data), pending=True)
        found = compare(library().files.read(chosen.after.sha256), data)
    except FAULTS as refusal:
        return _revisions_page(actor, chosen, shown(faults_of(refusal), LABELS)), 422
    return _page(chosen, found, before=_revision(chosen.after), after=_("Berkas yang diunggah"), uploaded=True)


@pages.get("/documents/<int:document_id>/compare/file")
def comparison_file(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    chosen = _chosen(actor, queries.document(actor, document_id, today_of(actor)))
    before, after = (library().files.read(cut.sha256) for cut in (chosen.before, chosen.after))
    data = redline(before, after, author=f"Mandat, revisi {chosen.after.number}", at=chosen.after.created_at)
    name = f"{chosen.document.kind}-{chosen.document.year}-{document_id}"
    return handed(Download(data, f"{name}-r{chosen.before.number}-r{chosen.after.number}-terlacak.docx"))


def _chosen(actor: Actor, seen: Seen) -> Chosen:
    """The revisions that the address names; NotFound for one that is not there.

    Where it names none: the one that the actor's post decided on last, else the last but one, against the newest.
    """
    cuts = revisions_of(actor, seen.id)
    if not cuts:
        raise NotFound
    mine = [one.sha256 for one in queries.decisions(actor, seen) if one.post_id == actor.post_id]
    usual = (last_seen(cuts, mine) or cuts[-2:][0], cuts[-1])
    by_number = {str(cut.number): cut for cut in cuts}
    before, after = (request.args.get(name, str(cut.number)) for name, cut in zip(ENDS, usual, strict=True))
    if before not in by_number or after not in by_number:
        raise NotFound
    return Chosen(seen, tuple(cuts), by_number[before], by_number[after])


def _revisions_page(actor: Actor, chosen: Chosen, problems: Sequence[Shown] = ()) -> str:
    found = difference(actor, chosen.before, chosen.after, library().files.read)
    return _page(chosen, found, before=_revision(chosen.before), after=_revision(chosen.after), problems=problems)


def _page(chosen: Chosen, found: Comparison, **more: Any) -> str:
    view = request.args.get("view", "")
    return render_template(
        "compare.html",
        document=document_shape(chosen.document),
        revisions=[(cut.number, _revision(cut)) for cut in chosen.cuts],
        asked=chosen.as_arguments,
        view=view if view in VIEWS else "",
        counts=found.counts,
        stretches=_stretches(found.blocks),
        file_url=url_for("pages.comparison_file", **chosen.as_arguments),
        **{"uploaded": False, "problems": [], **more},
    )


def _revision(cut: Cut) -> str:
    return _("Revisi %(number)s", number=cut.number)


def _stretches(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """The blocks for the page: what is equal and far from any change is folded; the margins apart, if they differ."""
    if not any(block.aside and block.fate is not Fate.EQUAL for block in blocks):
        blocks = [block for block in blocks if not block.aside]
    near = {
        at
        for changed, block in enumerate(blocks)
        if block.fate is not Fate.EQUAL
        for at in range(changed - NEAR, changed + NEAR + 1)
    }
    places = [(at not in near, block.aside) for at, block in enumerate(blocks)]
    grouped = groupby(zip(places, blocks, strict=True), key=lambda one: one[0])
    return [
        {"folded": folded, "aside": aside, "blocks": [block for _place, block in group]}
        for (folded, aside), group in grouped
    ]
