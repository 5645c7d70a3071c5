"""How a paper on the desk looks: what it is, what is asked, who signed, what changed, what the form check found."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from governance.desk.queries import Lying
from governance.documents.lifecycle import Move
from governance.documents.models import Secrecy
from web.at_hand import titles_of
from web.days import days_left
from web.guard import current_actor
from web.pages.shapes import kind_title
from web.wording import marked

PAGES = {
    Move.SUBMIT.value: "pages.draft",
    Move.INITIAL.value: "pages.decide",
    Move.APPROVE.value: "pages.decide",
    Move.RECORD.value: "pages.decide",
    Move.ENACT.value: "pages.enact",
    Move.PROMULGATE.value: "pages.promulgate",
}
ASKED = {
    Move.SUBMIT.value: (marked("Diminta: lengkapi dan ajukan."), marked("Lanjutkan draf")),
    Move.INITIAL.value: (marked("Diminta: baca dan paraf."), marked("Baca dan putuskan")),
    Move.APPROVE.value: (marked("Diminta: setujui konsep."), marked("Baca dan putuskan")),
    Move.RECORD.value: (marked("Diminta: catat surat dari pihak lain."), marked("Baca dan catat suratnya")),
    Move.ENACT.value: (marked("Diminta: catat penandatanganan dan nomornya."), marked("Catat penetapan")),
    Move.PROMULGATE.value: (marked("Diminta: undangkan dalam Berita Daerah."), marked("Undangkan")),
}
FOUND = {"error": marked("salah"), "warning": marked("peringatan"), "note": marked("catatan")}


def lying_shape(one: Lying, today: date) -> dict[str, Any]:
    """A row of the desk."""
    asked, act = ASKED.get(one.asked, (marked("Diminta: buka dan teruskan."), marked("Buka")))
    titles = titles_of(current_actor())
    return {
        "title": one.title,
        "kind": kind_title(one.kind),
        "unit": one.unit_name,
        "url": url_for(PAGES.get(one.asked, "pages.document"), document_id=one.id),
        "asked": _(asked),
        "act": _(act),
        "due_on": one.due_on,
        "days_left": days_left(one.due_on, today),
        "since": one.since,
        "signed": one.signed,
        "missing": [titles[post] for post in one.missing if post in titles] + list(one.outside),
        "restricted": one.secrecy.value if one.secrecy is not Secrecy.BIASA else "",
        "changed": _changed(one),
        "findings": _findings(one),
        "set": {"number": one.act.number, "on": one.act.signed_on, "scan": one.act.scan_sha256} if one.act else None,
        "file": url_for("pages.document_file", document_id=one.id) if one.revision else "",
        "revision": one.revision,
        "brief": url_for("pages.brief", document_id=one.id) if one.revision and one.act is None else "",
    }


def _changed(one: Lying) -> dict[str, str] | None:
    """What changed since this post last had the paper open; nothing of a draft or of what is set."""
    if one.revision is None or one.asked in (Move.SUBMIT.value, Move.ENACT.value, Move.PROMULGATE.value):
        return None
    if one.seen_revision is None:
        return {"icon": "eye", "text": _("Belum pernah Anda buka")}
    if one.seen_revision == one.revision:
        return {"icon": "check", "text": _("Tidak berubah sejak Anda buka")}
    if one.seen_revision == one.revision - 1 and one.changed is not None:
        text = ngettext(
            "%(num)s bagian berubah sejak Anda lihat", "%(num)s bagian berubah sejak Anda lihat", one.changed
        )
        return {"icon": "pencil", "text": text}
    old, new = one.seen_revision, one.revision
    return {
        "icon": "pencil",
        "text": _("Berubah sejak Anda lihat: revisi %(old)s, kini revisi %(new)s", old=old, new=new),
    }


def _findings(one: Lying) -> dict[str, str] | None:
    """What the form check counted when the revision was cut; None where it never looked."""
    if one.findings is None or one.act is not None:
        return None
    told = [f"{one.findings[key]} {_(word)}" for key, word in FOUND.items() if one.findings.get(key)]
    icon = "forbid" if one.findings.get("error") else "warn" if one.findings.get("warning") else "check"
    return {"icon": icon, "text": _("Pemeriksaan bentuk: %(found)s", found=", ".join(told) or _("bersih"))}
