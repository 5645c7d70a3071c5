"""How documents, routes and groups look to the templates."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.act_models import SigningWay
from governance.documents.effect import Effect, effect
from governance.documents.lifecycle import Move, State
from governance.documents.seen import Made, RouteLine, Seen
from governance.documents.signings import SIGN
from governance.documents.standing import Known, Standing, standing
from governance.mandates.law import Law
from governance.mandates.mandates import Glance, Strength
from governance.people.actors import Actor
from governance.people.permissions import Act
from web.at_hand import library
from web.wording import told

ASKS_NOTHING = (None, Strength.OPTIONAL)


def kind_title(kind: str) -> str:
    """What a kind is called."""
    shelf = library()
    if kind in shelf.kinds:
        return shelf.kinds[kind].title
    return shelf.law.mandates[kind].title if kind in shelf.law.mandates else kind


def kinds_to_draft() -> list[tuple[str, str]]:
    """The kinds that can be drafted here."""
    return [(key, kind.title) for key, kind in library().kinds.items()]


def kinds_to_record() -> list[tuple[str, str]]:
    """Every document that the law data names: an old act of any of them can be recorded."""
    return [(key, mandate.title) for key, mandate in library().law.mandates.items()]


def document_shape(document: Seen) -> dict[str, Any]:
    """A document for its page."""
    act, mandate = document.act, library().law.mandates.get(document.kind)
    return {
        "id": document.id,
        "title": document.title,
        "kind_title": kind_title(document.kind),
        "year": document.year,
        "state": document.state.value,
        "number": document.number,
        "secrecy": document.secrecy.value,
        "initiator": document.unit_name,
        "seen": document.seen,
        "sha256": document.sha256,
        "version": document.version,
        "waiting_for": document.waiting_titles,
        "scan_pending": act is not None and act.scan_sha256 is None and act.signed_sha256 is None,
        "recorded": act is not None and act.recorded,
        "signed_on": act.signed_on if act else None,
        "in_force_from": act.in_force_from if act else None,
        "in_force_to": act.in_force_to if act else None,
        "gazette": act.gazette if act else None,
        "promulgated_on": act.promulgated_on if act else None,
        "issuer": act.issuer if act else None,
        "objects": act.objects if act else None,
        "external": mandate is not None and mandate.external,
        "asked": document.asked,
    }


def state_word(document: Seen, today: date) -> str:
    """A document's state; of an act that no longer holds, that it does not."""
    ended = effect(document.act.period, today) if document.act else None
    return ended.value if ended in (Effect.REVOKED, Effect.EXPIRED) else document.state.value


def row_shape(document: Seen, today: date) -> dict[str, Any]:
    """A document in a list."""
    return {
        "url": way_to(document),
        "title": document.title,
        "year": document.year,
        "state": state_word(document, today),
        "number": document.number,
        "waiting_for": document.waiting_titles,
        "due_on": document.due_on,
        "unit": document.unit_name,
        "secrecy": document.secrecy.value,
    }


def waiting_shape(document: Seen) -> dict[str, Any]:
    """A document that waits for the reader, with what is asked."""
    if document.asked == SIGN:
        return _waits(document, _("Diminta: tanda tangan elektronik Anda."), _("Baca dan tanda tangani"))
    asked = {
        State.DRAFT: _("Diminta: lengkapi dan ajukan."),
        State.APPROVED: _("Diminta: catat penandatanganan dan nomornya."),
        State.ENACTED: _("Diminta: undangkan dalam Berita Daerah."),
    }.get(document.state)
    if asked is None:
        found = [word for move, word in _asked_in_review() if move in document.moves]
        asked = found[0] if found else _("Diminta: baca dan paraf.")
    acts = {State.DRAFT: _("Lanjutkan draf"), State.APPROVED: _("Catat penetapan"), State.ENACTED: _("Undangkan")}
    return _waits(document, asked, acts.get(document.state, ""))


def _waits(document: Seen, asked: str, act: str) -> dict[str, Any]:
    return {
        "title": document.title,
        "url": way_to(document),
        "asked": asked,
        "state": document.state.value,
        "due_on": document.due_on,
        "facts": [document.unit_name],
        "act": act,
    }


