"""Which settings an environment asks for, and what is refused."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import BrokenSettings, Embedded, Production, Testing, kept_secret, read

PRODUCTION = {
    "DATABASE_URL": "postgresql://mandat@db/mandat",
    "REDIS_URL": "redis://queue/0",
    "SECRET_KEY": "k" * 32,
    "BASE_URL": "https://mandat.serangkab.go.id/",
}


def test_an_empty_environment_is_embedded(tmp_path: Path) -> None:
    settings = read({"INSTANCE": str(tmp_path / "new")})
    assert isinstance(settings, Embedded)
    assert f"sqlite:///{tmp_path / 'new' / 'mandat.db'}" == settings.DATABASE_URL
    assert settings.CELERY["broker_url"] == "memory://localhost/"
    assert tmp_path / "new" / "mail" == settings.MAIL_FOLDER
    assert not settings.DEMO
    assert not settings.SESSION_COOKIE_SECURE


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = read({"INSTANCE": str(tmp_path)}).SECRET_KEY
    assert len(first) == 64
    assert first == read({"INSTANCE": str(tmp_path)}).SECRET_KEY
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_starting_twice_at_once_leaves_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [tmp_path / "secret-key"] * 8))
    assert len(keys) == 1


def test_redis_means_production(tmp_path: Path) -> None:
    settings = read(PRODUCTION | {"INSTANCE": str(tmp_path / "none")})
    assert isinstance(settings, Production)
    assert settings.DATABASE_URL == "postgresql+psycopg://mandat@db/mandat"
    assert settings.CELERY["broker_url"] == settings.RATELIMIT_STORAGE_URI == "redis://queue/0"
    assert settings.BASE_URL == "https://mandat.serangkab.go.id"
    assert settings.SESSION_COOKIE_SECURE
    assert not (tmp_path / "none").exists(), "production makes nothing up"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY_FILE"),
        ({"DEMO": "1"}, "DEMO"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "http"}, "PORT"),
        ({"MAX_UPLOAD_MB": "x"}, "MAX_UPLOAD_MB"),
        ({"STARTED_AT": "yesterday"}, "STARTED_AT"),
        ({"WORKER_POOL": "gevent"}, "WORKER_POOL"),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES"),
        ({"DATABASE_URL_FILE": "/somewhere"}, "DATABASE_URL and DATABASE_URL_FILE"),
        ({"REDIS_URL": "", "REDIS_URL_FILE": "/nowhere/at-all"}, "REDIS_URL_FILE"),
        ({"MAIL_PASSWORD_FILE": "/nowhere/at-all"}, "MAIL_PASSWORD_FILE"),
    ],
)
def test_a_broken_environment_is_refused_by_name(tmp_path: Path, changes: dict[str, str], named: str) -> None:
    environment = {key: value for key, value in (PRODUCTION | changes).items() if key != "BASE_URL"}
    with pytest.raises(BrokenSettings, match=named):
        read(environment | {"INSTANCE": str(tmp_path)})


def test_secrets_may_lie_in_files_and_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-file\n")
    (tmp_path / "mail").write_text("p4ss\n")
    environment = {
        "INSTANCE": str(tmp_path),
        "SECRET_KEY_FILE": str(tmp_path / "key"),
        "MAIL_SERVER": "smtp.example",
        "MAIL_PASSWORD_FILE": str(tmp_path / "mail"),
    }
    settings = read(environment)
    assert (settings.SECRET_KEY, settings.MAIL_PASSWORD) == ("from-a-file", "p4ss")
    assert settings.MAIL_FOLDER is None
    assert "from-a-file" not in repr(settings)
    assert "p4ss" not in repr(settings)


def test_every_address_with_a_password_may_lie_in_a_file(tmp_path: Path) -> None:
    environment = {"INSTANCE": str(tmp_path), "METRICS_TOKEN_FILE": str(tmp_path / "METRICS_TOKEN")}
    for name, value in (PRODUCTION | {"METRICS_TOKEN": "m3tr1cs"}).items():
        (tmp_path / name).write_text(f"{value}\n")
        environment[f"{name}_FILE"] = str(tmp_path / name)
    settings = read(environment | {"DATABASE_URL": ""})
    assert isinstance(settings, Production)
    assert settings.DATABASE_URL == "postgresql+psycopg://mandat@db/mandat"
    assert (settings.REDIS_URL, settings.SECRET_KEY, settings.METRICS_TOKEN) == ("redis://queue/0", "k" * 32, "m3tr1cs")
    assert not [secret for secret in ("mandat@db", "queue", "k" * 32, "m3tr1cs") if secret in repr(settings)]


def test_the_moment_of_the_start_is_kept_in_utc(tmp_path: Path) -> None:
    settings = read({"INSTANCE": str(tmp_path), "STARTED_AT": "2026-11-22T09:00:00+07:00"})
    assert datetime(2026, 11, 22, 2, tzinfo=UTC) == settings.STARTED_AT


def test_tests_live_in_one_folder(tmp_path: Path) -> None:
    settings = Testing.within(tmp_path, DEMO=True)
    assert settings.TESTING
    assert settings.DEMO
    assert settings.FILES.parent == settings.ANCHORS.parent == tmp_path


def test_libreoffice_is_found_on_the_path_named_or_refused(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.touch(0o755)
    here = {"INSTANCE": str(tmp_path)}
    assert read(here).SOFFICE is None
    assert str(program) == read(here | {"PATH": str(program.parent)}).SOFFICE
    assert read(here | {"PATH": str(program.parent), "SOFFICE": "none"}).SOFFICE is None
    assert read(here | {"SOFFICE": "/opt/libreoffice/soffice"}).SOFFICE == "/opt/libreoffice/soffice"
    assert tmp_path / "printing" == read(here).PRINTING
    with pytest.raises(BrokenSettings, match="SOFFICE_PATIENCE"):
        read(here | {"SOFFICE_PATIENCE": "3600"})


@pytest.mark.parametrize("url", ["unix:/run/clamav/clamd.ctl", "tcp:10.0.0.5:3310", "tcp:[::1]:3310"])
def test_the_virus_scanner_is_named_by_its_socket(tmp_path: Path, url: str) -> None:
    here = {"INSTANCE": str(tmp_path)}
    assert read(here).CLAMD_URL == ""
    assert url == read(here | {"CLAMD_URL": url, "CLAMD_TIMEOUT": "5"}).CLAMD_URL


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"CLAMD_URL": "clamd"}, "CLAMD_URL"),
        ({"CLAMD_URL": "tcp:10.0.0.5"}, "CLAMD_URL"),
        ({"CLAMD_URL": "http://10.0.0.5:3310"}, "CLAMD_URL"),
        ({"CLAMD_TIMEOUT": "0"}, "CLAMD_TIMEOUT"),
        ({"CLAMD_TIMEOUT": "600"}, "CLAMD_TIMEOUT"),
    ],
)
def test_a_virus_scanner_that_cannot_be_meant_is_refused(tmp_path: Path, wrong: dict[str, str], named: str) -> None:
    with pytest.raises(BrokenSettings, match=named):
        read({"INSTANCE": str(tmp_path)} | wrong)


SERVICE = {"ESIGN_URL": "https://esign.contoh.go.id", "ESIGN_USER": "mandat", "ESIGN_PASSWORD": "rahasia"}


def test_the_signing_service_is_set_whole_or_not_at_all(tmp_path: Path) -> None:
    place = {"INSTANCE": str(tmp_path)}
    assert read(place).ESIGN_URL is None
    whole = read(place | SERVICE | {"ESIGN_PLACE": "1,10,20,100,50"})
    assert (SERVICE["ESIGN_URL"], (1, 10, 20, 100, 50)) == (whole.ESIGN_URL, whole.ESIGN_PLACE)
    assert "rahasia" not in repr(whole)
    for wrong in (
        {"ESIGN_URL": SERVICE["ESIGN_URL"]},
        SERVICE | {"ESIGN_URL": "file:///etc/passwd"},
        SERVICE | {"ESIGN_TIMEOUT": "0"},
        SERVICE | {"ESIGN_TAMPILAN": "terlihat"},
        SERVICE | {"ESIGN_PLACE": "1,2"},
        {"ESIGN_ROOTS": str(tmp_path / "tidak-ada.pem")},
    ):
        with pytest.raises(BrokenSettings):
            read(place | wrong)
