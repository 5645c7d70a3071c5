"""The opaque mark of what someone last saw of a document: any change of state, revision, round or text changes it."""

import hashlib

from governance.documents.lifecycle import State


def mark(
    document_id: int, state: State, revision: tuple[int | None, str | None], version: int | None, lap: int = 0
) -> str:
    """The mark: of the working copy's version while it is a draft, of the revision (number, sha256) afterwards.

    `lap` counts how often the same revision was sent back to a step: what was seen before is not what is seen now.
    """
    content = f"copy {version}" if state is State.DRAFT else f"revision {revision[0]} {revision[1]}"
    content += f" round {lap}" if lap and state is not State.DRAFT else ""
    return hashlib.sha256(f"{document_id}|{state.value}|{content}".encode()).hexdigest()[:24]
