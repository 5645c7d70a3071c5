"""How the kinds of documents look to their pages: what the law says of each on a day, and what it proves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from governance.documents.brief import establishing
from governance.documents.kinds import INITIATOR_HEAD, Kind, Step
from governance.documents.route import HIERARCHY
from governance.mandates.law import Law
from governance.mandates.mandates import Duty, Mandate, Review, Section
from governance.mandates.proofs import Ceiling, Proof, ceilings
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role
from web.wording import marked
from workflows.library import Library

STRENGTHS = {
    "wajib": marked("Wajib"),
    "tugas": marked("Tugas tanpa nama dokumen"),
    "dinilai": marked("Dinilai"),
    "lazim": marked("Lazim"),
    "pilihan": marked("Pilihan"),
}
SURE = {
    "read": marked("naskahnya dibaca"),
    "derived": marked("langsung dari teks kriteria"),
    "secondary": marked("dari kutipan atau ringkasan"),
    "practice": marked("praktik, bukan pasal"),
    "inferred": marked("tafsiran: periksa"),
    "memory": marked("ingatan: periksa"),
    "unknown": marked("tidak diketahui: periksa"),
}
MOVES = {
    "initial": marked("paraf"),
    "approve": marked("persetujuan konsep"),
    "record": marked("dicatat dengan suratnya"),
}


@dataclass(frozen=True)
class Looking:
    """Who looks, and at the law of which day."""

    library: Library
    facts: InstitutionFacts
    on: date

    @property
    def law(self) -> Law:
        """The law they look into."""
        return self.library.law


def sure(word: str) -> str:
    """How sure something is, in words."""
    return _(SURE.get(word, word))


def groups_of_kinds(look: Looking) -> list[dict[str, Any]]:
    """Every document the law data names, by group: those drafted here and those recorded from outside."""
    return [
        {"title": group.title, "note": group.note, "rows": [_row(look, one) for one in look.law.mandates_of(group.key)]}
        for group in look.law.groups
    ]


def kind_shape(look: Looking, mandate: Mandate) -> dict[str, Any]:
    """One kind for its page."""
    kind = look.library.kinds.get(mandate.key)
    return {
        "key": mandate.key,
        "title": kind.title if kind else mandate.title,
        "full_title": mandate.title,
        "drafted": kind is not None,
        "form": kind.instrument if kind else None,
        "establishes": _establisher(look, kind, mandate),
        "prepared": mandate.prepared_by,
        "route": [_step(look, step) for step in kind.route if step.stands(look.on)] if kind else [],
        "validity_years": mandate.validity_years,
        "validity_note": mandate.validity_note,
        "recurrence": mandate.recurrence.note if mandate.recurrence else "",
        "duties": [_duty(look.law, duty) for duty in mandate.duties_on(look.on)],
        "reviews": [_review(one) for one in mandate.reviews if _stands(one, look.on)],
        "needs": [_need(look.law, key) for key in mandate.depends_on],
        "sections": [_section(one, mandate) for one in mandate.required_sections],
        "note": mandate.note,
        **_proofs(look.law, mandate.key),
    }


def _row(look: Looking, mandate: Mandate) -> dict[str, Any]:
    kind = look.library.kinds.get(mandate.key)
    strength = mandate.strength_on(look.on)
    return {
        "url": url_for("pages.kind", kind=mandate.key, on=look.on.isoformat()),
        "route_url": url_for("pages.kind_route", kind=mandate.key, on=look.on.isoformat()) if kind else "",
        "title": kind.title if kind else mandate.title,
        "form": kind.instrument if kind else None,
        "establishes": _establisher(look, kind, mandate)["office"],
        "strength": _(STRENGTHS[strength]) if strength else "",
        "proves": len({(one.instrument, one.indicator) for one in look.law.proofs_of(mandate.key).proofs}),
    }


def _establisher(look: Looking, kind: Kind | None, mandate: Mandate) -> dict[str, str]:
    """Who sets it on that day, and how sure that is where the law changed it."""
    spans = [one for one in mandate.established_by_on_date if (one.start or look.on) <= look.on <= (one.end or look.on)]
    known = sure(spans[0].how_sure) if spans else ""
    office = establishing(kind, look.facts, look.law, look.on).office if kind else mandate.established_by
    return {"office": office, "sure": known, "said": mandate.established_by if kind else ""}


def _step(look: Looking, step: Step) -> dict[str, Any]:
    told = {"move": _(MOVES[step.move]), "where": step.basis, "optional": step.optional}
    if step.external:
        return {"office": step.title, **told}
    if step.offices == (INITIATOR_HEAD,):
        return {"who": _("Kepala unit pemrakarsa"), **told}
    if step.offices == (HIERARCHY,):
        return {"who": _("Garis unit pemrakarsa, dari bawah ke atas"), **told}
    return {"office": ", ".join(_office(look, who) for who in step.offices), **told}


def _office(look: Looking, who: str) -> str:
    if who == INITIATOR_HEAD:
        return _("Kepala unit pemrakarsa")
    post = look.facts.post_of(Role(who))
    return post.title if post else next((one.title for one in look.law.offices if one.role == who), who)


def _duty(law: Law, duty: Duty) -> dict[str, Any]:
    return {
        "strength": _(STRENGTHS[duty.strength]),
        "says": duty.says,
        "where": ", ".join(filter(None, (_short(law, duty.regulation), duty.article))),
        "since": duty.start,
        "until": duty.end,
        "sure": sure(duty.how_sure),
        "note": duty.note,
    }


def _short(law: Law, key: str | None) -> str:
    """A regulation as a sentence names it: "Perpres Nomor 95 Tahun 2018"."""
    one = law.regulations.get(key or "")
    if one is None:
        return ""
    return f"{one.issuer or one.type} Nomor {one.number} Tahun {one.year}" if one.number else one.title


def _stands(review: Review, on: date) -> bool:
    return (review.in_force_from or on) <= on <= (review.in_force_to or on)


def _review(review: Review) -> dict[str, Any]:
    return {
        "when": review.when,
        "by": review.by,
        "where": review.article or review.basis,
        "triggers": review.triggers,
    }


def _need(law: Law, key: str) -> dict[str, str]:
    if key in law.mandates:
        return {"title": law.mandates[key].title, "url": url_for("pages.kind", kind=key)}
    return {"title": law.inputs[key].title if key in law.inputs else key, "url": ""}


def _section(section: Section, mandate: Mandate) -> dict[str, Any]:
    practice = not section.verified or mandate.required_sections_nature != "law"
    return {
        "title": section.title,
        "where": section.legal_basis,
        "note": section.note,
        "optional": section.optional,
        "practice": practice and not section.legal_basis,
    }


def _proofs(law: Law, key: str) -> dict[str, Any]:
    known = law.proofs_of(key)
    return {
        "proves": [
            {
                "title": instrument.title,
                "caution": law.cautions.get(instrument.key, ""),
                "rows": [_ceiling(law, one) for one in found],
            }
            for instrument in reversed(tuple(law.instruments.values()))  # the newest first
            if (found := ceilings(known.of(instrument.key)))
        ],
        "proves_not": known.does_not_prove,
        "proof_note": known.note,
        "refused": law.rejections if known.proofs else (),
    }


def _ceiling(law: Law, ceiling: Ceiling) -> dict[str, Any]:
    return {
        "indicator": ceiling.indicator,
        "highest": ceiling.highest,
        "sure": ", ".join(dict.fromkeys(sure(step.how_sure) for step in ceiling.steps)),
        "steps": [_proof(law, step) for step in _upwards(ceiling.steps)],
    }


def _upwards(steps: Iterable[Proof]) -> list[Proof]:
    return sorted(steps, key=lambda step: step.up_to_level or 0)


def _proof(law: Law, proof: Proof) -> dict[str, Any]:
    return {
        "level": proof.up_to_level,
        "state": law.proof_states[proof.state].title,
        "alone": proof.role == "main",
        "basis": proof.basis.partition(": ")[2] or proof.basis,
        "needs": proof.needs,
        "note": proof.note,
    }
