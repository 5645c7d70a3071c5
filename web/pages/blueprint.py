"""The pages' blueprint."""

from flask import Blueprint

pages = Blueprint("pages", __name__)
