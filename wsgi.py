"""The door: `wsgi:app` for the web server, `wsgi:celery` for workers; the one file that reads the environment."""

import gc

# Nothing that a start makes is garbage; looking for some in all of it, again and again, took a quarter of the start.
gc.disable()

import os

from config import settings
from web.app import create_app, make_celery

try:
    chosen = settings.read(os.environ)
except settings.BrokenSettings as refusal:
    raise SystemExit(f"mandat: {refusal}") from None

app = create_app(chosen)
celery = make_celery(app)

gc.freeze()  # It stays for good: never looked at again, and so shared by the processes forked from here.
gc.enable()
