"""Settings: Embedded, Production or Testing, chosen by the environment alone and handed down as plain values.

Names are upper case because Flask reads them so: `app.config.from_object(settings)`.
"""

import contextlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from config.patience import connect_args

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8080
MEGABYTE = 1024 * 1024


class BrokenSettings(Exception):
    """The environment does not say enough, or contradicts itself; the message tells the operator what to set."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What every way of running has in common."""

    MODE: str
    INSTANCE: Path
    DATABASE_URL: str = field(repr=False)  # It may hold a password.
    SECRET_KEY: str = field(repr=False)
    STARTED_AT: datetime
    REDIS_URL: str | None = field(default=None, repr=False)
    FILES: Path
    ANCHORS: Path
    BASE_URL: str
    DEMO: bool = False
    DEMO_CYCLE: bool = True  # whether the demonstration has a year's assessment under way
    MAX_UPLOAD_MB: int = 20
    MAIL_SERVER: str | None = None
    MAIL_PORT: int = 25
    MAIL_USER: str | None = None
    MAIL_PASSWORD: str | None = field(default=None, repr=False)
    MAIL_FROM: str = "mandat@localhost"
    SOFFICE: str | None = None  # LibreOffice's program; None: not installed, so no PDF is made
    SOFFICE_PATIENCE: int = 45  # seconds without a finished file before LibreOffice is ended
    ESIGN_URL: str | None = None  # the national signing service's client; None: that way is not offered
    ESIGN_USER: str = ""
    ESIGN_PASSWORD: str = field(default="", repr=False)
    ESIGN_TIMEOUT: int = 60  # seconds
    ESIGN_TAMPILAN: str = "invisible"  # the visible block stands in the file already
    ESIGN_TAG: str = ""  # tag_koordinat, for "visible"
    ESIGN_PLACE: tuple[int, ...] = ()  # page, xAxis, yAxis, width, height, for "visible": not confirmed by the guide
    ESIGN_JENIS_RESPONSE: str = ""  # what it may say is not confirmed by the guide; "" leaves it out
    ESIGN_ROOTS: Path | None = None  # PEM: where signers' chains must end; None: chains are not looked at
    CLAMD_URL: str = ""  # "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"; "": uploads are not looked through
    CLAMD_TIMEOUT: int = 20  # seconds
    METRICS_TOKEN: str | None = field(default=None, repr=False)
    TRUSTED_PROXIES: int = 0
    SLOW_QUERY_MS: int = 200
    WEB_WORKERS: int = 2
    WEB_THREADS: int = 8
    WORKER_POOL: str = "prefork"
    WORKER_CONCURRENCY: int = 4
    MIGRATION_LOCK_TIMEOUT: str = "5s"
    MIGRATION_STATEMENT_TIMEOUT: str = "15min"
    TESTING: bool = False
    SESSION_COOKIE_SAMESITE: str = "Lax"
    SEND_FILE_MAX_AGE_DEFAULT: int = 3600
    WTF_CSRF_TIME_LIMIT: int | None = None  # A draft left open over lunch must still save.

    @property
    def SQLALCHEMY_DATABASE_URI(self) -> str:
        """The same address under the name the extension asks for."""
        return self.DATABASE_URL

    @property
    def MAX_CONTENT_LENGTH(self) -> int:
        """The largest request in bytes; Flask answers 413 beyond it."""
        return self.MAX_UPLOAD_MB * MEGABYTE

    @property
    def SESSION_COOKIE_SECURE(self) -> bool:
        """Whether the session cookie travels over TLS alone."""
        return self.BASE_URL.startswith("https://")

    @property
    def RATELIMIT_STORAGE_URI(self) -> str:
        """Where counts of tries live: Redis as soon as several processes share them, else the one web process."""
        return self.REDIS_URL or "memory://"

    @property
    def MAIL_FOLDER(self) -> Path | None:
        """Where mail lands as files when no server is set; None when one is."""
        return None if self.MAIL_SERVER else self.INSTANCE / "mail"

    @property
    def PRINTING(self) -> Path:
        """Where LibreOffice works: a folder of this machine, never shared with another."""
        return self.INSTANCE / "printing"

    @property
    def CELERY(self) -> dict[str, Any]:
        """Plain values for the Celery app. A dead broker must fail fast and never hold up a page."""
        return {
            "broker_url": self.REDIS_URL or "memory://localhost/",
            "broker_transport_options": {"polling_interval": 0.1},
            "task_ignore_result": True,
            "enable_utc": True,
            "timezone": "UTC",
            "worker_hijack_root_logger": False,
            "worker_redirect_stdouts": False,
            "worker_prefetch_multiplier": 0,  # No limit: bells whose receipt was lost would use it up (decision 0026).
            "worker_enable_remote_control": False,
        }


