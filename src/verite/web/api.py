"""The JSON of the command line, for members: same names, same keys, same filters."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from verite.rows import document
from verite.sentences import explain
from verite.web.asked import DEFAULT_API_PERIOD, read_asked
from verite.web.house import home_here
from verite.web.language import language
from verite.words.errors import VeriteError


@require_GET
def answer(request: HttpRequest, name: str) -> JsonResponse:
    """One answer as JSON; a typed error as its code, fields and sentence."""
    asking = {
        "status": _status,
        "measure": _measure,
        "map": _map,
        "targets": _targets,
        "unify": _unify,
    }
    if name not in asking:
        return JsonResponse({"error": "unknown_address"}, status=404)
    try:
        result = asking[name](request)
    except VeriteError as error:
        told = {"error": error.code, "fields": error.fields, "said": explain(error, language())}
        return JsonResponse(told, status=400)
    return JsonResponse(document(result), json_dumps_params={"ensure_ascii": False})


def _status(request: HttpRequest) -> object:
    return home_here().status().result


def _measure(request: HttpRequest) -> object:
    home = home_here()
    where = read_asked(request, home, period=DEFAULT_API_PERIOD).where
    metrics = [name for name in request.GET.get("metric", "").split(",") if name]
    by = tuple(name for name in request.GET.get("by", "").split(",") if name)
    return home.measure(*metrics, by=by, where=where).result


def _map(request: HttpRequest) -> object:
    home = home_here()
    where = read_asked(request, home, period=DEFAULT_API_PERIOD).where
    return home.map(case=request.GET.get("case", "person"), where=where).result


def _targets(request: HttpRequest) -> object:
    home = home_here()
    where = read_asked(request, home, period=DEFAULT_API_PERIOD).where
    return home.targets(where=where).result


def _unify(request: HttpRequest) -> object:
    return home_here().unify().result
