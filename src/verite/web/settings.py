"""What Django needs to serve pages, on top of what the records configured."""

from __future__ import annotations

import os
from pathlib import Path

from verite.web.logged import keep_logs_clean

HERE = Path(__file__).parent
LARGEST_FORM = 2_000_000  # bytes of form fields; files stream to the home's own folder
MOST_FIELDS = 10_000  # two for each column of a wide file
MIDDLEWARE = (
    "verite.web.middleware.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "verite.web.middleware.errors_explained",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "verite.web.middleware.in_language",
    "verite.web.middleware.of_our_host",
    "verite.web.middleware.not_too_large",
    "django.middleware.csrf.CsrfViewMiddleware",
    "verite.web.middleware.signed_in",
    "django_htmx.middleware.HtmxMiddleware",
)
TAGS = "verite.web.tags"


def equip(hosts: tuple[str, ...] = ()) -> None:
    """Add the web's settings; Django was configured by `records.setup.prepare`."""
    from django.conf import settings

    keep_logs_clean()
    named = tuple(name for name in os.environ.get("VERITE_HOSTS", "").split(",") if name)
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", *hosts, *named]
    settings.CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in named]
    settings.ROOT_URLCONF = "verite.web.urls"
    settings.MIDDLEWARE = list(MIDDLEWARE)
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [str(HERE / "templates")],
            "OPTIONS": {
                "context_processors": ["verite.web.layout.layout"],
                "builtins": [TAGS],
            },
        }
    ]
    settings.APPEND_SLASH = False
    settings.USE_I18N = False
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FORM
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
    settings.FILE_UPLOAD_HANDLERS = ["verite.web.listen.upload.HomeUploadHandler"]
    settings.SESSION_COOKIE_AGE = 14 * 24 * 3600
    settings.SESSION_COOKIE_HTTPONLY = True
    settings.SESSION_COOKIE_SAMESITE = "Lax"
    settings.CSRF_COOKIE_HTTPONLY = True
    settings.CSRF_COOKIE_SAMESITE = "Lax"
    settings.CSRF_FAILURE_VIEW = "verite.web.errors.csrf_refused"
    settings.SECURE_CONTENT_TYPE_NOSNIFF = True
