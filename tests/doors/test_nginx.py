"""config/nginx: what it lets through is what the application, at its defaults, refuses in its own words."""

import re
from pathlib import Path

from config.settings import MEGABYTE, ROOT, read

CONFIG = (ROOT / "config" / "nginx" / "mandat.conf").read_text(encoding="utf-8")


def told(name: str) -> str:
    found = re.findall(rf"^\s*{name}\s+([^;]+);", CONFIG, re.MULTILINE)
    assert len(found) == 1, f"{name} stands {len(found)} times"
    return str(found[0])


def test_an_upload_too_large_is_refused_by_the_application_and_far_too_large_by_nginx(tmp_path: Path) -> None:
    limit = read({"INSTANCE": str(tmp_path)}).MAX_CONTENT_LENGTH
    there = re.fullmatch(r"(\d+)m", told("client_max_body_size"))
    assert there
    assert limit < int(there[1]) * MEGABYTE <= limit + MEGABYTE


def test_nginx_sets_what_one_trusted_proxy_is_believed_about_and_hands_nothing_on() -> None:
    headers = dict(re.findall(r"proxy_set_header\s+(\S+)\s+([^;]+);", CONFIG))
    assert headers["X-Forwarded-For"] == "$remote_addr", "set, not appended"
    assert headers["X-Forwarded-Proto"] == "$scheme"
    assert headers["X-Forwarded-Host"] == "$host"
    assert headers["Forwarded"] == '""'
    assert headers["X-Request-Id"] == "$request_id"
    assert re.search(r"location = /metrics \{ return 404; \}", CONFIG)
