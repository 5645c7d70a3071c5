"""Delivery of a Keputusan to those it names (penyampaian, UU 30/2014 Pasal 61-62): one row each, with its receipt."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Moment, Tenant, Text, check, db, link, tenant_of, word


class DeliveryWay(StrEnum):
    """How it reached whom it names."""

    PROGRAM = "program"  # the unit itself said so here
    DIRECT = "direct"
    POST = "post"
    ELECTRONIC = "electronic"


class Delivery(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """One named recipient: a post of this institution, or a text where no post is meant. Its receipt is given once."""

    __tablename__ = "delivery"
    __table_args__ = tenant_of(
        link("act_id", "act"),
        link("document_id", "document"),
        link("post_id", "post"),
        link("unit_id", "unit"),
        link("recorded_by_id", "holding"),
        UniqueConstraint("act_id", "place"),
        check("post_of_unit", "(post_id IS NULL) = (unit_id IS NULL)"),
        check("receipt", "(received_on IS NULL) = (way IS NULL) AND (received_on IS NULL) = (recorded_at IS NULL)"),
        check("received_by", "received_on IS NULL OR length(received_by) > 0"),
        Index("ix_delivery_open", "institution_id", "received_on", "due_on", "id"),
        Index("ix_delivery_unit", "institution_id", "unit_id", "received_on"),
    )

    act_id: Mapped[int] = mapped_column(Key)
    document_id: Mapped[int] = mapped_column(Key)
    place: Mapped[int]
    recipient: Mapped[str] = mapped_column(Text(500))
    post_id: Mapped[int | None] = mapped_column(Key)
    unit_id: Mapped[int | None] = mapped_column(Key)
    due_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date | None]
    way: Mapped[DeliveryWay | None] = mapped_column(word(DeliveryWay))
    received_by: Mapped[str] = mapped_column(Text(200), default="")
    scan_sha256: Mapped[str | None] = mapped_column(Text(64))
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    recorded_by_id: Mapped[int | None] = mapped_column(Key)
    by_title: Mapped[str] = mapped_column(Text(200), default="")