def _asked_in_review() -> tuple[tuple[Move, str], ...]:
    return (
        (Move.APPROVE, _("Diminta: setujui konsep.")),
        (Move.RECORD, _("Diminta: catat surat dari pihak lain.")),
        (Move.INITIAL, _("Diminta: baca dan paraf.")),
        (Move.FORWARD, _("Diminta: teruskan paraf kepada jabatan lain.")),
        (Move.RETURN, _("Diminta: carikan pejabat lain (Plh.) yang menyetujui.")),
    )


def way_to(document: Seen) -> str:
    """The page where the reader goes on with a document."""
    if document.state is State.DRAFT and Move.SUBMIT in document.moves:
        return url_for("pages.draft", document_id=document.id)
    if document.state is State.IN_REVIEW and {Move.INITIAL, Move.APPROVE, Move.RECORD} & set(document.moves):
        return url_for("pages.decide", document_id=document.id)
    if document.asked == SIGN:
        return url_for("pages.sign", document_id=document.id)
    if Move.ENACT in document.moves:
        return url_for("pages.enact", document_id=document.id)
    if Move.PROMULGATE in document.moves:
        return url_for("pages.promulgate", document_id=document.id)
    return url_for("pages.document", document_id=document.id)


def route_shape(actor: Actor, document: Seen, lines: Sequence[RouteLine], made: Sequence[Made]) -> list[Any]:
    """The route as a line of steps: what is done, whose turn it is, what comes; older decisions shown as void."""
    reviewed = _reviewed(document, made)
    shapes = [_made_shape(one, document, reviewed) for one in made]
    for line in open_lines(lines, made) if document.state is State.IN_REVIEW else ():
        now = line.step == open_lines(lines, made)[0].step
        mine = now and line.post_id == actor.post_id and not line.declined
        shape = _step(line.title, "now" if now else "next", _asked_of(line), mine=mine)
        shapes.append(shape | {"due_on": document.due_on if now else None})
    if document.state in (State.IN_REVIEW, State.APPROVED):
        word = _("tanda tangan, basah atau elektronik; dicatat Bagian Hukum")
        state = "now" if document.state is State.APPROVED else "next"
        shapes.append(_step(_("Penetapan"), state, word, mine=Move.ENACT in document.moves))
    return shapes


def open_lines(lines: Sequence[RouteLine], made: Sequence[Made]) -> list[RouteLine]:
    """What of the route is still to be done."""
    done = {(one.move.value, one.external or one.post_id) for one in made if one.counts}
    return [line for line in lines if (line.asked, line.external or line.post_id) not in done]


def external_shape(document: Seen, lines: Sequence[RouteLine], made: Sequence[Made]) -> dict[str, Any] | None:
    """The step of others whose letter the reader is asked to record; None where he is asked for none."""
    if Move.RECORD not in document.moves:
        return None
    line = open_lines(lines, made)[0]
    return {"key": line.external, "title": line.title, "optional": line.optional}


def _asked_of(line: RouteLine) -> str:
    """What a signer is asked, by the name of his initial."""
    if line.declined:
        return _("menunggu pengganti")
    words = {"hierarchy": _("Paraf hierarki"), "coordination": _("Paraf koordinasi")}
    return words.get(line.initials) or told(f"move.{line.asked}")


def _reviewed(document: Seen, made: Sequence[Made]) -> int | None:
    """The revision that is decided on; of an act, the one that was approved, for sealing cuts another."""
    if document.state in (State.IN_REVIEW, State.APPROVED):
        return document.revision
    return next((one.revision for one in reversed(made) if one.counts and one.move is Move.APPROVE), None)


def _made_shape(one: Made, document: Seen, reviewed: int | None) -> dict[str, Any]:
    lasting = one.counts or one.move not in (Move.INITIAL, Move.APPROVE)
    national = document.act is not None and document.act.way is SigningWay.NATIONAL
    word = told(f"move.{SIGN if one.move is Move.ENACT and national else one.move.value}.done")
    if one.to:
        word = _("meneruskan paraf kepada %(post)s", post=one.to)
    shape = _step(one.title, "done" if lasting else "void", word, mine=False)
    return shape | {"at": one.at, "note": one.reason, "revision": _on_revision(one, reviewed) if lasting else ""}