@dataclass(frozen=True, kw_only=True)
class Embedded(Settings):
    """Nothing to install: SQLite, in-memory bells, one web process and one clock process."""

    MODE: str = "embedded"


@dataclass(frozen=True, kw_only=True)
class Production(Settings):
    """PostgreSQL and Redis, any number of web, worker and beat processes."""

    MODE: str = "production"
    RATELIMIT_IN_MEMORY_FALLBACK_ENABLED: bool = True  # While Redis is away each process counts by itself.
    REDIS_TIMEOUTS: ClassVar[dict[str, Any]] = {"socket_connect_timeout": 2, "socket_timeout": 5}

    @property
    def RATELIMIT_STORAGE_OPTIONS(self) -> dict[str, Any]:
        """A dead Redis must not hold up a page."""
        return dict(self.REDIS_TIMEOUTS)

    @property
    def SQLALCHEMY_ENGINE_OPTIONS(self) -> dict[str, Any]:
        """A connection that broke while it lay idle is noticed before use; each thread of a process can have one."""
        pool = {"pool_pre_ping": True, "pool_recycle": 1800, "pool_size": self.WEB_THREADS, "max_overflow": 4}
        return pool | {"connect_args": connect_args()}

    @property
    def CELERY(self) -> dict[str, Any]:
        """As always, and what Redis needs so that abandoned messages return soon (design §4, traps)."""
        return super().CELERY | {
            "broker_transport_options": {
                "visibility_timeout": 600,
                "unacked_restore_interval": 5,
                "unacked_restore_throttle": 1,
                "max_retries": 0,  # Of a hand-over; a worker's own connection is kept up by Celery.
                **self.REDIS_TIMEOUTS,
            },
            "broker_connection_retry_on_startup": True,
            "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0, "interval_step": 0.2},
        }


@dataclass(frozen=True, kw_only=True)
class Testing(Settings):
    """One throw-away folder per test, SQLite unless the test hands over another DATABASE_URL."""

    __test__: ClassVar[bool] = False  # Its name begins like a test's; pytest must not collect it.
    MODE: str = "testing"
    TESTING: bool = True
    WTF_CSRF_ENABLED: bool = False
    RATELIMIT_ENABLED: bool = False

    @classmethod
    def within(cls, folder: Path, **changes: Any) -> Self:
        """Settings for tests whose whole instance lies in `folder`."""
        values: dict[str, Any] = {
            "INSTANCE": folder,
            "DATABASE_URL": f"sqlite:///{folder / 'mandat.db'}",
            "SECRET_KEY": secrets.token_hex(),
            "STARTED_AT": datetime.now(UTC),
            "FILES": folder / "files",
            "ANCHORS": folder / "anchors",
            "BASE_URL": "http://localhost",
        }
        return cls(**(values | changes))


def read(environ: Mapping[str, str]) -> Settings:
    """The settings `environ` asks for: Production when REDIS_URL is set, else Embedded."""
    instance = folder_in(environ, "INSTANCE", ROOT / "instance")
    shared: dict[str, Any] = {
        "INSTANCE": instance,
        "FILES": folder_in(environ, "FILES", instance / "files"),
        "ANCHORS": folder_in(environ, "ANCHORS", instance / "anchors"),
        "BASE_URL": (environ.get("BASE_URL") or f"http://localhost:{port_in(environ)}").rstrip("/"),
        "DEMO": environ.get("DEMO", "").lower() in {"1", "true", "yes", "ya"},
        "DEMO_CYCLE": environ.get("DEMO_CYCLE", "1").lower() not in {"0", "false", "no", "tidak"},
        "MAX_UPLOAD_MB": number_in(environ, "MAX_UPLOAD_MB", 20),
        "STARTED_AT": moment_in(environ, "STARTED_AT"),
        **mail_in(environ),
        **printing_in(environ),
        **signing_in(environ),
        **screening_in(environ),
        **processes_in(environ),
    }
    redis = secret_in(environ, "REDIS_URL")
    if redis:
        return production(environ, redis, shared)
    instance.mkdir(parents=True, exist_ok=True)
    database = secret_in(environ, "DATABASE_URL") or f"sqlite:///{instance / 'mandat.db'}"
    key = secret_in(environ, "SECRET_KEY") or kept_secret(instance / "secret-key")
    return Embedded(DATABASE_URL=sqlalchemy_url(database), SECRET_KEY=key, **shared)


