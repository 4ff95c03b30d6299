"""Who may sign in, and the keys of programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from verite.records.accounts.actions import add_member, change_role, make_link, remove_member
from verite.records.accounts.key_actions import close_key, make_key
from verite.records.accounts.keys import list_keys
from verite.records.accounts.records import list_members
from verite.records.current import current_alias
from verite.records.rights import need
from verite.sentences import explain
from verite.sentences.dates import day
from verite.web.clock import now
from verite.web.language import language
from verite.web.reader import reader
from verite.web.wording import say
from verite.words.errors import VeriteError
from verite.words.member import ApiKey, Member, Right, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One member or key, as printed."""

    id: str
    name: str
    about: str
    detail: str
    is_fixed: bool  # oneself, or closed


@never_cache
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """The list, and the form that adds somebody: their sign-in link is told once."""
    need(reader(request), Right.MANAGE_MEMBERS)
    if request.method == "GET":
        return _page(request)
    email, using, by = request.POST.get("email", "").strip(), current_alias(), reader(request)
    try:
        role = _role(request)
        added = add_member(using=using, by=by, email=email, role=role, at=now())
        link = _link(request, added.email)
    except VeriteError as error:
        return _page(request, fault=explain(error, language()), email=email, status=400)
    return _page(request, link=link, invited=added.email)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Another role, a new sign-in link, or the end of a membership."""
    using, by, email = current_alias(), reader(request), request.POST.get("email", "")
    what = request.POST.get("do", "")
    if what == "link":
        return _page(request, link=_link(request, email), invited=email)
    if what == "remove":
        remove_member(using=using, by=by, email=email, at=now())
    else:
        change_role(using=using, by=by, email=email, role=_role(request), at=now())
    return HttpResponseRedirect("/members")


@never_cache
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """A new key, shown once; or a key closed."""
    using, by = current_alias(), reader(request)
    if closed := request.POST.get("close", ""):
        close_key(using=using, by=by, key=int(closed) if closed.isdecimal() else 0, at=now())
        return HttpResponseRedirect("/members")
    scopes = [scope for scope in Scope if request.POST.get(scope.value)]
    name = request.POST.get("name", "")
    try:
        token = make_key(using=using, by=by, name=name, scopes=scopes, at=now())
    except VeriteError as error:
        return _page(request, key_fault=explain(error, language()), status=400)
    return _page(request, token=token)


def _role(request: HttpRequest) -> Role:
    asked = request.POST.get("role", "")
    return Role(asked) if asked in set(Role) else Role.AGENT


def _link(request: HttpRequest, email: str) -> str:
    token = make_link(using=current_alias(), by=reader(request), email=email, at=now())
    return request.build_absolute_uri(f"/sign-in/{token}")


def _page(request: HttpRequest, status: int = 200, **more: str) -> HttpResponse:
    me, using = reader(request), current_alias()
    need(me, Right.MANAGE_MEMBERS)
    context: dict[str, object] = {
        "members": [_member(one, me) for one in list_members(using=using)],
        "keys": [_key(one) for one in list_keys(using=using)],
        "roles": [(role.value, say(f"accounts.name_{role}")) for role in Role],
        "scopes": [(scope.value, say(f"accounts.scope_{scope}")) for scope in Scope],
        **more,
    }
    return render(request, "members.html", context, status=status)


def _member(one: Member, me: Member) -> Line:
    told = say(f"accounts.role_{one.role}")
    return Line(
        id=one.email, name=one.email, about=one.role.value, detail=told, is_fixed=one.id == me.id
    )


def _key(one: ApiKey) -> Line:
    opens = ", ".join(say(f"accounts.scope_{scope}") for scope in sorted(one.scopes))
    detail = say("accounts.key_unused")
    if one.used_on is not None:
        at = datetime.combine(one.used_on, time(12), UTC)
        detail = say("accounts.key_used", day=day(at, language()))
    if not one.is_open:
        detail = say("accounts.key_closed")
    return Line(
        id=str(one.id), name=f"{one.name} (…{one.hint})", about=opens, detail=detail,
        is_fixed=not one.is_open,
    )  # fmt: skip