def _on_revision(one: Made, reviewed: int | None) -> str:
    """Whether a decision was made on the revision that is read now, or on which older one."""
    if one.move not in (Move.INITIAL, Move.APPROVE) or one.revision is None or reviewed is None:
        return ""
    if one.revision == reviewed:
        return _("pada revisi ini")
    return _("pada revisi sebelumnya (%(number)s)", number=one.revision)


def _step(title: str, state: str, word: str, *, mine: bool) -> dict[str, Any]:
    return {
        "title": title,
        "state": state,
        "word": word,
        "at": None,
        "manner": "",
        "mine": mine,
        "note": "",
        "revision": "",
        "due_on": None,
    }


def groups_shape(law: Law, known: dict[str, list[Known]], on: date, may: Collection[Act]) -> list[dict[str, Any]]:
    """The five groups at a glance; `may` says which ways on the reader has from what is missing."""
    return [
        {
            "number": group.key,
            "title": group.title,
            "rows": [_glance_shape(glance, known.get(glance.mandate.key, []), on, may) for glance in glances],
        }
        for group, glances in law.groups_at_a_glance(on)
    ]


def _glance_shape(glance: Glance, known: list[Known], on: date, may: Collection[Act]) -> dict[str, Any]:
    asked = not glance.mandate.optional and glance.strength not in ASKS_NOTHING
    stands = standing(known, on, asked=asked)
    missing = stands.standing in (Standing.MISSING, Standing.EXPIRED, Standing.REVOKED) and stands.under_way is None
    return {
        "title": glance.mandate.title,
        "state": stands.standing.value,
        "document_url": stands.document_id and url_for("pages.document", document_id=stands.document_id),
        "note": _note(glance, stands.standing, stands.under_way, stands.recorded),
        "basis": _basis(glance) if stands.standing in (Standing.MISSING, Standing.OPTIONAL) else "",
        "until": stands.until,
        "acts": _ways_on(glance.mandate.key, may) if missing else [],
    }


def _ways_on(kind: str, may: Collection[Act]) -> list[dict[str, str]]:
    """What the reader can do about a document that is not there: draft it, or record the one that exists on paper."""
    ways = []
    if kind in library().kinds and Act.DRAFT in may:
        ways.append({"text": _("Susun"), "url": url_for("pages.new_document", kind=kind)})
    if Act.RECORD_ACT in may:
        ways.append({"text": _("Catat yang sudah ada"), "url": url_for("pages.record_act", kind=kind)})
    return ways


def _note(glance: Glance, word: Standing, under_way: Known | None, recorded: bool) -> str:
    notes = []
    if recorded:
        notes.append(_("Dicatat dari dokumen yang sudah ada."))
    if under_way is not None:
        notes.append(_("Rancangan baru: %(state)s.", state=told(f"state.{under_way.state.value}")))
    if word in (Standing.MISSING, Standing.OPTIONAL):
        notes.append(_strength_note(glance))
    return " ".join(notes)


def _strength_note(glance: Glance) -> str:
    if glance.mandate.optional or glance.strength is Strength.OPTIONAL:
        return _("Pilihan: tidak diwajibkan peraturan yang berlaku.")
    if glance.duty is None:
        return _("Tidak ada kewajiban yang diketahui pada tanggal ini.")
    words = {
        Strength.REQUIRED: _("Wajib"),
        Strength.TASK: _("Tugas"),
        Strength.ASSESSED: _("Dinilai"),
        Strength.CUSTOMARY: _("Lazim"),
    }
    return f"{words[glance.strength]}:" if glance.strength in words else ""


def _basis(glance: Glance) -> str:
    """What asks for the document, in the law's own words."""
    if glance.duty is None or glance.strength in ASKS_NOTHING or glance.mandate.optional:
        return ""
    regulation = library().law.regulations.get(glance.duty.regulation or "")
    named = f"{regulation.issuer or regulation.type} {regulation.number}/{regulation.year}" if regulation else ""
    return " ".join(part for part in (named, glance.duty.article) if part) + "."
