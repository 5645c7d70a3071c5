"""That a post opened a revision: written once, at the first time, so that what changed since then can be told."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from governance.kernel.db import Key, Moment, Tenant, db, link, tenant_of


class Opened(Tenant, db.Model):  # type: ignore[name-defined,misc]
    """A post first opened a revision it is asked about. Of the post, not the person: his successor reads on."""

    __tablename__ = "opened"
    __table_args__ = tenant_of(
        link("document_id", "document"),
        link("post_id", "post"),
        UniqueConstraint("document_id", "post_id", "revision_number"),
    )

    document_id: Mapped[int] = mapped_column(Key)
    post_id: Mapped[int] = mapped_column(Key)
    revision_number: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Moment)
