"""The trail: one hashed line per verb, per institution, and the head that each new line is chained to."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Owned, Text, db


class TrailLine(Owned, db.Model):  # type: ignore[name-defined,misc]
    """One line; `text` is the canonical JSON that was hashed, `about` only helps to find it."""

    __tablename__ = "trail_line"

    institution_id: Mapped[int] = mapped_column(Key, ForeignKey("institution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    about: Mapped[str] = mapped_column(Text(60), index=True)
    text: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text(64))


class TrailHead(db.Model):  # type: ignore[name-defined,misc]
    """The newest line's number and hash; locked last in the transaction, so that lines stand in commit order."""

    __tablename__ = "trail_head"

    institution_id: Mapped[int] = mapped_column(Key, ForeignKey("institution.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Key, default=0)
    hash: Mapped[str] = mapped_column(Text(64), default="")
