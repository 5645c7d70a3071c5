"""What task pages show: one task with its story, and what was asked with every unit's copy."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.phrases import capital_first
from governance.tasks.lifecycle import MOVES as LEADS
from governance.tasks.lifecycle import Move
from governance.tasks.models import Source
from governance.tasks.queries import Asked, Round, Taken
from governance.tasks.wants import Kind, Want
from web.days import days_left
from web.pages.home import basis_of, task_state
from web.wording import marked

SOURCES = {
    "dictum": marked("Diktum keputusan"),
    "obligation": marked("Kewajiban menurut peraturan"),
    "indicator": marked("Indikator penilaian"),
    "finding": marked("Temuan audit"),
    "recommendation": marked("Rekomendasi hasil evaluasi"),
    "meeting": marked("Keputusan rapat"),
    "circular": marked("Surat edaran"),
    "by_hand": marked("Permintaan langsung"),
}
MOVES = {
    "read": marked("dibaca"),
    "accept": marked("diterima"),
    "decline": marked("ditolak"),
    "hand_in": marked("diserahkan"),
    "ask_extension": marked("perpanjangan diminta"),
    "comment": marked("tanggapan"),
    "return": marked("dikembalikan"),
    "verify": marked("dinyatakan lengkap"),
    "insist": marked("tetap diminta"),
    "reassign": marked("dialihkan"),
    "grant_extension": marked("perpanjangan diberikan"),
    "refuse_extension": marked("perpanjangan tidak diberikan"),
    "cancel": marked("dibatalkan"),
    "remind": marked("diingatkan"),
}


def one_shape(one: Asked, today: date) -> dict[str, Any]:
    """A task as its own page shows it."""
    return {
        "id": one.id,
        "what": capital_first(one.what),
        "unit": one.unit_name,
        "state": task_state(one, today),
        "due_on": one.due_on,
        "days_left": days_left(one.due_on, today) if one.is_open(today) else None,
        "dictum": one.place if one.number else "",
        "why": one.why,
        "source": _(SOURCES[one.source.value]),
        "document_url": url_for("pages.document", document_id=one.document_id) if one.document_id else "",
        "document_title": one.document_title,
        "number": one.number,
        "asked_by": one.asked_by,
        "wished_until": one.wished_until,
        "version": one.version,
        "wants": [want_shape(want) for want in one.wants],
        "moves": [move.value for move in one.moves],
        "may_hand_in": one.mine and Move.HAND_IN in one.moves,
        "may_link": (one.mine or one.follows_up) and (one.state, Move.HAND_IN) in LEADS,
        "mine": one.mine,
        "of_indicator": one.source is Source.INDICATOR,
        "follows_up": one.follows_up,
        "round_url": url_for("pages.asked", assignment_id=one.assignment_id),
    }


def want_shape(want: Want) -> dict[str, Any]:
    """One thing that is asked for."""
    return {
        "key": want.key,
        "label": want.label,
        "table": want.kind is Kind.TABLE,
        "required": want.required,
        "columns": want.columns,
    }


def step_shape(one: Taken, labels: dict[str, Want]) -> dict[str, Any]:
    """A line of a task's story."""
    return {
        "move": one.move.value,
        "said": _(MOVES[one.move.value]),
        "words": one.words,
        "until": one.until,
        "unit": one.unit_name,
        "by": one.by_title,
        "at": one.at,
        "files": [
            {
                "name": file.name,
                "url": url_for("pages.handed_file", file_id=file.id),
                "evidence_url": url_for("pages.file_as_evidence", file_id=file.id),
                "size": file.size,
                "label": labels[file.want].label if file.want in labels else "",
            }
            for file in one.files
        ],
        "tables": [
            {"label": labels[key].label, "columns": labels[key].columns, "rows": rows}
            for key, rows in one.tables.items()
            if key in labels
        ],
    }


def round_shape(one: Round) -> dict[str, Any]:
    """Something that was asked, with its counts."""
    return {
        "title": capital_first(one.what),
        "url": url_for("pages.asked", assignment_id=one.id),
        "source": _(SOURCES[one.source.value]),
        "due_on": one.due_on,
        "asked_by": one.asked_by,
        "at": one.created_at,
        "count": one.count,
        "open": one.open,
        "late": one.late,
        "handed_in": one.handed_in,
        "verified": one.verified,
        "declined": one.declined,
    }


def copy_shape(one: Asked, today: date) -> dict[str, Any]:
    """One unit's copy in a table."""
    return {
        "unit": one.unit_name,
        "what": capital_first(one.what),
        "url": url_for("pages.task", task_id=one.id),
        "state": task_state(one, today),
        "due_on": one.due_on,
        "days_left": days_left(one.due_on, today) if one.is_open(today) else None,
        "moved_at": one.moved_at,
        "wished_until": one.wished_until,
        "basis": basis_of(one),
        "round_url": url_for("pages.asked", assignment_id=one.assignment_id),
    }
