"""Field values as they come from JSON, YAML or a form, read leniently: what does not fit reads as missing."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

DEEPEST = 6
NORMALISED_UP_TO = 20_000  # longer texts are refused anyway, and normalising hostile ones takes quadratic time
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029\x85]")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def cleaned_text(text: str) -> str:
    """The text in NFC, with plain line ends and without blanks around it."""
    if len(text) > NORMALISED_UP_TO:
        return text
    return unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text)).strip()


def cleaned_value(value: Any, depth: int = 0) -> Any:
    """The value as it is stored: texts cleaned, dates as ISO texts, lists and mappings plain."""
    if isinstance(value, str):
        return cleaned_text(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if depth >= DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {key: cleaned_value(part, depth + 1) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned_value(part, depth + 1) for part in value]
    return value


def is_blank(value: Any) -> bool:
    """Whether nothing was filled in: None, an empty text, an empty list."""
    return value is None or (isinstance(value, (str, list, tuple, dict)) and not value)


def as_text(value: Any) -> str | None:
    """A filled text, or None."""
    return (cleaned_text(value) or None) if isinstance(value, str) else None


def as_line(value: Any) -> str | None:
    """A filled text on one line, or None."""
    text = as_text(value)
    return " ".join(text.split()) if text else None


def as_texts(value: Any) -> tuple[str, ...]:
    """The filled texts of a list."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(text for text in map(as_text, value) if text)


def as_entries(value: Any) -> tuple[Mapping[str, Any], ...]:
    """The mappings of a list."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(entry for entry in value if isinstance(entry, Mapping))


def as_date(value: Any) -> date | None:
    """A date from a date object or an ISO text, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


def as_number(value: Any, least: int, most: int) -> int | None:
    """A whole number within bounds, also when a form sent it as digits; None otherwise."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) <= 9:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if least <= value <= most else None


def as_year(value: Any) -> int | None:
    """A year in which the law we know can apply, or None."""
    return as_number(value, 2000, 2100)