def production(environ: Mapping[str, str], redis: str, shared: dict[str, Any]) -> Production:
    """Production settings; several hosts share them, so nothing is made up when it is missing."""
    database = secret_in(environ, "DATABASE_URL")
    if database is None:
        raise BrokenSettings("REDIS_URL is set, so DATABASE_URL must be set too (a postgresql:// address).")
    key = secret_in(environ, "SECRET_KEY")
    if key is None:
        raise BrokenSettings("REDIS_URL is set, so SECRET_KEY or SECRET_KEY_FILE must be set, the same on every host.")
    if shared["DEMO"]:
        raise BrokenSettings("DEMO=1 makes accounts for everyone to use; it cannot be combined with REDIS_URL.")
    return Production(DATABASE_URL=sqlalchemy_url(database), REDIS_URL=redis, SECRET_KEY=key, **shared)


def mail_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """The mail server, or nothing: then mail lands in a folder."""
    return {
        "MAIL_SERVER": environ.get("MAIL_SERVER") or None,
        "MAIL_PORT": number_in(environ, "MAIL_PORT", 25),
        "MAIL_USER": environ.get("MAIL_USER") or None,
        "MAIL_PASSWORD": file_in(environ, "MAIL_PASSWORD_FILE"),
        "MAIL_FROM": environ.get("MAIL_FROM") or "mandat@localhost",
    }


def printing_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """LibreOffice: as SOFFICE names it ("none": not to be used), else as it is found on the path."""
    named = environ.get("SOFFICE")
    program = named or shutil.which("soffice", path=environ.get("PATH", ""))
    patience = number_in(environ, "SOFFICE_PATIENCE", 45)
    if not 5 <= patience <= 60:  # A bell ends after 240 seconds, and one file can take twice the patience.
        raise BrokenSettings(f"SOFFICE_PATIENCE must lie between 5 and 60 seconds, not {patience}.")
    return {"SOFFICE": None if named == "none" else program, "SOFFICE_PATIENCE": patience}


def signing_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """The client of the national signing service, and the roots of signers' certificates; nothing of it is needed."""
    shown = environ.get("ESIGN_TAMPILAN") or "invisible"
    if shown not in ("visible", "invisible"):
        raise BrokenSettings(f"ESIGN_TAMPILAN must be visible or invisible, not {shown!r}.")
    timeout = number_in(environ, "ESIGN_TIMEOUT", 60)
    if not 5 <= timeout <= 120:  # A person waits before his telephone, and one web thread waits with him.
        raise BrokenSettings(f"ESIGN_TIMEOUT must lie between 5 and 120 seconds, not {timeout}.")
    url, password = environ.get("ESIGN_URL") or None, secret_in(environ, "ESIGN_PASSWORD")
    if url and not (url.startswith(("http://", "https://")) and environ.get("ESIGN_USER") and password):
        raise BrokenSettings("ESIGN_URL is set, so it must be http(s)://, with ESIGN_USER and ESIGN_PASSWORD_FILE.")
    roots = environ.get("ESIGN_ROOTS")
    if roots and not Path(roots).is_file():
        raise BrokenSettings(f"ESIGN_ROOTS names a file that is not there: {roots}.")
    return {
        "ESIGN_URL": url,
        "ESIGN_USER": environ.get("ESIGN_USER") or "",
        "ESIGN_PASSWORD": password or "",
        "ESIGN_TIMEOUT": timeout,
        "ESIGN_TAMPILAN": shown,
        "ESIGN_TAG": environ.get("ESIGN_TAG") or "",
        "ESIGN_PLACE": place_in(environ),
        "ESIGN_JENIS_RESPONSE": environ.get("ESIGN_JENIS_RESPONSE") or "",
        "ESIGN_ROOTS": Path(roots).resolve() if roots else None,
    }


