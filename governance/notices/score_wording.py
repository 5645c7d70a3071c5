"""The sentences of scores kept apart, rebuttals, and what an index is."""

SCORE_SUBJECTS: dict[str, str] = {}

SCORE_SENTENCES: dict[str, str] = {}
