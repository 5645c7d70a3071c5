"""The sentences of spreadsheets into a cycle, its papers, and what goes to the national portal."""

SHEET_SUBJECTS: dict[str, str] = {}

SHEET_SENTENCES: dict[str, str] = {}
