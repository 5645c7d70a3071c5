"""The JSON API's blueprint: /api/v1, bearer tokens, problem+json, an OpenAPI 3.1 description."""

from apiflask import APIBlueprint

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Mandat")
