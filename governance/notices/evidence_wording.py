"""The sentences of evidence: offered, judged, withdrawn, refused."""

EVIDENCE_SUBJECTS: dict[str, str] = {}

EVIDENCE_SENTENCES: dict[str, str] = {}
