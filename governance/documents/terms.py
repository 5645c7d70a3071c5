"""The term a document uses, SPBE or Pemerintah Digital, beside the one its law uses on the planned day."""

from dataclasses import dataclass
from datetime import date

from governance.documents.kinds import Kind
from governance.mandates.law import Law
from governance.mandates.rules import Term
from governance.people.facts import InstitutionFacts


@dataclass(frozen=True)
class Mismatch:
    """The term that was chosen, the one the law uses, and the regulation that does."""

    chosen: str
    lawful: str
    regulation: str


def mismatch(kind: Kind, chosen: str, institution: InstitutionFacts, law: Law, on: date) -> Mismatch | None:
    """How the chosen term differs from the law's on that day; None where the law uses it, or names neither.

    The regulation that demands the document speaks first: since 5 June 2026 an assessors' decree rests on Permenpan RB
    8/2026 though it goes on to cite Perpres 95/2018. Where that one names no term, all that Mengingat cites is asked.
    """
    duties = law.mandate(kind.key).duties_on(on) if kind.key in law.mandates else ()
    demanding = [law.regulation(duty.regulation) for duty in duties[:1] if duty.regulation]
    cited = [one.text for one in law.mengingat(kind.key, institution, on)] if kind.key in law.mandates else []
    for texts in ([one.wording_on(on) or one.title for one in demanding], cited):
        used = {term.key: text for text in reversed(texts) for term in named_in(text, law)}
        if used:
            return _differing(chosen, used, law)
    return None


def named_in(text: str, law: Law) -> list[Term]:
    """The terms that a text names in full."""
    return [term for term in law.terms.values() if term.title.casefold() in text.casefold()]


def _differing(chosen: str, used: dict[str, str], law: Law) -> Mismatch | None:
    if any(term.key in used for term in named_in(chosen, law)):
        return None
    key = next(iter(used))
    return Mismatch(chosen, law.terms[key].title, used[key])
