"""A mapping guessed from column names, French and English; for a page to show, never in silence."""

from __future__ import annotations

import unicodedata
from typing import Final

from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.plan import own_field, segment_key

# Field → words of a column's name that mean it; exact names first, in order of preference.
MEANS: Final[dict[str, tuple[str, ...]]] = {
    "message_id": ("message id", "event id", "id evenement", "id evt", "review id", "reviewid",
                   "response id", "responseid", "uuid", "id reponse", "id"),
    "at": ("at", "date heure", "horodatage", "horodate", "timestamp", "datetime", "time timestamp",
           "date de reponse", "date reponse", "date creation", "date de creation", "created at",
           "created datetime", "recorded at", "recordeddate", "submitted at", "submitdate",
           "date contact", "date appel", "date et heure", "customer response date",
           "review submit date and time", "date", "jour", "time", "heure"),
    "ended_at": ("ended at", "date fin", "date de fin", "fin", "end date", "closed at", "cloture"),
    "identity": ("identity", "identite", "client", "customer", "id client", "client id",
                 "customer id", "numero client", "no client", "n client", "user id", "userid",
                 "user", "contact", "email", "e mail", "mail", "adresse mail", "courriel",
                 "telephone", "tel", "phone", "mobile", "card", "carte", "compte", "account id"),
    "channel": ("channel", "canal", "media", "source channel", "canal contact"),
    "touchpoint": ("touchpoint", "point de contact", "etape", "page", "ecran", "stage", "activity",
                   "concept name", "evenement", "event", "survey sub type", "parcours", "service"),
    "kind": ("kind", "nature"),
    "case_id": ("case id", "journey id", "dossier", "id dossier", "no dossier", "commande",
                "id commande", "order id", "order", "ticket", "ticket id", "contrat", "contract",
                "case concept name", "demande"),
    "motive": ("motive", "motif", "objet", "sujet", "subject", "reason", "raison", "categorie",
               "category", "theme"),
    "agent": ("agent", "conseiller", "conseillere", "vendeur", "agent name", "org resource",
              "technicien", "collaborateur"),
    "team": ("team", "equipe", "groupe", "group", "org group", "plateau", "file", "queue"),
    "site": ("site", "agence", "boutique", "magasin", "store", "lieu", "ville"),
    "wait_s": ("wait s", "wait", "attente", "duree attente", "temps attente", "temps d attente"),
    "duration_s": ("duration s", "duration", "duree", "duree appel", "temps de traitement", "dmt"),
    "outcome": ("outcome", "issue", "statut", "status", "resultat"),
    "score": ("score", "note", "notation", "rating", "stars", "etoiles", "star rating", "nps",
              "nps score", "csat", "ces", "satisfaction", "recommandation", "review score"),
    "text": ("text", "texte", "commentaire", "commentaires", "comment", "comments", "verbatim",
             "avis", "feedback", "review text", "message", "remarque", "libre"),
    "language": ("language", "langue", "lang", "reviewer language", "userlanguage"),
    "value": ("value", "montant", "amount", "prix", "price", "total", "ca"),
    "currency": ("currency", "devise"),
}  # fmt: skip
SCALES: Final[dict[str, tuple[str, str]]] = {
    "nps": ("0", "10"),
    "csat": ("1", "5"),
    "ces": ("1", "7"),
}
STARS: Final = ("stars", "etoiles", "star rating", "review score", "rating")
SEGMENTS: Final = (
    "segment",
    "offre",
    "offer",
    "region",
    "pays",
    "country",
    "gamme",
    "categorie client",
)


def guess(columns: tuple[str, ...]) -> Mapping | None:
    """What the names of columns suggest; None when no column looks like a time.

    >>> guess(("Date", "Client", "Canal", "Note NPS")).branches[0].fillings[-1].column
    'Note NPS'
    """
    plain = {column: plain_name(column) for column in columns}
    taken: dict[str, Filling] = {}
    for column in columns:
        own = own_field(column)
        if own is not None and own not in taken:
            taken[own] = Filling(field=own, column=column)
    for field, words in MEANS.items():
        found = _find(plain, words, used={filling.column for filling in taken.values()})
        if field not in taken and found is not None:
            taken[field] = Filling(field=field, column=found, prefix=_prefix(field, plain[found]))
    _add_segments(taken, plain)
    if "at" not in taken:
        return None
    order = {field: place for place, field in enumerate(MEANS)}
    fillings = sorted(taken.values(), key=lambda one: order.get(one.field, len(order)))
    score = taken.get("score")
    if score is None or {"metric", "scale_min"} & taken.keys():
        return Mapping(branches=(Branch(fillings=tuple(fillings)),))
    fillings.remove(score)
    fillings += [*_scale(plain[score.column or ""]), score]
    return Mapping(branches=(Branch(fillings=tuple(fillings)),))


def _find(plain: dict[str, str], words: tuple[str, ...], *, used: set[str | None]) -> str | None:
    """A column whose name is one of the words, else one that begins with one."""
    free = {column: name for column, name in plain.items() if column not in used}
    for word in words:
        for column, name in free.items():
            if name == word:
                return column
    for word in words:
        for column, name in free.items():
            if len(word) > 3 and name.startswith(word + " "):
                return column
    return None


def _prefix(field: str, name: str) -> str | None:
    if field != "identity":
        return None
    if "mail" in name or name == "courriel":
        return "email"
    return "phone" if name in {"telephone", "tel", "phone", "mobile"} else None


def _scale(name: str) -> list[Filling]:
    """Metric and scale that a score's name suggests: to be checked by a person."""
    metric = next((known for known in SCALES if known in name.split()), None)
    if metric is None and ("recommand" in name):
        metric = "nps"
    if metric is None and name in STARS:
        metric = "csat"
    if metric is None:
        return []
    low, high = SCALES[metric]
    return [
        Filling(field="metric", constant=metric),
        Filling(field="scale_min", constant=low),
        Filling(field="scale_max", constant=high),
    ]


def _add_segments(taken: dict[str, Filling], plain: dict[str, str]) -> None:
    used = {filling.column for filling in taken.values()}
    for column, name in plain.items():
        key = segment_key(column)
        if column not in used and name in SEGMENTS and f"segment.{key}" not in taken:
            taken[f"segment.{key}"] = Filling(field=f"segment.{key}", column=column)


def plain_name(name: str) -> str:
    """Lower case, no accents, words parted by one space.

    >>> plain_name("Réponse_codée ")
    'reponse codee'
    """
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())
