"""Sign in by password or by one-time link, sign out, change one's password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.records.accounts.actions import check_sign_in, set_password, use_link
from verite.records.accounts.records import stamp_of
from verite.records.current import current_alias
from verite.sentences import explain
from verite.web.clock import now
from verite.web.language import language
from verite.web.reader import reader
from verite.web.wording import say
from verite.words.errors import BadInput, VeriteError
from verite.words.member import Member, Right


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in form."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    context = {"next": wanted, "email": request.POST.get("email", ""), "fault": ""}
    if request.method == "GET":
        return render(request, "sign_in.html", context)
    try:
        member = check_sign_in(
            using=current_alias(),
            email=request.POST.get("email", ""),
            password=request.POST.get("password", ""),
            address=request.META.get("REMOTE_ADDR", ""),
            at=now(),
        )
    except BadInput as error:
        context["fault"] = explain(error, language())
        status = 429 if error.code == "too_many_sign_ins" else 400
        return render(request, "sign_in.html", context, status=status)
    _enter(request, member)
    return HttpResponseRedirect(_safe(request, wanted))


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One press away: a link followed by a mail scanner must not spend itself."""
    if request.method == "GET":
        return render(request, "sign_in_link.html", {"token": token})
    try:
        member = use_link(using=current_alias(), token=token, at=now())
    except BadInput as error:
        context = {"next": "/", "email": "", "fault": explain(error, language())}
        return render(request, "sign_in.html", context, status=400)
    _enter(request, member)
    return HttpResponseRedirect("/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the session."""
    request.session.flush()
    return HttpResponseRedirect("/sign-in")


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and one's password."""
    member = reader(request)
    context: dict[str, object] = {
        "role": say(f"accounts.role_{member.role}"),
        "may_manage": member.may(Right.MANAGE_MEMBERS),
        "fault": "",
    }
    if request.method == "GET":
        return render(request, "account.html", context)
    try:
        set_password(
            using=current_alias(),
            by=member,
            email=member.email,
            password=request.POST.get("password", ""),
            at=now(),
        )
    except VeriteError as error:
        context["fault"] = explain(error, language())
        return render(request, "account.html", context, status=400)
    _enter(request, member)
    return render(request, "account.html", {**context, "changed": True})


def _enter(request: HttpRequest, member: Member) -> None:
    request.session.cycle_key()
    request.session["member"] = member.id
    request.session["stamp"] = stamp_of(member, using=current_alias())
    rotate_token(request)


def _safe(request: HttpRequest, wanted: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith("/") else "/"
