"""The obligation to deliver a decree: one for each act, in the name of its kind's mandate (UU 30/2014 Pasal 61-62)."""

FAMILY = "delivery"  # laid out by the act's deliveries, never by the rules of the timetable
STAGE = "penyampaian"  # the law's own word; shown as it is


def key_of(mandate: str, act_id: int) -> str:
    """The key of an act's obligation; it begins with the mandate's key."""
    return f"{mandate}:{STAGE}:{act_id}"


def act_of(key: str) -> int | None:
    """The act that an obligation's key names, None where it is not about a delivery."""
    _mandate, _colon, rest = key.partition(f":{STAGE}:")
    return int(rest) if rest.isascii() and rest.isdigit() else None
