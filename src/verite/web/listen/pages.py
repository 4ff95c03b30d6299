"""Import pages: choose a file, check what was understood, follow, read the result."""

from __future__ import annotations

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.loop.listen import Preview
from verite.records.current import current_alias
from verite.records.listen.actions import keep_mapping, register_upload
from verite.records.listen.records import (
    ImportRecord,
    ImportState,
    import_with,
    latest_imports,
    mapping_names,
    mapping_text,
)
from verite.records.rights import need
from verite.sentences import explain
from verite.web.clock import now
from verite.web.evidence.told import read_place
from verite.web.exports import export
from verite.web.house import home_here
from verite.web.language import language
from verite.web.listen.decisions import told_decisions
from verite.web.listen.form import (
    ENCODINGS,
    SEPARATORS,
    field_name,
    kept_fields,
    read_request,
    refilled,
    told_form,
)
from verite.web.listen.readable import told_refusals, told_rows
from verite.web.listen.running import start
from verite.web.listen.told import quarantine_rows, told_counts, told_import, told_quarantine
from verite.web.listen.uploads import forget_old_uploads, keep_upload, upload_of
from verite.web.reader import reader
from verite.web.versions import versions_line
from verite.web.wording import say
from verite.words.errors import BadInput, VeriteError
from verite.words.member import Right

UPLOADS_KEPT = timedelta(days=1)


@never_cache
@require_http_methods(["GET", "POST"])
def listen(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was imported so far; what was refused."""
    fault = ""
    if request.method == "POST":
        need(reader(request), Right.IMPORT)
        forget_old_uploads(before=now() - UPLOADS_KEPT)
        upload = request.FILES.get("file")
        if upload is not None and upload.size:
            record = register_upload(
                using=current_alias(),
                by=reader(request),
                file=upload.name or "file",
                size=upload.size,
                at=now(),
            )
            keep_upload(upload, record.token)
            return HttpResponseRedirect(f"/listen/{record.token}")
        fault = say("listen.no_file") if upload is None else say("listen.empty_file")
    home = home_here()
    context = {
        "imports": [
            told_import(line, home.settings.zone) for line in latest_imports(using=current_alias())
        ],
        "quarantined": home.status().result.quarantined,
        "may_import": reader(request).may(Right.IMPORT),
        "fault": fault,
        "versions": versions_line(home),
    }
    return render(request, "listen.html", context, status=400 if fault else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, token: str) -> HttpResponse:
    """One import: its preview while it waits, its progress while it runs, then its result."""
    need(reader(request), Right.IMPORT)
    record = import_with(token, using=current_alias())
    if record is None:
        raise BadInput("unknown_import", fields={"import": token})
    if record.state is not ImportState.UPLOADED:
        template = "parts/progress.html" if _is_htmx(request) else "import.html"
        return render(request, template, _progress(record))
    return _preview(request, record)


@require_POST
def replay(request: HttpRequest) -> HttpResponse:
    """Try the quarantine again."""
    need(reader(request), Right.IMPORT)
    heard = home_here().replay(at=now()).result
    request.session["replayed"] = [heard.read, heard.kept + heard.duplicates, heard.quarantined]
    return HttpResponseRedirect("/listen/quarantine")


@never_cache
def quarantine(request: HttpRequest) -> HttpResponse:
    """The lines that were refused, with their reason and their text."""
    need(reader(request), Right.IMPORT)
    place = read_place(request)
    replayed = request.session.pop("replayed", None)
    told = ""
    if replayed is not None:
        told = say("listen.replayed", read=replayed[0], kept=replayed[1], left=replayed[2])
    context = {"told": told_quarantine(home_here(), place), "replayed": told}
    return render(request, "quarantine.html", context)


def export_quarantine(request: HttpRequest, kind: str) -> HttpResponse:
    """Every refused line, as CSV or Excel."""
    need(reader(request), Right.IMPORT)
    rows = quarantine_rows(home_here())
    return export(reader(request), rows, kind, "quarantine")


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _progress(record: ImportRecord) -> dict[str, object]:
    zone = home_here().settings.zone
    percent = min(99, 100 * record.done // record.total) if record.total else 0
    return {
        "line": told_import(record, zone),
        "record": record,
        "is_running": record.state is ImportState.RUNNING,
        "percent": percent,
        "counts": told_counts(record),
        "decisions": record.decisions.splitlines(),
    }


def _preview(request: HttpRequest, record: ImportRecord) -> HttpResponse:
    home, file = home_here(), upload_of(record.token)
    given: QueryDict | None = request.POST if request.method == "POST" else None
    preview: Preview | None = None
    fault, zone = "", home.settings.zone
    try:
        asked = read_request(file, given, zone)
        if given is not None and given.get("do") == "import":
            _keep(request)
            start(current_alias(), by=reader(request), token=record.token, request=asked)
            return HttpResponseRedirect(f"/listen/{record.token}")
        preview = home.preview(asked)
        kept = mapping_text(request.GET.get("mapping", ""), using=current_alias())
        if given is None and kept is not None:
            given = refilled(json.loads(kept), preview)
            preview = home.preview(read_request(file, given, zone))
    except VeriteError as error:
        fault = explain(error, language())
        preview = home.preview(read_request(file, None, zone)) if given is not None else None
    if preview is None:
        context = {"record": record, "fault": fault}
        return render(request, "unreadable.html", context, status=400)
    context = {
        "record": record,
        "preview": preview,
        "form": told_form(preview, given),
        "given": given,
        "decisions": told_decisions(preview.decided),
        "encodings": ENCODINGS,
        "separators": [(sign, say(f"listen.separator_{_sign(sign)}")) for sign in SEPARATORS],
        "mappings": mapping_names(using=current_alias()),
        "field_names": [field_name(field) for field in preview.fields],
        "home_zone": zone,
        "rows": told_rows(preview, zone),
        "refused": told_refusals(preview),
        "fault": fault,
    }
    return render(request, "preview.html", context, status=400 if fault else 200)


def _sign(separator: str) -> str:
    return {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}[separator]


def _keep(request: HttpRequest) -> None:
    name = request.POST.get("keep_as", "").strip()
    if name:
        keep_mapping(
            using=current_alias(),
            by=reader(request),
            name=name,
            text=json.dumps(kept_fields(request.POST), ensure_ascii=False),
            at=now(),
        )
