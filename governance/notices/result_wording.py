"""The sentences of what the ministry published and recommended, and what became of it."""

RESULT_SUBJECTS: dict[str, str] = {}

RESULT_SENTENCES: dict[str, str] = {}
