"""The public page behind a QR code: which of the three ways, what holds today, and whether a file is this one."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from governance.documents import scans
from governance.documents.effect import Effect, effect
from governance.documents.examined import Examined
from governance.documents.verifying import Match, Promised, Public, Tie, ended_by, match, promised, public_act, ties_of
from governance.kernel import clock
from governance.kernel.errors import Problem, TooMany
from web.forms.reading import Form, shown
from web.limits import CHECKS, LOOKS, limiter
from web.pages.blueprint import pages
from web.pages.shapes import kind_title
from web.pages.signing import outside
from web.shown import ABBREVIATIONS
from web.signatures import active_told, report_shape, signature_shape, way_meant, way_told, ways_shape
from web.wording import marked
from workflows.outside.pdfs import examined

LABELS = {"file": marked("Berkas")}
GOOD = frozenset({Match.SIGNED, Match.SCAN, Match.SEALED, Match.GAZETTED})


@pages.route("/v/<token>", methods=["GET", "POST"])
@limiter.limit(CHECKS, methods=["POST"])
@limiter.limit(LOOKS, methods=["GET"])
def verify(token: str) -> ResponseReturnValue:
    g.known = None  # Whoever is signed in here is a stranger to this page: it is the same for everyone.
    act = public_act(token) if len(token) == 32 else None
    if act is None:
        return _no_act(promised(token) if len(token) == 32 else None)
    if act.secret:
        return render_template("verify_secret.html", house=act.institution)
    if request.method == "GET":
        return _page(act)
    form = Form()
    data = form.file("file", required=True)
    if data is None:
        return _page(act, problems=form.problems), 422
    try:
        return _page(act, checked=_checked(act, data))
    except TooMany as busy:
        return _page(act, problems=[Problem("file", busy.key)]), 503


def _no_act(found: Promised | None) -> ResponseReturnValue:
    if found is None:
        return render_template("verify_unknown.html", house=None), HTTPStatus.NOT_FOUND
    return render_template("verify_unsigned.html", house=found.institution, cancelled=found.cancelled)


def _page(act: Public, *, checked: Any = None, problems: Any = ()) -> str:
    now = clock.now()
    today = clock.day_in(act.timezone, now)
    ties = ties_of(act)
    holds = effect(act.period, today)
    return render_template(
        "verify.html",
        house=act.institution,
        act=act,
        kind=kind_title(act.kind),
        heading=_heading(holds),
        holds=holds.value,
        now=now,
        timezone=act.timezone,
        zone_name=ABBREVIATIONS.get(act.timezone, act.timezone),
        ended_by=ended_by(ties),
        ties=[_tie_shape(tie) for tie in ties],
        way=act.way.value if act.way else "unknown",
        way_told=way_told(act.way),
        way_meant=way_meant(act.way),
        ways=ways_shape(act.way),
        report=report_shape(act.report),
        file_sha256=act.signed_sha256 or act.gazetted_sha256 or act.sha256 or act.scan_sha256,
        checked=checked,
        problems=shown(problems, LABELS),
    )


def _heading(holds: Effect) -> str:
    return {
        Effect.IN_FORCE: _("Dokumen ini tercatat dan berlaku"),
        Effect.NOT_YET: _("Dokumen ini tercatat dan belum mulai berlaku"),
        Effect.EXPIRED: _("Dokumen ini tercatat dan sudah berakhir"),
        Effect.REVOKED: _("Dokumen ini tercatat dan sudah dicabut"),
        Effect.AWAITS_PROMULGATION: _("Dokumen ini tercatat dan belum diundangkan"),
    }[holds]


def _tie_shape(tie: Tie) -> dict[str, Any]:
    words = {
        ("amends", True): _("Mengubah"),
        ("revokes", True): _("Mencabut"),
        ("replaces", True): _("Menggantikan"),
        ("implements", True): _("Melaksanakan"),
        ("amends", False): _("Diubah dengan"),
        ("revokes", False): _("Dicabut dengan"),
        ("replaces", False): _("Digantikan dengan"),
        ("implements", False): _("Dilaksanakan dengan"),
    }
    return {"word": words[tie.relation.value, tie.acting], "tie": tie}


def _checked(act: Public, data: bytes) -> dict[str, Any]:
    """What a file is. Nothing of it is kept: neither its bytes nor that it was asked about."""
    found = match(act, sha256(data).hexdigest())
    media = scans.kind_of(data)
    pdf = examined(data, outside().trust) if media == "application/pdf" else None
    signatures = pdf.signatures if pdf else ()
    return {
        "match": found.value,
        "good": found in GOOD,
        "said": _said(found),
        "electronic": bool(signatures),
        "signatures": [signature_shape(one) for one in signatures],
        "active": active_told(pdf) if pdf else [],
        "notes": _notes(found, pdf, is_picture=media is not None and pdf is None),
    }


def _said(found: Match) -> str:
    return {
        Match.SIGNED: _("Sama persis dengan PDF bertanda tangan elektronik yang dicatat."),
        Match.SCAN: _("Sama persis dengan pindaian yang dicatat."),
        Match.SEALED: _("Sama persis dengan naskah Word yang ditetapkan. Naskah Word tidak memuat tanda tangan."),
        Match.GAZETTED: _("Sama persis dengan naskah Word yang diundangkan. Naskah Word tidak memuat tanda tangan."),
        Match.PRINTED: _("Ini cetakan PDF dari naskah yang ditetapkan, tanpa tanda tangan."),
        Match.COPY: _("Ini salinan resmi dari naskah yang ditetapkan, bukan berkas bertanda tangan."),
        Match.PREPARED: _("Ini berkas yang disiapkan untuk ditandatangani, sebelum ditandatangani."),
        Match.DRAFT: _("Ini rancangan lama, bukan yang ditetapkan."),
        Match.OTHER: _("Bukan berkas ini. Isinya lain dari yang dicatat, walau mungkin hanya satu huruf."),
    }[found]


def _notes(found: Match, pdf: Examined | None, *, is_picture: bool) -> list[str]:
    notes = []
    if pdf is not None and pdf.broken:
        notes.append(_("PDF ini rusak atau tidak dapat dibaca, jadi tanda tangannya tidak dapat diperiksa."))
    if pdf is not None and pdf.locked:
        notes.append(_("PDF ini terkunci kata sandi, jadi isinya tidak dapat diperiksa."))
    if is_picture or (pdf is not None and not pdf.signatures and not pdf.broken):
        notes.append(
            _(
                "Berkas ini bukan tanda tangan elektronik: tidak ada tanda tangan elektronik di dalamnya. "
                "Kode QR dan gambar tanda tangan bukan tanda tangan elektronik."
            )
        )
    if pdf is not None and pdf.signed and found is Match.OTHER:
        notes.append(_("Tanda tangan elektronik di dalamnya utuh, tetapi bukan pada dokumen ini."))
    return notes
