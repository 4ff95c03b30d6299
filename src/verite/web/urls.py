"""The addresses of the pages."""

from __future__ import annotations

from django.urls import path

from verite.web.accounts import pages as accounts
from verite.web.status import pages as status

urlpatterns = [
    path("sign-in", accounts.sign_in),
    path("sign-in/<str:token>", accounts.sign_in_by_link),
    path("sign-out", accounts.sign_out),
    path("account", accounts.account),
    path("status", status.status),
    path("healthz", status.healthz),
    path("readyz", status.readyz),
]

handler400 = "verite.web.errors.bad_request"
handler403 = "verite.web.errors.refused"
handler404 = "verite.web.errors.not_found"
handler500 = "verite.web.errors.failed"
