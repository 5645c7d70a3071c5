"""Institutions, units, posts, persons and who holds which post from when to when."""

import secrets
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Json, Key, Moment, Tenant, Text, check, db, link, tenant_of, word
from governance.people.manners import Manner
from governance.people.roles import Role


def new_mark() -> str:
    """A mark for facts that just changed: never used before, so that what was kept of the old ones is never taken."""
    return secrets.token_hex(16)


class Institution(db.Model):  # type: ignore[name-defined,misc]
    """A regional government (Pemda). National table: it is the tenant itself."""

    __tablename__ = "institution"
    __table_args__ = (check("region_kind", "region_kind IN ('kabupaten', 'kota', 'provinsi')"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(Text(40), unique=True)
    name: Mapped[str] = mapped_column(Text(200))
    region: Mapped[str] = mapped_column(Text(200))
    region_kind: Mapped[str] = mapped_column(Text(20))
    province: Mapped[str] = mapped_column(Text(100))
    head_office: Mapped[str] = mapped_column(Text(40))
    seat: Mapped[str | None] = mapped_column(Text(100))
    timezone: Mapped[str] = mapped_column(Text(40))
    term: Mapped[str] = mapped_column(Text(40), default="spbe", server_default="spbe")
    facts_mark: Mapped[str] = mapped_column(Text(32), default=new_mark, server_default="")
    route: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    bases: Mapped[list[dict[str, object]]] = mapped_column(Json, default=list)
    scanned_on: Mapped[date | None] = mapped_column(index=True)
    work_week: Mapped[int] = mapped_column(default=5, server_default="5")  # working days: to Friday, or to Saturday
    timetable_mark: Mapped[str] = mapped_column(Text(64), default="", server_default="")  # what it was computed from
    quiet_from: Mapped[int] = mapped_column(default=20, server_default="20")  # hours of its zone in which no
    quiet_to: Mapped[int] = mapped_column(default=6, server_default="6")  # e-mail goes out; equal: none


class Unit(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """An OPD or a section of one; units form a tree."""

    __tablename__ = "unit"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "key"), link("part_of_id", "unit"))

    key: Mapped[str] = mapped_column(Text(40))
    name: Mapped[str] = mapped_column(Text(200))
    short: Mapped[str] = mapped_column(Text(80))
    number_short: Mapped[str | None] = mapped_column(Text(80))
    part_of_id: Mapped[int | None] = mapped_column(Key)


class Post(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """An office (jabatan) of a unit."""

    __tablename__ = "post"
    __table_args__ = tenant_of(UniqueConstraint("institution_id", "key"), link("unit_id", "unit"))

    key: Mapped[str] = mapped_column(Text(40))
    title: Mapped[str] = mapped_column(Text(200))
    unit_id: Mapped[int] = mapped_column(Key)
    role: Mapped[Role] = mapped_column(word(Role))


class Person(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """Someone who can sign in. What he may do follows from the posts he holds today, never from himself."""

    __tablename__ = "person"
    __table_args__ = tenant_of()

    username: Mapped[str] = mapped_column(Text(60), unique=True)
    name: Mapped[str] = mapped_column(Text(200))
    email: Mapped[str | None] = mapped_column(Text(200))
    language: Mapped[str] = mapped_column(Text(5), default="id")
    password_hash: Mapped[str] = mapped_column(Text(200))
    demonstration: Mapped[bool] = mapped_column(default=False)


class Holding(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A person holds a post from a day to a day (inclusive), by a letter. UU 23/2014 Pasal 214 for the acting Sekda."""

    __tablename__ = "holding"
    __table_args__ = tenant_of(
        link("person_id", "person"),
        link("post_id", "post"),
        check("to_after_from", "to_on IS NULL OR to_on >= from_on"),
        Index("ix_holding_person", "person_id", "from_on"),
        Index("ix_holding_post", "post_id", "from_on"),
    )

    person_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    manner: Mapped[Manner] = mapped_column(word(Manner), default=Manner.DEFINITIVE)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(Text(200), default="")
    letter_date: Mapped[date | None]
    by_title: Mapped[str] = mapped_column(Text(200), default="", server_default="")
    entered_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)  # entered by mistake, before it began
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class ApiToken(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A program's key to the API in a person's name; only its sha256 is kept."""

    __tablename__ = "api_token"
    __table_args__ = tenant_of(link("person_id", "person"))

    person_id: Mapped[int] = mapped_column(Key)
    digest: Mapped[str] = mapped_column(Text(64), unique=True)
    label: Mapped[str] = mapped_column(Text(100))
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(db.Model):  # type: ignore[name-defined,misc]
    """A signed-in browser: its session's number changes at every sign-in and dies at sign-out."""

    __tablename__ = "sign_in"

    id: Mapped[str] = mapped_column(Text(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
