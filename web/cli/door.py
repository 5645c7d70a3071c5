"""The listening socket: opened by the supervisor, so that a busy port is refused before anything starts."""

import errno
import socket

BACKLOG = 512


class PortBusy(Exception):
    """The address cannot be opened; the message tells the operator what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at `host`:`port`, or PortBusy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        raise PortBusy(sentence_for(error, host, port)) from None
    return door


def sentence_for(error: OSError, host: str, port: int) -> str:
    """What to tell the person at the terminal."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} sudah dipakai program lain. Hentikan itu, atau pilih yang lain: PORT={port + 1} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} tidak boleh dibuka oleh pengguna ini. Pilih yang di atas 1023: PORT=8080 make run"
    return f"Alamat {host}:{port} tidak dapat dibuka: {error.strerror or error}."
