"""The sentences of what an act proves, what is declared of it, and official wording that is loaded."""

PROOF_SUBJECTS: dict[str, str] = {}

PROOF_SENTENCES: dict[str, str] = {}
