"""create_app(): a table of contents of the application, and the Celery app that shares it."""

from pathlib import Path
from typing import Any

import structlog
from apiflask import APIFlask
from celery import Celery, Task
from flask import Flask
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from structlog.contextvars import bound_contextvars
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from config.settings import Settings
from governance.assessment.instrument_files import Instruments
from governance.documents.kind_files import read_kinds
from governance.documents.rendering import Templates
from governance.kernel import slow
from governance.kernel.db import db, prepare_engine
from governance.kernel.files import Files
from governance.mandates.institution_checks import require_known_law
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.institution_files import read_files
from governance.trail.anchors import anchors
from web import health, language, logs, metrics, requests, shown
from web.api.routes import api
from web.broker import REQUEST_ID, Ringer
from web.cli import commands
from web.errors import answer_errors
from web.guard import guard
from web.letters import letter_told
from web.limits import limiter
from web.pages.routes import pages
from web.tables import known_migrations, offer_migrations
from workflows import doorbells
from workflows.bells import bells
from workflows.house import House
from workflows.library import Library
from workflows.outside.clamd import Clamd
from workflows.outside.esign import Esign
from workflows.outside.mail import MailSettings
from workflows.outside.pdfs import Trust
from workflows.outside.soffice import Printer, state_of
from workflows.preparing import Outside
from workflows.schedule import SCHEDULE

ROOT = Path(__file__).resolve().parent.parent

log = structlog.get_logger("mandat.bells")


def create_app(settings: Settings) -> Flask:
    """The web application, put together from plain settings; the law is read and checked here, once."""
    logs.to_stderr()
    app = APIFlask("web", title="Mandat", version="1", json_errors=False, spec_path=None, docs_path=None)
    app.config.from_object(settings)
    settings.INSTANCE.mkdir(parents=True, exist_ok=True)
    app.extensions["mandat"] = _library(settings)
    app.extensions["institutions"] = _institutions(app.extensions["mandat"].law)
    app.extensions["mail"] = _mail(settings)
    app.extensions["printer"] = _printer(settings)
    app.extensions["signing"] = _outside(settings, app.extensions["mandat"], app.extensions["printer"])
    anchors.keep_in(settings.ANCHORS)

    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        slow.watch(db.engine, settings.SLOW_QUERY_MS)
    offer_migrations(app)
    app.extensions["head"] = known_migrations()[0]
    _behind_proxies(app, settings.TRUSTED_PROXIES)
    requests.follow(app)  # First of all that looks at a request, so that what is refused has a number too.
    csrf = CSRFProtect(app)
    Babel(app, locale_selector=language.chosen, default_translation_directories=str(ROOT / "web" / "translations"))
    Bootstrap5(app)
    Compress(app)
    limiter.init_app(app)

    app.config["OPENAPI_VERSION"] = "3.1.0"
    app.security_schemes = {"token": {"type": "http", "scheme": "bearer"}}
    app.url_map.converters["int"] = RowNumber
    guard(app)
    answer_errors(app)
    shown.teach(app)
    app.register_blueprint(health.health)
    app.register_blueprint(metrics.metrics)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    csrf.exempt(api)
    commands.register(app)
    app.extensions["celery"] = make_celery(app)
    return app


class RowNumber(IntegerConverter):
    """A row's number in an address: never longer than the database can hold, else there is no such address."""

    regex = r"\d{1,18}"


def make_celery(app: Flask) -> Celery:
    """The Celery app of a web app: its tasks run inside the app's context, its bells ring through it."""

    class InAppContext(Task):
        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            rung_by = (self.request.headers or {}).get(REQUEST_ID)
            number = rung_by or str(self.request.id)[:12]
            with app.app_context(), bound_contextvars(request_id=number, bell=self.name):
                if rung_by:  # What beat rings each second would drown the rest.
                    log.info("bell heard")
                return self.run(*args, **kwargs)

    if "celery" in app.extensions:
        made: Celery = app.extensions["celery"]
        return made
    celery = Celery("mandat", task_cls=InAppContext)
    celery.config_from_object(app.config["CELERY"])
    celery.conf.beat_schedule = SCHEDULE
    celery.conf.imports = (doorbells.__name__,)
    celery.house = House(app.extensions["mandat"], app.extensions["mail"], letter_told, app.extensions["printer"])
    celery.set_default()
    if app.config["REDIS_URL"]:
        bells.ring = Ringer(celery)
    return celery


def _behind_proxies(app: Flask, count: int) -> None:
    """Believe what this many proxies in front say of address, scheme and host; none by default."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def _library(settings: Settings) -> Library:
    folder = ROOT / "doc_templates"
    return Library(
        law=Law.read(ROOT / "config" / "law"),
        instruments=Instruments.read(ROOT / "config" / "law" / "instruments"),
        kinds=read_kinds(folder),
        templates=Templates.read(folder),
        files=Files(settings.FILES),
        clamd=Clamd(settings.CLAMD_URL, settings.CLAMD_TIMEOUT),
    )


def _institutions(law: Law) -> dict[str, InstitutionFacts]:
    files = read_files(ROOT / "config" / "institutions")
    require_known_law(files, law)
    return {file.facts.key: file.facts for file in files}


def _mail(settings: Settings) -> MailSettings:
    return MailSettings(
        sender=settings.MAIL_FROM,
        base_url=settings.BASE_URL,
        server=settings.MAIL_SERVER,
        port=settings.MAIL_PORT,
        user=settings.MAIL_USER,
        password=settings.MAIL_PASSWORD,
        folder=settings.MAIL_FOLDER,
    )


def _outside(settings: Settings, library: Library, printer: Printer) -> Outside:
    esign = Esign(
        url=settings.ESIGN_URL,
        user=settings.ESIGN_USER,
        password=settings.ESIGN_PASSWORD,
        timeout=settings.ESIGN_TIMEOUT,
        visible=settings.ESIGN_TAMPILAN == "visible",
        tag=settings.ESIGN_TAG,
        place=settings.ESIGN_PLACE,
        answer=settings.ESIGN_JENIS_RESPONSE,
    )
    return Outside(library, printer, esign, Trust.read(settings.ESIGN_ROOTS), f"{settings.BASE_URL}/v/")


def _printer(settings: Settings) -> Printer:
    """LibreOffice. What it lacks is said at the start, for a wrong font changes where every page ends."""
    printer = Printer(settings.SOFFICE, settings.PRINTING, settings.SOFFICE_PATIENCE)
    if settings.SOFFICE and (state := state_of(printer)) != "ok":
        log.warning("PDFs will not be right", why=state)
    return printer
