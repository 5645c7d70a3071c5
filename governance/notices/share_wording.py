"""The sentences of who takes which part in a cycle and which office has which indicator."""

SHARE_SUBJECTS: dict[str, str] = {}

SHARE_SENTENCES: dict[str, str] = {}
