"""How long PostgreSQL and those who ask it wait for each other before they believe that the other host is gone.

A host that is cut off says no goodbye. Left alone, the asking side would find out after a quarter of an hour, and the
server after two hours: so long it would keep the locks of transactions that nobody will end. Here both know within half
a minute.
"""

from typing import Any

MILLISECONDS_UNANSWERED = 10_000

CLIENT: dict[str, int] = {
    "connect_timeout": 4,
    "tcp_user_timeout": MILLISECONDS_UNANSWERED,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
SERVER: dict[str, int] = {
    "tcp_user_timeout": MILLISECONDS_UNANSWERED,
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "client_connection_check_interval": 5_000,  # also while a lock is waited for
    "idle_in_transaction_session_timeout": 300_000,  # a process that hangs, on a host that lives
}


def connect_args() -> dict[str, Any]:
    """What each connection asks of its own side and of the server."""
    return {**CLIENT, "options": " ".join(f"-c {name}={value}" for name, value in SERVER.items())}
