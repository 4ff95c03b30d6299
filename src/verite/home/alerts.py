"""Channel-fit alerts: a customer too slow for the channel is called back."""

from __future__ import annotations

from verite.home.door import Door


class Alerts(Door):
    """Alerts while a contact is under way."""
