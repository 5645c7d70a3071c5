"""The sentences of what raising an indicator asks, and the cheapest path as a page tells it."""

EFFORT_SUBJECTS: dict[str, str] = {}

EFFORT_SENTENCES: dict[str, str] = {}
