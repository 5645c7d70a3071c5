"""The conflicts of a cycle read in one statement, for pages that show them beside much else."""

import json
from collections import defaultdict
from datetime import date

from sqlalchemy import String, Text, cast, literal, union_all

from governance.assessment.conflicts import Conflict, Rater, conflicts
from governance.assessment.course import CycleRole
from governance.assessment.cycle_models import CycleSeat, Share
from governance.assessment.instruments import Instrument
from governance.assessment.teams import AUDITORS, members_of, newest_in_force
from governance.kernel.db import db, within
from governance.people.models import Post
from governance.people.roles import Role


def conflicts_of(institution_id: int, cycle_id: int, instrument: Instrument, today: date) -> tuple[Conflict, ...]:
    """What is to be warned of in a cycle. One statement."""
    shares = within(
        institution_id, Share, literal("share"), Share.item, cast(Share.unit_id, String), literal(""), literal("")
    ).where(Share.cycle_id == cycle_id)
    seats = (
        within(
            institution_id,
            CycleSeat,
            *(literal("seat"), cast(Post.id, String), cast(Post.unit_id, String)),
            *(cast(Post.role, String).concat(":").concat(Post.key), cast(CycleSeat.items, Text)),
        )
        .join(Post, Post.id == CycleSeat.post_id)
        .where(CycleSeat.cycle_id == cycle_id, CycleSeat.role == CycleRole.ASSESSOR)
    )
    team = newest_in_force(
        institution_id, today, AUDITORS, lambda fields: (literal("team"), *[literal("")] * 3, cast(fields, Text))
    )
    shared: dict[str, set[int]] = defaultdict(set)
    found: list[tuple[int, int, str, str, list[str]]] = []
    auditors: set[str] = set()
    for what, one, unit, post, said in db.session.execute(union_all(shares, seats, team)):
        if what == "share":
            shared[one].add(int(unit))
        elif what == "seat":
            role, _colon, key = post.partition(":")
            found.append((int(one), int(unit), role, key, json.loads(said)))
        else:
            auditors = {member.post_key for member in members_of(json.loads(said))}
    audits = {unit for _post, unit, _role, key, _items in found if key in auditors}
    raters = [Rater(post, unit, Role(role), items, unit in audits) for post, unit, role, _key, items in found]
    return conflicts(instrument, raters, shared)
