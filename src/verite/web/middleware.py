"""What happens around every page: headers, language, sign-in, errors explained."""

from __future__ import annotations

from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.utils.http import urlencode

from verite.records.accounts.records import member_of_session
from verite.records.current import current_alias
from verite.web.api_keys import member_of_key
from verite.web.house import home_here
from verite.web.language import COOKIE, chosen_language, speak
from verite.web.listen.upload import LARGEST_FILE
from verite.web.wording import say
from verite.words.errors import BadInput, VeriteError

Answering = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LARGEST_BODY = {"/listen": LARGEST_FILE + 100_000_000}  # members only: strangers are sent away
LARGEST_FORM_BODY = 4_000_000
PROGRAMS = ("/api/", "/metrics")  # read with a key, never sent to a form
COLLECTOR = "/v1/"  # machines bear a key; bodies have caps of their own
CARDS = "/card/"  # read by whoever holds the link, often inside another tool: no cookie
OPEN_PATHS = ("/sign-in", "/healthz", "/readyz", CARDS)


def security_headers(answer: Answering) -> Answering:
    """A strict content policy and its companions on every answer."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(CARDS):  # its own policy says who may frame it
            del response.headers["X-Frame-Options"]
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return with_headers


def in_language(answer: Answering) -> Answering:
    """The language of the URL, kept in a cookie; else the cookie's; else the home's."""

    def spoken(request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get("lang")
        lang = chosen_language(asked, request.COOKIES.get(COOKIE), home_here().settings.language)
        speak(lang)
        response = answer(request)
        response.headers["Content-Language"] = lang
        if asked == lang and not request.path.startswith(CARDS):
            response.set_cookie(COOKIE, lang, max_age=365 * 86400, samesite="Lax", httponly=True)
        return response

    return spoken


def of_our_host(answer: Answering) -> Answering:
    """A request for a name that is not ours is refused, whatever its method: no rebinding."""

    def hosted(request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # raises DisallowedHost: 400
        return answer(request)

    return hosted


def not_too_large(answer: Answering) -> Answering:
    """A body larger than its page takes is refused before it is read: nobody fills the disk."""

    def bounded(request: HttpRequest) -> HttpResponseBase:
        from verite.web.errors import explained

        if request.path.startswith(COLLECTOR):
            return answer(request)
        size = request.META.get("CONTENT_LENGTH") or "0"
        most = LARGEST_BODY.get(request.path, LARGEST_FORM_BODY)
        if size.isdecimal() and int(size) > most:
            return explained(request, BadInput("too_large", fields={"size": size}))
        return answer(request)

    return bounded


def signed_in(answer: Answering) -> Answering:
    """Only members see pages; `request.member` says who reads."""

    def for_members(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(COLLECTOR):
            return answer(request)
        member = member_of_session(
            request.session.get("member"),
            request.session.get("stamp"),
            using=current_alias(),
        )
        if member is None and request.path.startswith(PROGRAMS):
            member = member_of_key(request)
        request.member = member  # type: ignore[attr-defined]
        if member is not None or request.path.startswith(OPEN_PATHS):
            return answer(request)
        if request.path.startswith(PROGRAMS):
            return JsonResponse({"error": "sign_in", "said": say("error.sign_in_key")}, status=401)
        wanted = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect("/sign-in" if request.path == "/" else f"/sign-in?{wanted}")

    return for_members


class ErrorsExplained:
    """A typed error raised by a page becomes a page that says what, where and the remedy."""

    def __init__(self, answer: Answering) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only our own errors; any other is a fault of ours and gets the 500 page."""
        from verite.web.errors import explained

        return explained(request, error) if isinstance(error, VeriteError) else None


errors_explained = ErrorsExplained
