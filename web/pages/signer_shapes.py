"""How the signer of a document looks to its pages: whom the file names, who signs today, and by which delegations."""

from typing import Any

from governance.documents import reading
from governance.documents.brief import Establishing, establishing
from governance.documents.dating import dated
from governance.documents.delegations import signing_on, stands
from governance.documents.package import Package
from governance.documents.sealing import DOCUMENT, places_of, signed_by
from governance.documents.seen import Seen
from governance.documents.signer_names import names_person, same_office
from governance.documents.signers import IN_THE_NAME, Signer
from governance.documents.signings import UnderWay
from governance.documents.strategic import FOR_A_TIME
from governance.people.actors import Actor
from web.at_hand import institution_of, law_of, library, titles_of
from web.forms.reading import Form
from web.guard import current_held
from web.pages.documents import today_of
from web.wording import told


def signer_shape(actor: Actor, seen: Seen) -> dict[str, Any]:
    """What the page of an enactment says of who signs."""
    by = _establishing(actor, seen)
    signer, given = signing_on(actor.institution_id, by.role, by.office, seen.kind, today_of(actor))
    data = library().files.read(seen.sha256 or "")
    text, marked = reading.read_document(data), signed_by(places_of(Package.read(data))[DOCUMENT]) is not None
    titles = titles_of(actor)
    return {
        "printed": {"office": text.signer_office, "name": text.signer_name or ""},
        "today": {"office": signer.office, "name": signer.name.upper()} if signer and signer.holding_id else None,
        "marked": marked,
        "differs": _differs(signer, text.signer_office, text.signer_name or ""),
        "strategic": seen.fields.get("strategic", "") if signer and signer.acts_for_a_time else "",
        "delegations": [
            (one.id, f"{titles[one.to_post_id]}, {one.letter} ({one.from_on:%d-%m-%Y} s.d. {one.to_on:%d-%m-%Y})")
            for one in given
        ],
    }


def delegation_gone(actor: Actor, seen: Seen, row: UnderWay) -> str:
    """Why a signing in another's name (a.n.) can no longer be made; "" while nothing stands in its way."""
    if not row.signer_title.startswith(IN_THE_NAME):
        return ""
    by, today = _establishing(actor, seen), today_of(actor)
    _giver, given = signing_on(actor.institution_id, by.role, by.office, seen.kind, today)
    if stands(given, row.signer_post_id, row.signed_on, today):
        return ""
    return told("signing.delegation_gone", {"title": row.signer_title, "number": row.number})


def strategic_shape(actor: Actor, seen: Seen) -> str:
    """What makes a decision strategic, where the reader decides as Plt. or Plh.; "" where nothing warns."""
    if current_held().manner not in FOR_A_TIME:
        return ""
    aspect: str = seen.fields.get("strategic", "")
    return aspect


def delegation_sent(form: Form) -> int | None:
    """The delegation that was chosen, None where the post signs itself."""
    return form.whole("delegation")


def _establishing(actor: Actor, seen: Seen) -> Establishing:
    on = dated(seen.fields, today_of(actor))
    return establishing(library().kind(seen.kind), institution_of(actor), law_of(actor), on)


def _differs(signer: Signer | None, office: str, name: str) -> bool:
    """Whether the file names another office or another person than who signs today."""
    if signer is None or signer.holding_id is None:
        return False
    return not names_person(name, signer.name) or not same_office(office, signer.office)
