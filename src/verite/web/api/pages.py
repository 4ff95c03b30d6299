"""One answer as JSON; a typed error as its code, fields and sentence."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from verite.sentences import explain
from verite.web.api.endpoints import ENDPOINTS
from verite.web.api.openapi import describe
from verite.web.api_keys import scopes_of
from verite.web.language import language
from verite.words.errors import VeriteError, WrongUse


@require_GET
def answer(request: HttpRequest, name: str) -> JsonResponse:
    """The answer to the question of this name, in the keys of the command line."""
    endpoint = ENDPOINTS.get(name)
    if endpoint is None:
        return JsonResponse({"error": "unknown_address"}, status=404)
    if endpoint.scope not in scopes_of(request):
        return _refused(WrongUse("scope_missing", fields={"scope": endpoint.scope}), status=403)
    try:
        told = endpoint.ask(request).json(language())
    except VeriteError as error:
        return _refused(error)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_GET
def openapi(request: HttpRequest) -> JsonResponse:
    """What can be asked, for programs that write programs."""
    return JsonResponse(describe(), json_dumps_params={"ensure_ascii": False})


def _refused(error: VeriteError, status: int = 400) -> JsonResponse:
    told = {"error": error.code, "fields": error.fields, "said": explain(error, language())}
    return JsonResponse(told, status=status)
