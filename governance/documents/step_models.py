"""What is kept of routes: an institution's own one for a kind, and what was done to a document's route on its way."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.documents.lifecycle import Move
from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word


class RouteSetting(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """The route that an institution uses for a kind instead of the one shipped; the newest not withdrawn holds."""

    __tablename__ = "route_setting"
    __table_args__ = tenant_of(Index("ix_route_setting_kind", "institution_id", "kind", "id"))

    kind: Mapped[str] = mapped_column(Text(60))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    by_title: Mapped[str] = mapped_column(Text(200))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class StepChange(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """What a post did to a document's route without deciding: sent it back to a step, declined, handed on, left out.

    `step` is the step's place in the route; `for_post_id` whose turn it was, `to_post_id` who has it now. Written once.
    """

    __tablename__ = "step_change"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("revision_id", "revision"),
        link("holding_id", "holding"),
        link("post_id", "post"),
        link("for_post_id", "post"),
        link("to_post_id", "post"),
        UniqueConstraint("document_id", "post_id", "move", "step", "for_post_id", "seen"),
        check("reason", "length(reason) > 0"),
        check("handed_to", "(move = 'forward') = (to_post_id IS NOT NULL)"),
        check("handed_from", "move NOT IN ('forward', 'decline') OR for_post_id IS NOT NULL"),
    )

    document_id: Mapped[int] = mapped_column(Key, index=True)
    revision_id: Mapped[int] = mapped_column(Key)
    move: Mapped[Move] = mapped_column(word(Move))
    step: Mapped[int]
    for_post_id: Mapped[int | None] = mapped_column(Key)
    to_post_id: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(Text(4000))
    asked: Mapped[str] = mapped_column(Text(20), default="")  # what the post was asked when it declined
    holding_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    title: Mapped[str] = mapped_column(Text(200))
    sha256: Mapped[str] = mapped_column(Text(64))
    seen: Mapped[str] = mapped_column(Text(64))
    at: Mapped[datetime] = mapped_column(Moment)
