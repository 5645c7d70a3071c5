"""Which day's law a draft obeys."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.documents.values import as_date


def dated(fields: Mapping[str, Any], today: date) -> date:
    """The day the decree is planned for, or today where none is written yet: a decree of 2020 cites the law of 2020."""
    return as_date(fields.get("dated")) or today
