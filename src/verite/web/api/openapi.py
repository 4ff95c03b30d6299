"""The OpenAPI document of the API, made from its endpoints."""

from __future__ import annotations

import verite
from verite.rows import Json
from verite.web.api.endpoints import ENDPOINTS, Endpoint

ABOUT = ("asked", "as_of", "ledger_version", "notes")
PARAMETERS: dict[str, str] = {
    "metric": "Metrics, separated by commas; every one when absent",
    "by": "Dimensions, separated by commas: channel, touchpoint, team, week, segment.KEY…",
    "outcome": "nps, csat, ces, a rating's name, churn, repurchase or repeat",
    "before": "Days of experience read before an answer",
    "assume": "What you are ready to assume, separated by commas",
    "delta": "Within how many points two experiences are the same; the scale's own when absent",
    "over": "Dimensions compared, separated by commas: channel, team, agent, site, hour, week",
    "rows": "Rows of the identity map: motive, touchpoint, team or site",
    "case": "person, case_id or gap:30d",
    "id": "Any identity (user:…, email:…, phone:…) or the id that pages show",
    "period": "28d, 91d, 365d or all",
    "since": "First day, as 2026-01-31",
    "until": "Day after the last, as 2026-02-28",
    "channel": "One channel",
    "touchpoint": "One touchpoint, by its key",
    "segment": "One segment, as key:value",
}


def describe() -> dict[str, Json]:
    """The whole document, version 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vérité",
            "version": verite.__version__,
            "description": "Same names and same JSON as the command line. Numbers are plain; "
            "a withheld number is null.",
        },
        "security": [{"bearer": []}],
        "paths": {f"/api/{one.name}": {"get": _operation(one)} for one in ENDPOINTS.values()},
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _error()},
        },
    }


def _operation(one: Endpoint) -> Json:
    return {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"A key needs the scope `{one.scope}`.",
        "parameters": [_parameter(name) for name in one.parameters],
        "responses": {
            "200": {
                "description": one.summary,
                "content": {"application/json": {"schema": _answer(one)}},
            },
            **{
                status: {
                    "description": told,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
                    },
                }
                for status, told in (
                    ("400", "Wrong use: the sentence says what, where and the remedy"),
                    ("401", "No key, or one that is closed"),
                    ("403", "The key lacks the scope"),
                )
            },
        },
    }


def _parameter(name: str) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": name == "id",
        "description": PARAMETERS[name],
        "schema": {"type": "string"},
    }


def _answer(one: Endpoint) -> Json:
    keys = (*one.keys, *ABOUT)
    return {"type": "object", "required": list(keys), "properties": {key: {} for key in keys}}


def _error() -> Json:
    text: Json = {"type": "string"}
    return {
        "type": "object",
        "required": ["error"],
        "properties": {"error": text, "fields": {"type": "object"}, "said": text},
    }
