"""Counts for a monitoring system, in the text format of Prometheus; no figure about customers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verite.web.clock import now
from verite.web.house import home_here

KIND = "text/plain; version=0.0.4; charset=utf-8"


def _oldest_s() -> int:
    oldest = home_here().backlog.oldest_at
    return 0 if oldest is None else max(0, round((now() - oldest).total_seconds()))


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """What the home holds and what waits, one gauge a line."""
    ledger = home_here().desk.ledger
    version, people = home_here().versions
    gauges = (
        ("verite_ledger_version", "Version of the ledger, -1 when empty", version),
        ("verite_people_version", "Version of the links between identities", people),
        ("verite_identities", "Identities ever seen", ledger.identity_count),
        ("verite_inbox_batches", "Batches received and not drained yet", ledger.inbox_count),
        ("verite_inbox_oldest_seconds", "Age of the oldest of them", _oldest_s()),
        ("verite_quarantine_lines", "Lines refused that wait", ledger.quarantine_count),
    )
    lines = [
        f"# HELP {name} {told}\n# TYPE {name} gauge\n{name} {value}\n"
        for name, told, value in gauges
    ]
    return HttpResponse("".join(lines), content_type=KIND)
