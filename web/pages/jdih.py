"""JDIH: what a regional government published, for everyone, without signing in and without a cookie."""

import base64
import re
from datetime import date
from io import BytesIO
from typing import Any

from flask import Response, make_response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from governance.documents import published
from governance.documents.effect import Effect
from governance.documents.public_relations import relations_of
from governance.documents.published import Published, Search
from governance.documents.text import Form
from governance.kernel import clock
from governance.kernel.texts import FORBIDDEN
from governance.people import queries as people
from governance.people.actors import Actor
from governance.people.facts import InstitutionFacts
from governance.people.models import Institution
from web.at_hand import institution_of, library
from web.limits import JDIH_PER_ADDRESS, limiter
from web.pages.blueprint import pages
from web.publishing import (
    abstract_shape,
    described,
    file_name,
    metadata_rows,
    relation_shape,
    status_of,
    updated_at,
)
from web.wording import told

FORMS = {"keputusan": Form.DECREE, "peraturan": Form.REGULATION}
KEY, TOKEN = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII), re.compile(r"[0-9a-f]{32}", re.ASCII)
seldom_enough = limiter.shared_limit(JDIH_PER_ADDRESS, scope="jdih")


@pages.get("/jdih")
@seldom_enough
def jdih() -> ResponseReturnValue:
    counts = published.counts()
    found = [(one, counts.get(one.id, 0)) for one in people.institutions()]
    return cacheable(render_template("jdih_index.html", institutions=found))


@pages.get("/jdih/<key>")
@seldom_enough
def jdih_list(key: str) -> ResponseReturnValue:
    place = place_named(key)
    if place is None:
        return _missing(None)
    today = today_at(place)
    asked = {name: request.args.get(name, "").strip()[:200] for name in ("q", "kind", "year", "status", "after")}
    found, after = published.search(place.id, _search(asked), today)
    facts = institution_of(public_reader(place))
    filters = {name: value for name, value in asked.items() if name != "after"}
    kept: dict[str, Any] = {name: value for name, value in filters.items() if value}
    page = render_template(
        "jdih_list.html",
        place=place,
        acts=[_row(act, facts, today) for act in found],
        filters=filters,
        filtered=bool(kept),
        later=bool(asked["after"]),
        years=[(year, year) for year in published.years_of(place.id)],
        next=url_for("pages.jdih_list", key=key, after=after, **kept) if after else None,
        today=today,
    )
    return cacheable(page)


@pages.get("/jdih/<key>/<token>")
@seldom_enough
def jdih_act(key: str, token: str) -> ResponseReturnValue:
    place = place_named(key)
    act = published.by_token(place.id, token) if place and TOKEN.fullmatch(token) else None
    if place is None or act is None:
        return _missing(place)
    today, facts = today_at(place), institution_of(public_reader(place))
    where = published.places_of(place.id, [act.act_id])
    related = relations_of(place.id, [act.act_id])[act.act_id] if act.withdrawn_on is None else []
    one = described(act, facts, where.get(act.act_id, ""))
    page = render_template(
        "jdih_act.html",
        place=place,
        act=act,
        name=one.name,
        instrument=one.instrument,
        status=status_of(act, today),
        rows=metadata_rows(one),
        abstract=abstract_shape(act),
        relations=[relation_shape(other, key, facts, today) for other in related],
        updated=clock.day_in(place.timezone, updated_at(act, related, place.timezone, today)),
        today=today,
    )
    return cacheable(page)


@pages.get("/jdih/<key>/<token>/berkas.pdf")
@seldom_enough
def jdih_file(key: str, token: str) -> ResponseReturnValue:
    place = place_named(key)
    act = published.by_token(place.id, token) if place and TOKEN.fullmatch(token) else None
    if place is None or act is None:
        return _missing(place)
    if act.withdrawn_on is not None:
        return _missing(place, "jdih.withdrawn", 410)
    data = library().files.read(act.sha256)
    answer = send_file(
        BytesIO(data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(act),
        etag=act.sha256,
        conditional=True,
    )
    answer.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(act.sha256)).decode()}:"
    return for_a_minute(answer)


def place_named(key: str) -> Institution | None:
    """The institution of that key; what can be no key is not even asked for."""
    return people.institution_named(key) if KEY.fullmatch(key) else None


def cacheable(page: str, mimetype: str = "text/html", **more: Any) -> Response:
    """A public answer that anybody's cache may keep for a minute and ask about by its ETag."""
    answer = make_response(page)
    answer.mimetype = mimetype
    if "last_modified" in more:
        answer.last_modified = more["last_modified"]
    answer.add_etag()
    answer.make_conditional(request)
    return for_a_minute(answer)


def for_a_minute(answer: Response) -> Response:
    """Kept by caches for one minute at most, so that a withdrawal is seen everywhere a minute later."""
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


def public_reader(place: Institution) -> Actor:
    """Nobody in particular, reading of one institution."""
    return Actor(institution_id=place.id, timezone=place.timezone, facts_mark=place.facts_mark)


def today_at(place: Institution) -> date:
    """The institution's calendar day."""
    return clock.day_in(place.timezone, clock.now())


def _row(act: Published, facts: InstitutionFacts, today: date) -> dict[str, Any]:
    one = described(act, facts)
    return {
        "url": url_for("pages.jdih_act", key=facts.key, token=act.token),
        "title": act.title,
        "instrument": one.instrument,
        "number": act.number,
        "year": act.signed_on.year,
        "signed_on": act.signed_on,
        "status": status_of(act, today),
        "subject": act.details.subject,
        "published_on": act.published_on,
    }


def _search(asked: dict[str, str]) -> Search:
    """Filters from the address; one that makes no sense is passed over, for an address may be old."""
    year, after = (_whole(asked[name], most) for name, most in (("year", 4), ("after", 18)))
    form = FORMS.get(asked["kind"])
    kinds = tuple(key for key, kind in library().kinds.items() if kind.form is form) if form else ()
    return Search(
        words=FORBIDDEN.sub(" ", asked["q"]),
        kinds=kinds,
        year=year if year is not None and 1900 <= year <= 2200 else None,
        effect=Effect(asked["status"]) if asked["status"] in set(Effect) else None,
        after=after,
    )


def _whole(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def _missing(place: Institution | None, key: str = "jdih.not_found", status: int = 404) -> tuple[str, int]:
    """What is not there, with the way to what is; whether it exists unpublished is never told."""
    return render_template("jdih_missing.html", place=place, message=told(key), status=status), status
