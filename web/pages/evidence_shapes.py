"""How evidence looks on its pages: a piece, an offer with what may be done with it, a level with what it asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.assessment.criteria import Wording
from governance.assessment.cycles import Seen
from governance.assessment.evidence import Kept, Offered, Use
from governance.assessment.eyes import Eyes
from governance.assessment.instruments import Instrument, Item
from governance.assessment.judging import WITHDRAWABLE, EvidenceMove, EvidenceState, Reason, open_below
from governance.assessment.progress import FURTHEST, Progress
from governance.assessment.proven import lowest_asked
from governance.people import permissions
from governance.people.permissions import Act
from governance.people.roles import Role
from web.wording import marked

REASONS = {
    Reason.WRONG_OBJECT: marked("Objek lain: yang dibuktikan bukan yang diminta"),
    Reason.NOT_UPLOADED: marked("Berkasnya tidak diunggah"),
    Reason.LOWER_LEVEL_OPEN: marked("Tingkat di bawahnya masih terbuka"),
}
MOVES = {
    EvidenceMove.OFFER: marked("menambahkan"),
    EvidenceMove.SUBMIT: marked("mengajukan kepada asesor"),
    EvidenceMove.ACCEPT: marked("menerima"),
    EvidenceMove.SEND_BACK: marked("mengembalikan"),
    EvidenceMove.REOPEN: marked("meninjau lagi"),
    EvidenceMove.WITHDRAW: marked("menarik"),
}
SECRECY = {"biasa": marked("Biasa"), "terbatas": marked("Terbatas"), "rahasia": marked("Rahasia")}
MEDIA = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "text/csv": "CSV",
    "text/plain": "TXT",
}
PICTURES = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True)
class Looking:
    """Who looks at a cycle, with his seats, and on which day."""

    eyes: Eyes
    cycle: Seen
    today: date

    def may_offer(self, item: str) -> bool:
        """Whether his office offers evidence for the item now."""
        open_ = not self.cycle.is_closed
        return open_ and permissions.may(self.eyes.actor, Act.OFFER_EVIDENCE, self.cycle.matter(self.eyes.actor, item))

    def may_judge(self, item: str) -> bool:
        """Whether he rates the item now."""
        return not self.cycle.is_closed and self.eyes.rates(self.cycle.id, item)


def kept_shape(one: Kept, today: date) -> dict[str, Any]:
    """A piece of evidence."""
    return {
        "id": one.id,
        "name": one.name,
        "url": url_for("pages.kept_evidence", evidence_id=one.id),
        "document_url": url_for("pages.document", document_id=one.document_id) if one.document_id else "",
        "file_url": url_for("pages.evidence_file", evidence_id=one.id) if one.sha256 else "",
        "show_url": url_for("pages.evidence_file", evidence_id=one.id, show=1) if one.sha256 else "",
        "media": MEDIA.get(one.media, one.media),
        "is_pdf": one.media == "application/pdf",
        "is_picture": one.media in PICTURES,
        "size": one.size,
        "sha256": one.sha256,
        "dated_on": one.dated_on,
        "expires_on": one.expires_on,
        "expired": one.has_expired(today),
        "signed": one.signed,
        "secrecy": one.secrecy.value,
        "secrecy_told": _(SECRECY[one.secrecy.value]),
        "by": one.by_title,
        "at": one.at,
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_reason": one.withdrawn_reason,
    }


def use_shape(use: Use, looking: Looking, not_counted: Iterable[int] = ()) -> dict[str, Any]:
    """An offer, with what the reader may do with it; `not_counted`: the open levels for which it does not count."""
    mine = looking.may_offer(use.item) and (
        use.unit_id == looking.eyes.actor.unit_id or looking.eyes.actor.role is Role.DIGITAL
    )
    judges = looking.may_judge(use.item) and not use.is_withdrawn
    state = use.state
    return {
        "id": use.id,
        "url": url_for("pages.offered_evidence", use_id=use.id),
        "item": use.item,
        "item_url": url_for("pages.cycle_item", cycle_id=use.cycle_id, item=use.item),
        "year": use.year,
        "level": use.level,
        "code": use.code,
        "unit": use.unit_name,
        "pointer": use.pointer,
        "explanation": use.explanation,
        "state": state.value,
        "withdrawn": use.is_withdrawn,
        "reason": _(REASONS[use.reason]) if use.reason else "",
        "words": use.words,
        "judged_by": use.judged_by,
        "judged_at": use.judged_at,
        "carried": use.carried,
        "by": use.by_title,
        "at": use.at,
        "version": use.version,
        "kept": kept_shape(use.kept, looking.today),
        "not_counted": ", ".join(str(level) for level in not_counted),
        "may_submit": mine and not use.is_withdrawn and state in (EvidenceState.DRAFT, EvidenceState.REVISE),
        "may_mend": mine and not use.is_withdrawn and state in (EvidenceState.DRAFT, EvidenceState.REVISE),
        "may_say_facts": mine
        and (use.kept.unit_id == looking.eyes.actor.unit_id or looking.eyes.actor.role is Role.DIGITAL),
        "may_withdraw": mine and not use.is_withdrawn and state in WITHDRAWABLE,
        "may_judge": judges and state is EvidenceState.IN_PROCESS,
        "may_reopen": judges and state is EvidenceState.ACCEPTED,
        "steps": [
            {
                "by": step.by_title,
                "at": step.at,
                "said": _(MOVES[step.move]),
                "reason": _(REASONS[step.reason]) if step.reason else "",
                "words": step.words,
            }
            for step in use.steps
        ],
    }


def level_shapes(item: Item, instrument: Instrument, wording: Wording, told: Offered, looking: Looking) -> list[Any]:
    """Every level of an item: what it asks, its evidence items, and what is offered for it."""
    scale, lowest = instrument.scales.get(item.scale), lowest_asked(instrument)
    shapes = []
    for number in sorted(item.levels):
        text = wording[item.key, number]
        uses = [use for use in told.uses if use.level == number and not use.is_withdrawn]
        not_counted = open_below(told.accepted, number, lowest)
        name = scale.levels.get(number) if scale else None
        shapes.append(
            {
                "number": number,
                "name": name.name if name else "",
                "text": text.text,
                "official": text.official,
                "source": text.source,
                "by_pattern": text.by_pattern,
                "asks": number >= lowest,
                "state": _furthest(uses),
                "pieces": [
                    {"code": code, "text": asked, "state": _furthest([use for use in uses if use.code == code])}
                    for code, asked in item.levels[number].evidence.items()
                ],
                "uses": [
                    use_shape(use, looking, not_counted if use.state is EvidenceState.ACCEPTED else ()) for use in uses
                ],
            }
        )
    return shapes


def progress_shapes(cycle: Seen, instrument: Instrument, items: Mapping[str, Progress]) -> list[dict[str, Any]]:
    """Each item's row of the progress: a bar of its levels by state, and their numbers."""
    return [
        {
            "key": item.key,
            "name": item.name,
            "url": url_for("pages.cycle_item", cycle_id=cycle.id, item=item.key),
            "reached": items[item.key].reached,
            "bar": bar([(state, items[item.key].count(state)) for state in (*reversed(FURTHEST), None)]),
            "counts": [(key_of(state), items[item.key].count(state)) for state in (*reversed(FURTHEST), None)],
        }
        for item in instrument.items.values()
    ]


def bar(counts: Iterable[tuple[EvidenceState | None, int]]) -> list[dict[str, Any]]:
    """The pieces of a stacked bar, in percent of its width."""
    counts = list(counts)
    whole, start, pieces = sum(count for _state, count in counts) or 1, 0, []
    for state, count in counts:
        if count:
            x, width = (f"{100 * part / whole:.3f}%" for part in (start, count))
            pieces.append({"state": key_of(state), "x": x, "width": width, "count": count})
        start += count
    return pieces


def key_of(state: EvidenceState | None) -> str:
    """The state as templates name it; nothing offered yet is "none"."""
    return state.value if state else "none"


def _furthest(uses: Iterable[Use]) -> str:
    states = [use.state for use in uses]
    return key_of(max(states, key=FURTHEST.index) if states else None)
