"""The national signing service as its client answers: over a real socket, with real PAdES signatures, or as told."""

import base64
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from werkzeug.formparser import parse_form_data

from tests import signers
from workflows.outside.esign import Esign

USER, PASSWORD = "mandat", "rahasia layanan"
NIK, PASSPHRASE = "3604123456780001", "frasa-sandi-yang-sangat-rahasia"
KNOWN = frozenset(
    {"nik", "passphrase", "tampilan", "image", "imageTTD", "page", "xAxis", "yAxis", "width", "height", "tag_koordinat"}
    | {"linkQR", "reason", "location", "jenis_response"}
)

# What it answers where it does not sign, by its mood.
ANSWERS: dict[str, tuple[int, Any]] = {
    "fault": (502, b"<html>Bad gateway</html>"),
    "redirect": (307, b""),
    "rubbish": (200, b"\x00\x01 bukan PDF"),
    "document_id": (200, {"id_dokumen": "abc123"}),
}


@dataclass
class Service:
    """The server; `mood` says what it does with what it is asked, `asked` what it was asked, without the secrets."""

    mood: str = "sign"
    signer: Any = None
    asked: list[dict[str, str]] = field(default_factory=list)
    signed: int = 0
    server: Any = None

    def start(self) -> "Service":
        """Listen on a free port."""
        service = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service._answer(self)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def settings(self, **changes: Any) -> Esign:
        """As the settings would hand it down."""
        return Esign(**({"url": self.url, "user": USER, "password": PASSWORD, "timeout": 3.0} | changes))

    @property
    def environment(self) -> dict[str, str]:
        """As the program finds it in its environment."""
        return {"ESIGN_URL": self.url, "ESIGN_USER": USER, "ESIGN_PASSWORD": PASSWORD}

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        environ = {
            "wsgi.input": request.rfile,
            "REQUEST_METHOD": "POST",
            "CONTENT_LENGTH": request.headers["Content-Length"],
            "CONTENT_TYPE": request.headers["Content-Type"],
        }
        _, form, files = parse_form_data(environ)
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.path != "/api/sign/pdf" or set(form) - KNOWN or "file" not in files:
            return _say(request, 404, {"error": "tidak dikenal"})
        self.asked.append({key: value for key, value in form.items() if key not in ("nik", "passphrase")})
        if request.headers.get("Authorization") != basic or self.mood == "unauthorised":
            return _say(request, 401, {"error": "Unauthorized"})
        if form["nik"] != NIK:
            return _say(request, 400, {"error": f"NIK {form['nik']} belum terdaftar"})
        if form["passphrase"] != PASSPHRASE:
            return _say(request, 400, {"error": f"Passphrase {form['passphrase']} salah", "status_code": 2031})
        return self._in_its_mood(request, files["file"].read())

    def _in_its_mood(self, request: BaseHTTPRequestHandler, pdf: bytes) -> None:
        said = ANSWERS.get(self.mood)
        if said is not None:
            return _say(request, *said)
        if self.mood == "hang":
            return time.sleep(3)
        if self.mood == "unsigned":
            return _say(request, 200, pdf)
        return self._sign(request, pdf)

    def _sign(self, request: BaseHTTPRequestHandler, pdf: bytes) -> None:
        self.signed += 1
        done = signers.signed(signers.page("Naskah lain") if self.mood == "other" else pdf, self.signer)
        if self.mood == "drop":
            request.connection.close()
            return None
        if self.mood == "json":
            return _say(request, 200, {"base64_signed_file": base64.b64encode(done).decode()})
        return _say(request, 200, done)


def _say(request: BaseHTTPRequestHandler, status: int, content: Any) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    request.send_response(status)
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)
