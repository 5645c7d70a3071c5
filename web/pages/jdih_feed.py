"""The feed of published acts for the national network (docs/jdih.md), and the same as Atom for anybody's reader."""

import json
from datetime import date, datetime
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from governance.documents import published
from governance.documents.public_relations import Related, relations_of
from governance.documents.published import Published
from governance.kernel.errors import NotFound
from governance.people.models import Institution
from web.at_hand import institution_of
from web.pages.blueprint import pages
from web.pages.jdih import cacheable, place_named, public_reader, seldom_enough, today_at
from web.publishing import described, metadata, relation_shape, status_of, updated_at

ON_A_PAGE = 100


@pages.get("/jdih/<key>/feed.json")
@seldom_enough
def jdih_feed(key: str) -> ResponseReturnValue:
    place = _place(key)
    items, after = _items(place)
    feed = {
        "version": 1,
        "institution": {"key": place.key, "name": place.name, "region": place.region},
        "home_url": _address("pages.jdih_list", key=key),
        "next_url": _address("pages.jdih_feed", key=key, after=after) if after else None,
        "items": [_json(item) for item in items],
    }
    page = json.dumps(feed, ensure_ascii=False, separators=(",", ":"))
    return cacheable(page, "application/json", **_newest(items))


@pages.get("/jdih/<key>/feed.atom")
@seldom_enough
def jdih_atom(key: str) -> ResponseReturnValue:
    place = _place(key)
    items, after = _items(place)
    page = render_template(
        "jdih_feed.xml",
        place=place,
        home=_address("pages.jdih_list", key=key),
        this=_address("pages.jdih_atom", key=key),
        next=_address("pages.jdih_atom", key=key, after=after) if after else None,
        items=items,
        updated=max((item["updated_at"] for item in items), default=None),
    )
    return cacheable(page, "application/atom+xml", **_newest(items))


def _place(key: str) -> Institution:
    place = place_named(key)
    if place is None:
        raise NotFound("jdih.not_found")
    return place


def _items(place: Institution) -> tuple[list[dict[str, Any]], int | None]:
    """A page of items in the order of publishing, and the key of the next page (None at the end)."""
    asked = request.args.get("after", "0")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 18 else 0
    found = published.fed(place.id, after, ON_A_PAGE + 1)
    acts, today = found[:ON_A_PAGE], today_at(place)
    ids = [act.act_id for act in acts]
    related = relations_of(place.id, ids) if ids else {}
    where = published.places_of(place.id, ids) if ids else {}
    items = [_item(act, related[act.act_id], where.get(act.act_id, ""), place, today) for act in acts]
    return items, (acts[-1].id if len(found) > ON_A_PAGE else None)


def _item(act: Published, related: list[Related], where: str, place: Institution, today: date) -> dict[str, Any]:
    """One act as the feed tells it; of a withdrawn one only what its trace says."""
    facts = institution_of(public_reader(place))
    one = described(act, facts, where)
    said: dict[str, Any] = {
        "token": act.token,
        "url": _address("pages.jdih_act", key=place.key, token=act.token),
        "name": one.name,
        "updated_at": updated_at(act, related, place.timezone, today),
        "published_at": act.published_at,
        "withdrawn": {"on": act.withdrawn_on, "reason": act.reason} if act.withdrawn_on else None,
    }
    if act.withdrawn_on is not None:
        return said
    file = {"url": _address("pages.jdih_file", key=place.key, token=act.token), "media_type": "application/pdf"}
    relations = [
        {"relation": other.relation.value, "forth": other.forth, **_related(other, place, today)} for other in related
    ]
    return said | {
        "status": status_of(act, today),
        "metadata": metadata(one),
        "abstract": dict(act.details.abstract),
        "relations": relations,
        "file": file | {"sha256": act.sha256, "size": act.size},
    }


def _related(other: Related, place: Institution, today: date) -> dict[str, Any]:
    shape = relation_shape(other, place.key, institution_of(public_reader(place)), today)
    url = _address("pages.jdih_act", key=place.key, token=other.token) if other.token else None
    return {"name": shape["name"] if shape["named"] else None, "url": url, "since": other.since}


def _json(item: Any) -> Any:
    """Days and moments as ISO texts."""
    if isinstance(item, dict):
        return {name: _json(value) for name, value in item.items()}
    if isinstance(item, list):
        return [_json(value) for value in item]
    return item.isoformat() if isinstance(item, date | datetime) else item


def _newest(items: list[dict[str, Any]]) -> dict[str, datetime]:
    return {"last_modified": max(item["updated_at"] for item in items)} if items else {}


def _address(endpoint: str, **values: Any) -> str:
    """The whole address, from the setting and never from what a stranger's request calls this host."""
    return current_app.config["BASE_URL"].rstrip("/") + url_for(endpoint, **values)
