"""The signer in a draft, against who holds the post that signs it."""

from collections.abc import Iterator

from governance.documents.form_case import CLOSING, Case, Fault, shortened
from governance.documents.signer_names import names_person, same_office


def holder(case: Case) -> Iterator[Fault]:
    """A draft names who holds the post today; in a file also his office as he holds it (Pj., Plt., Plh.)."""
    if case.signer is None or not case.is_draft:
        return
    name, office = case.text.signer_name or "", case.text.signer_office
    told = {"expected": shortened(f"{case.signer.office}, {case.signer.name}", 160)}
    if name and not names_person(name, case.signer.name):
        yield Fault(CLOSING, {"text": shortened(name, 80), **told})
    elif case.lines and office and not same_office(office, case.signer.office):
        yield Fault(CLOSING, {"text": shortened(office, 80), **told})


def unmarked(case: Case) -> Iterator[Fault]:
    """A draft's file marks where the signer's office and name stand, so that the enactment can put them right."""
    if case.signer_places is False and case.is_draft and case.text.signer_office:
        yield Fault(CLOSING)
