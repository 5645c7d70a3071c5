"""The three ways an act is signed and what a PDF's signatures are worth, in words that pages share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from governance.documents.act_models import SigningWay
from governance.documents.examined import Active, Examined, Found
from governance.documents.qr import drawing
from governance.documents.seen import Seen
from governance.documents.signings import known_way
from governance.people.actors import Actor


def way_told(way: SigningWay | None) -> str:
    """The way's name; each has its own, and no page shortens it to "ditandatangani"."""
    return {
        None: _("Cara tanda tangan tidak diperiksa"),
        SigningWay.WET: _("Tanda tangan basah"),
        SigningWay.SIGNED_PDF: _("Tanda tangan elektronik dalam PDF yang diunggah"),
        SigningWay.NATIONAL: _("Tanda tangan elektronik lewat layanan nasional"),
    }[way]


def way_meant(way: SigningWay | None) -> str:
    """What the way means for whoever holds a copy; None: it was recorded, and nobody saw it here."""
    return {
        None: _(
            "Dicatat dari dokumen yang sudah ada, sebagaimana adanya. Cara tanda tangannya tidak diperiksa di sini; "
            "yang membuktikan adalah aslinya."
        ),
        SigningWay.WET: _(
            "Ditandatangani dengan tinta di atas kertas. Yang membuktikan adalah aslinya, yang disimpan Bagian Hukum; "
            "pindaiannya hanya gambar."
        ),
        SigningWay.SIGNED_PDF: _(
            "PDF ditandatangani dengan sertifikat di luar sistem ini, lalu diunggah. Tanda tangan dalam PDF itu "
            "diperiksa sebelum dicatat. Yang membuktikan adalah PDF itu sendiri; cetakannya tidak."
        ),
        SigningWay.NATIONAL: _(
            "PDF ditandatangani pejabatnya lewat layanan tanda tangan elektronik nasional. Tanda tangan dalam PDF itu "
            "diperiksa sebelum dicatat. Yang membuktikan adalah PDF itu sendiri; cetakannya tidak."
        ),
    }[way]


def ways_shape(way: SigningWay | None) -> list[dict[str, Any]]:
    """Each of the three ways: which it is, and which it is not; nothing where that is not known."""
    if way is None:
        return []
    not_told = {
        SigningWay.WET: _("Bukan tanda tangan basah."),
        SigningWay.SIGNED_PDF: _("Bukan tanda tangan elektronik dalam PDF yang diunggah."),
        SigningWay.NATIONAL: _("Bukan tanda tangan elektronik lewat layanan nasional."),
    }
    return [
        {"key": one.value, "yes": one is way, "text": way_told(one) if one is way else not_told[one]}
        for one in SigningWay
    ]


def signature_of(actor: Actor, document: Seen) -> dict[str, Any] | None:
    """How an act was signed, with the address where anyone may check it; None for what is no act."""
    if document.act is None or document.act.token is None:
        return None
    how = document.act.how
    address = url_for("pages.verify", token=document.act.token)
    way = known_way(how.way if how else None, recorded=document.act.recorded)
    base = current_app.extensions["signing"].address
    return {
        "way": way.value if way else "unknown",
        "told": way_told(way),
        "meant": way_meant(way),
        "signer_title": how.signer_title if how else "",
        "signer_name": how.signer_name if how else "",
        "signed_at": how.signed_at if how else None,
        "validated_at": how.at if how and way is not SigningWay.WET else None,
        "scan": document.act.scan_sha256 is not None,
        "report": report_shape(how.report if how else {}),
        "address": address,
        "qr": drawing(base + document.act.token),
    }


def report_shape(report: Mapping[str, Any]) -> dict[str, Any]:
    """What the validation found on the day of enactment."""
    signatures = tuple(Found(**one) for one in report.get("signatures", ()))
    return {"signatures": [signature_shape(one) for one in signatures], "differs": bool(report.get("differs"))}


def signature_shape(found: Found) -> dict[str, Any]:
    """One signature in a PDF: who, when, and whether it stands."""
    return {
        "signer": found.signer,
        "organisation": found.organisation,
        "issuer": found.issuer,
        "at": datetime.fromisoformat(found.at) if found.at and found.sound else None,
        "good": found.good and found.valid_then and found.trusted is not False,
        "facts": [*_integrity(found), _clock(found), _chain(found)],
    }


def _integrity(found: Found) -> list[str]:
    if not found.sound:
        return [_("Tidak berlaku: isi berkas berubah sesudah ditandatangani, atau tanda tangannya rusak.")]
    if found.added:
        return [_("Isi yang ditandatangani utuh, tetapi sesudahnya ada tambahan yang bukan tanda tangan.")]
    if found.whole:
        return [_("Utuh: mencakup seluruh berkas, tidak ada yang berubah sesudah ditandatangani.")]
    return [_("Utuh: sesudahnya hanya ada tanda tangan lain.")]


def _clock(found: Found) -> str:
    if not found.valid_then:
        return _("Sertifikat tidak berlaku pada waktu itu.")
    if found.stamped:
        return _("Waktu dari stempel waktu elektronik.")
    return _("Waktu menurut komputer penanda tangan.")


def _chain(found: Found) -> str:
    if found.trusted is None:
        return _("Rantai sertifikat tidak diperiksa: penerbit yang dipercaya belum diatur di sini.")
    if found.trusted:
        return _("Sertifikat berasal dari penerbit yang dipercaya di sini. Pencabutan sertifikat tidak diperiksa.")
    return _("Sertifikat tidak berasal dari penerbit yang dipercaya di sini.")


def active_told(examined: Examined) -> list[str]:
    """What the PDF would do by itself, in words."""
    words = {
        Active.SCRIPT: _("skrip (JavaScript)"),
        Active.LAUNCH: _("perintah menjalankan program"),
        Active.FILES: _("berkas lain di dalamnya"),
        Active.FORM: _("formulir yang mengirim isinya"),
        Active.MEDIA: _("suara atau video"),
    }
    return [words[one] for one in examined.active]
