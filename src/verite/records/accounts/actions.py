"""Add members, change their password or role, hand out sign-in links, check who signs in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from verite.records.accounts import models
from verite.records.accounts.records import member_of
from verite.records.audit.actions import note
from verite.records.rights import need
from verite.words.errors import BadInput
from verite.words.member import Member, Right, Role

LINK_LIFE = timedelta(hours=12)
WATCHED = timedelta(minutes=15)
TRIES_PER_EMAIL = 5
TRIES_PER_ADDRESS = 30
SHORTEST_PASSWORD = 12


def add_member(
    *, using: str, by: Member, email: str, role: Role, at: datetime, name: str = ""
) -> Member:
    """A new member, without a password: they sign in by link until they choose one."""
    need(by, Right.MANAGE_MEMBERS)
    address = _clean_email(email)
    members = models.Member.objects.using(using)
    told = {"name": name or address, "role": role, "made_at": at, "password": make_password(None)}
    try:
        with transaction.atomic(using=using):
            # Somebody who was removed comes back as new: no password, the role given now.
            back = members.filter(email=address, is_active=False)
            if back.update(is_active=True, **told):
                row = members.get(email=address)
            else:
                row = members.create(email=address, **told)
            note(using=using, by=by, at=at, did="add_member", subject=address, after=role.value)
    except IntegrityError as error:
        raise BadInput("member_exists", fields={"email": address}) from error
    return member_of(row)


def change_role(*, using: str, by: Member, email: str, role: Role, at: datetime) -> None:
    """Another role; one's own, and the last owner's, stay as they are."""
    need(by, Right.MANAGE_MEMBERS)
    with transaction.atomic(using=using):
        row = _row(email, using=using)
        _keep_an_owner(row, by, using=using)
        before, row.role = row.role, role.value
        row.save(using=using, update_fields=["role"])
        subject = row.email
        note(using=using, by=by, at=at, did="change_role", subject=subject, before=before,
             after=role.value)  # fmt: skip


def remove_member(*, using: str, by: Member, email: str, at: datetime) -> None:
    """Signs the member out everywhere for good; what they wrote stays under their name."""
    need(by, Right.MANAGE_MEMBERS)
    with transaction.atomic(using=using):
        row = _row(email, using=using)
        _keep_an_owner(row, by, using=using)
        row.is_active = False
        row.save(using=using, update_fields=["is_active"])
        models.SignInLink.objects.using(using).filter(member=row).delete()
        note(using=using, by=by, at=at, did="remove_member", subject=row.email)


def _keep_an_owner(row: models.Member, by: Member, *, using: str) -> None:
    owners = models.Member.objects.using(using).filter(role=Role.OWNER, is_active=True)
    if row.pk == by.id or not owners.exclude(pk=row.pk).exists():
        raise BadInput("own_membership", fields={"email": row.email})


def set_password(*, using: str, by: Member, email: str, password: str, at: datetime) -> None:
    """Choose a password: one's own, or anybody's for an owner."""
    if by.email != email:
        need(by, Right.MANAGE_MEMBERS)
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(
            "password_short", fields={"length": len(password), "least": SHORTEST_PASSWORD}
        )
    with transaction.atomic(using=using):
        row = _row(email, using=using)
        row.password = make_password(password)
        row.save(using=using, update_fields=["password"])
        note(using=using, by=by, at=at, did="set_password", subject=row.email)


def make_link(
    *, using: str, by: Member, email: str, at: datetime, life: timedelta = LINK_LIFE
) -> str:
    """The token of a link that signs this member in once, until it expires."""
    need(by, Right.MANAGE_MEMBERS)
    token = secrets.token_urlsafe(32)
    with transaction.atomic(using=using):
        row = _row(email, using=using)
        models.SignInLink.objects.using(using).filter(expires_at__lt=at).delete()
        models.SignInLink.objects.using(using).create(
            digest=_digest(token), member=row, made_at=at, expires_at=at + life
        )
        note(using=using, by=by, at=at, did="make_link", subject=row.email)
    return token


def use_link(*, using: str, token: str, at: datetime) -> Member:
    """The member whom the link signs in; the link is spent."""
    with transaction.atomic(using=using):
        links = models.SignInLink.objects.using(using).filter(
            digest=_digest(token), used_at=None, expires_at__gt=at, member__is_active=True
        )
        link = links.select_related("member").first()
        if link is None or not links.filter(pk=link.pk).update(used_at=at):
            raise BadInput("link_spent")
        member = member_of(link.member)
        note(using=using, by=member, at=at, did="sign_in_by_link", subject=member.email)
    return member


def check_sign_in(*, using: str, email: str, password: str, address: str, at: datetime) -> Member:
    """The member with this e-mail and password; wrong attempts are counted and slow down."""
    email = email.strip().lower()
    watched = {_digest(f"email:{email}"): TRIES_PER_EMAIL}
    watched[_digest(f"address:{address}")] = TRIES_PER_ADDRESS
    _refuse_too_many(watched, at, using=using)
    row = models.Member.objects.using(using).filter(email=email, is_active=True).first()
    # An unknown e-mail costs the same time as a wrong password: one hash, made for nothing.
    stored = row.password if row is not None else make_password(None)
    right = check_password(password, stored)
    if row is None or not right:
        _count_failures(tuple(watched), at, using=using)
        raise BadInput("wrong_sign_in")
    member = member_of(row)
    note(using=using, by=member, at=at, did="sign_in", subject=member.email)
    return member


def _refuse_too_many(watched: dict[str, int], at: datetime, *, using: str) -> None:
    for who, most in watched.items():
        failures = models.FailedSignIn.objects.using(using).filter(who=who, at__gt=at - WATCHED)
        if failures.count() >= most:
            raise BadInput("too_many_sign_ins", fields={"minutes": WATCHED.seconds // 60})


def _count_failures(watched: tuple[str, ...], at: datetime, *, using: str) -> None:
    with transaction.atomic(using=using):
        models.FailedSignIn.objects.using(using).filter(at__lt=at - WATCHED).delete()
        models.FailedSignIn.objects.using(using).bulk_create(
            [models.FailedSignIn(who=who, at=at) for who in watched]
        )


def _row(email: str, *, using: str) -> models.Member:
    row = models.Member.objects.using(using).filter(email=email.lower(), is_active=True).first()
    if row is None:
        raise BadInput("unknown_member", fields={"email": email})
    return row


def _clean_email(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadInput("bad_email", fields={"email": email}) from error
    return address


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
