"""clamd, the virus scanner: a file is sent over its socket (INSTREAM), and it answers what it found.

The protocol is the one of clamd(8): "zINSTREAM", then chunks of a length (four bytes, network order) and its bytes, a
length of nothing at the end; the answer ends with a zero byte. Nothing is written to a disk that clamd can see.
"""

import contextlib
import socket
import struct
from dataclasses import dataclass

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
UNIX, TCP = "unix:", "tcp:"


@dataclass(frozen=True)
class Clamd:
    """Where it listens: "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"; "" where files are not looked through.

    `timeout` is how many seconds each word of the conversation may take.
    """

    url: str = ""
    timeout: float = 20.0

    @property
    def is_asked(self) -> bool:
        """Whether files are looked through at all."""
        return bool(self.url)


class NotAnswering(Exception):
    """clamd cannot be reached, took too long, or did not say whether the file is clean."""


def found_in(clamd: Clamd, data: bytes) -> str:
    """The name of what clamd found in these bytes, "" where it found nothing; NotAnswering."""
    try:
        with _connected(clamd) as line:
            answer = _asked(line, data)
    except (OSError, ValueError) as error:
        raise NotAnswering(type(error).__name__) from error
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise NotAnswering(answer[:200] or "no answer")


def address(url: str) -> str | tuple[str, int]:
    """The socket's path, or host and port; ValueError for what is neither."""
    if url.startswith(UNIX) and url.removeprefix(UNIX).startswith("/"):
        return url.removeprefix(UNIX)
    host, colon, port = url.removeprefix(TCP).rpartition(":")
    if not (url.startswith(TCP) and colon and host and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(f"neither unix:/path nor tcp:host:port: {url!r}")
    return host.strip("[]"), int(port)


def _connected(clamd: Clamd) -> socket.socket:
    place = address(clamd.url)
    if isinstance(place, tuple):
        return socket.create_connection(place, timeout=clamd.timeout)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(clamd.timeout)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def _asked(line: socket.socket, data: bytes) -> str:
    """What it answers. Where it closes the line early (its StreamMaxLength), it has said why before."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            part = data[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
