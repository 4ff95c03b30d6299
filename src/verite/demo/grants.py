"""What an adviser of Clairvoie may give without asking, as its verite.toml says it."""

from __future__ import annotations

from typing import Final

GRANTS: Final = """
[story.grants]
default = ["Des excuses écrites"]
no_connection = ["Geste jusqu’à 20 €", "Technicien sous 24 h"]
slow_wifi = ["Répéteur offert", "Technicien sous 48 h"]
disputed_invoice = ["Avoir jusqu’à 30 €"]
price_rise = ["Ancien prix pendant 3 mois"]
"""
