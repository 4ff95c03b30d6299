"""What templates may call: page texts, static addresses, pictures."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from verite.web.statics import static_url
from verite.web.wording import say

register = template.Library()


@register.simple_tag
def t(key: str, /, **fields: object) -> SafeString:
    """A page text in the reader's language."""
    return say(key, **fields)


@register.simple_tag
def static(name: str) -> str:
    """The address of a served file."""
    return static_url(name)