def screening_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """The virus scanner (clamd), or nothing: then uploads are not looked through, and no page says that they were."""
    url, timeout = environ.get("CLAMD_URL") or "", number_in(environ, "CLAMD_TIMEOUT", 20)
    if url and not re.fullmatch(r"unix:/\S+|tcp:\S+:\d{1,5}", url):
        raise BrokenSettings(f"CLAMD_URL must be unix:/path/of/socket or tcp:host:port, not {url!r}.")
    if not 1 <= timeout <= 60:  # A person waits before his form.
        raise BrokenSettings(f"CLAMD_TIMEOUT must lie between 1 and 60 seconds, not {timeout}.")
    return {"CLAMD_URL": url, "CLAMD_TIMEOUT": timeout}


def place_in(environ: Mapping[str, str]) -> tuple[int, ...]:
    """Where a visible signature stands: page, x, y, width, height."""
    given = environ.get("ESIGN_PLACE")
    try:
        place = tuple(int(one) for one in given.split(",")) if given else ()
    except ValueError:
        place = (0,)
    if place and len(place) != 5:
        raise BrokenSettings(f"ESIGN_PLACE must be page,x,y,width,height in whole numbers, not {given!r}.")
    return place


def processes_in(environ: Mapping[str, str]) -> dict[str, Any]:
    """How many processes and threads, what stands in front of them, and what is watched."""
    pool = environ.get("WORKER_POOL") or "prefork"
    if pool not in ("prefork", "threads"):
        raise BrokenSettings(f"WORKER_POOL must be prefork or threads, not {pool!r}.")
    return {
        "METRICS_TOKEN": secret_in(environ, "METRICS_TOKEN"),
        "TRUSTED_PROXIES": number_in(environ, "TRUSTED_PROXIES", 0),
        "SLOW_QUERY_MS": number_in(environ, "SLOW_QUERY_MS", 200),
        "WEB_WORKERS": number_in(environ, "WEB_WORKERS", 2),
        "WEB_THREADS": number_in(environ, "WEB_THREADS", 8),
        "WORKER_POOL": pool,
        "WORKER_CONCURRENCY": number_in(environ, "WORKER_CONCURRENCY", 4),
        "MIGRATION_LOCK_TIMEOUT": environ.get("MIGRATION_LOCK_TIMEOUT") or "5s",
        "MIGRATION_STATEMENT_TIMEOUT": environ.get("MIGRATION_STATEMENT_TIMEOUT") or "15min",
    }


def port_in(environ: Mapping[str, str]) -> int:
    """The port the web process answers on."""
    port = number_in(environ, "PORT", DEFAULT_PORT)
    if not 0 < port < 65536:
        raise BrokenSettings(f"PORT must lie between 1 and 65535, not {port}.")
    return port


def number_in(environ: Mapping[str, str], name: str, default: int) -> int:
    """A whole number from the environment."""
    text = environ.get(name) or str(default)
    try:
        return int(text)
    except ValueError:
        raise BrokenSettings(f"{name} must be a whole number, not {text!r}.") from None


def moment_in(environ: Mapping[str, str], name: str) -> datetime:
    """An aware moment from the environment; now, where nobody set it."""
    text = environ.get(name)
    if not text:
        return datetime.now(UTC)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise BrokenSettings(f"{name} must be a moment in ISO form, not {text!r}.") from None


def folder_in(environ: Mapping[str, str], name: str, default: Path) -> Path:
    """A folder from the environment, made absolute so that no process depends on where it was started."""
    return Path(environ.get(name) or default).resolve()


def file_in(environ: Mapping[str, str], name: str) -> str | None:
    """The text of the file that a variable names, without the line end."""
    path = environ.get(name)
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BrokenSettings(f"{name} names a file that cannot be read: {error}.") from None


def secret_in(environ: Mapping[str, str], name: str) -> str | None:
    """What must stay secret: from the variable itself, or from the file that NAME_FILE names."""
    if environ.get(name) and environ.get(f"{name}_FILE"):
        raise BrokenSettings(f"{name} and {name}_FILE are both set; only one may be.")
    return environ.get(name) or file_in(environ, f"{name}_FILE") or None


def kept_secret(path: Path) -> str:
    """The secret key kept in `path`, made at the first start; of several starting at once, all read the first's."""
    if not path.exists():
        handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mkstemp makes it 0600.
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        Path(fresh).unlink()
    return path.read_text(encoding="ascii").strip()


def sqlalchemy_url(url: str) -> str:
    """The address with psycopg 3 named, whatever short form of PostgreSQL the host hands out."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url
