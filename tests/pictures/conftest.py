"""Journeys to draw: Clairvoie's thirty touchpoints, and a denser house with long French names."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from verite.words.asked import About
from verite.words.estimate import Estimate, Status, Unit
from verite.words.journey import (
    DesignedMap,
    Edge,
    JourneyPicture,
    LivedMap,
    Node,
    Stage,
    StageFeeling,
    Touchpoint,
)

ABOUT = About(asked="map", as_of=None, ledger_version=1)
STAGES = (
    "Découvrir:0.12", "Comparer:0.18", "Acheter:0.05", "Recevoir:0.31", "Utiliser:0.22",
    "Être aidé:-0.38", "Rester:-0.06",
)  # fmt: skip
POINTS = """
pub 0 14200 Publicité en ligne
rech 0 17900 Recherche web
bao 0 6100 Bouche-à-oreille
soc 0 5200 Réseaux sociaux
acc 1 27400 Site : accueil
avis 1 7300 Avis en ligne
off 1 19600 Site : offres
bou 1 5400 Boutique : conseil
pan 2 11800 Panier
ctr 2 3100 Boutique : contrat
pay 2 8900 Paiement en ligne
conf 3 5900 E-mail de confirmation
suivi 3 4200 Suivi de colis
liv 3 8200 Livraison
mes 3 4100 Mise en service
app 4 12600 Application
fact 4 9800 Facture
box 4 11200 Box au quotidien
faq 5 6200 FAQ
chat 5 4900 Chat
ivr 5 7400 Menu vocal
mail 5 2300 E-mail
agent 5 6900 Conseiller au téléphone
trans 5 1450 Transfert réseau
tech 5 1150 Technicien à domicile
enq 6 4300 Enquête
rap 6 1450 Rappel proactif
renouv 6 5200 Renouvellement
recl 6 2300 Réclamation
resil 6 1500 Résiliation
"""
FLOWS = """
pub acc 9100;rech acc 10800;soc acc 2700;bao acc 900;rech avis 2300;soc avis 1500;bao avis 2600;
pub off 3100;rech off 4200;bao bou 1300;acc off 9800;avis off 2100;acc bou 1500;avis bou 1100;
off pan 8700;acc pan 2900;bou ctr 2900;pan pay 8900;pay conf 5400;pay suivi 2100;ctr mes 2700;
conf liv 4700;suivi liv 2900;suivi mes 900;liv app 3900;liv box 2800;mes app 1200;mes box 2300;
app faq 3100;app chat 2600;box faq 1700;box chat 1900;box ivr 3900;fact ivr 2400;fact mail 1500;
app renouv 2100;box rap 1400;ivr agent 5600;mail agent 600;faq renouv 900;chat enq 1300;
agent enq 1900;agent renouv 1100;agent recl 900;agent resil 380;trans recl 430;trans resil 210;
tech enq 700;mail recl 420;chat ivr 1250;agent trans 1450;agent tech 1100;trans ivr 520;
agent box 800;faq app 640;recl app 12
"""
WAITS = {
    "bou": 420, "liv": 207360, "mes": 95000, "chat": 720, "ivr": 540, "mail": 68400,
    "trans": 1020, "tech": 172900, "recl": 111600,
}  # fmt: skip
LOST = {"acc": 38, "pan": 25, "pay": 16, "chat": 25, "ivr": 12, "resil": 90}
FELT = {"ivr": -0.4, "trans": -0.6, "chat": -0.3, "bou": 0.4, "agent": 0.3, "fact": -0.2}
LONG = (
    "Renouvellement automatique du contrat", "Rendez-vous de raccordement à domicile",
    "Accompagnement personnalisé après installation", "Anticonstitutionnellement",
    "Centre de relation client externalisé", "Espace abonné : suivi de consommation",
    "Réclamation auprès du médiateur", "Point relais", "SMS", "Désabonnement de la lettre",
)  # fmt: skip


def felt(value: float, half: float = 0.06, n: int = 400) -> Estimate:
    """A feeling with an interval."""
    return Estimate(
        value=value, low=value - half, high=value + half, n=n, unit=Unit.FEELING, method="mean t"
    )


def few(low: float, high: float) -> Estimate:
    """A feeling of 5 to 29 answers: bounds only."""
    return Estimate(
        value=None, low=low, high=high, n=14, unit=Unit.FEELING, method="mean t",
        status=Status.FEW,
    )  # fmt: skip


HIDDEN = Estimate(
    value=None, low=None, high=None, n=None, unit=Unit.FEELING, method="mean t",
    status=Status.HIDDEN,
)  # fmt: skip


def node(key: str, volume: int) -> Node:
    """A touchpoint as lived."""
    lost = LOST.get(key)
    drop = None if lost is None else Estimate(
        value=lost, low=lost - 2, high=lost + 2, n=volume, unit=Unit.PERCENT, method="km"
    )  # fmt: skip
    return Node(
        touchpoint=key, count=volume, people=volume, cases=volume, entries=0, exits=0, rework=0,
        median_stay_s=None, median_wait_s=WAITS.get(key), drop_off=drop,
        feeling=felt(FELT[key]) if key in FELT else None,
    )  # fmt: skip


def edge(source: str, target: str, volume: int) -> Edge:
    """One touchpoint followed by another."""
    return Edge(
        source=source, target=target, count=volume, cases=volume, median_gap_s=3600,
        p90_gap_s=90000, switches=volume // 3,
    )  # fmt: skip


def lived(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> LivedMap:
    """A lived map of those."""
    return LivedMap(
        about=ABOUT, case="person", interactions=312480, cases=48210, people=48210, nodes=nodes,
        edges=edges, variants=(), variant_count=0, switches=(), orphans=(),
    )  # fmt: skip


def clairvoie_journey() -> JourneyPicture:
    """Thirty touchpoints in seven stages."""
    points = [line.split(" ", 3) for line in POINTS.strip().splitlines()]
    stages = [entry.split(":") for entry in STAGES]
    design = DesignedMap(
        key="clairvoie", names=(("fr", "Clairvoie"),), path=(),
        stages=tuple(Stage(key=f"s{i}", names=(("fr", s[0]),)) for i, s in enumerate(stages)),
        touchpoints=tuple(
            Touchpoint(key=p[0], stage=f"s{p[1]}", names=(("fr", p[3]),)) for p in points
        ),
    )  # fmt: skip
    flows = [flow.split() for flow in FLOWS.replace("\n", "").split(";") if flow]
    return JourneyPicture(
        about=ABOUT,
        design=design,
        lived=lived(
            tuple(node(p[0], int(p[2])) for p in points),
            tuple(edge(f[0], f[1], int(f[2])) for f in flows),
        ),
        feelings=tuple(
            StageFeeling(stage=f"s{i}", people=40000 - 4000 * i, feeling=felt(float(s[1])))
            for i, s in enumerate(stages)
        ),
    )


def dense_journey(seed: int = 1, touchpoints: int = 40) -> JourneyPicture:
    """Forty touchpoints, long names, orphans, zeros, gaps and small numbers."""
    chance = random.Random(seed)
    stages = [*(s.split(":")[0] for s in STAGES[:6]), "Se séparer en bons termes ou revenir"]
    keys = [f"p{i}" for i in range(touchpoints)]
    names = {
        key: LONG[i % len(LONG)] + (f" {i // 10 + 1}" if i > 9 else "")
        for i, key in enumerate(keys)
    }
    placed = sorted(chance.choice([0, 1, 1, 2, 3, 4, 5, 5, 5, 6]) for _ in keys)
    design = DesignedMap(
        key="dense", names=(("fr", "Dense"),), path=(),
        stages=tuple(Stage(key=f"s{i}", names=(("fr", s),)) for i, s in enumerate(stages)),
        touchpoints=tuple(
            Touchpoint(key=key, stage=f"s{stage}", names=(("fr", names[key]),))
            for key, stage in list(zip(keys, placed, strict=True))[:-3]
        ),
    )  # fmt: skip
    volume = {key: int(chance.lognormvariate(6.5, 1.8)) for key in keys} | {"p3": 0, "p7": 3}
    nodes = [
        replace(
            node(key, volume[key]),
            median_wait_s=chance.choice([None, 45.0, 940.0, 7300.0, 300000.0]),
            feeling=chance.choice([None, felt(chance.uniform(-0.8, 0.8))]),
        )
        for key in keys
        if volume[key]
    ]
    edges = [
        edge(a, b, int(min(volume[a], volume[b]) * chance.random() ** 2))
        for a in keys
        for b in keys
        if a != b and chance.random() < 0.16
    ]
    kinds = [felt(0.2), few(-0.4, 0.5), felt(-0.1), HIDDEN, felt(0.5), felt(-0.62), few(-0.1, 0.9)]
    feelings = tuple(
        StageFeeling(stage=f"s{i}", people=100, feeling=kind) for i, kind in enumerate(kinds)
    )
    return JourneyPicture(
        about=ABOUT, design=design, lived=lived(tuple(nodes), tuple(edges)), feelings=feelings
    )


@pytest.fixture
def clairvoie() -> JourneyPicture:
    """The journey of the mocks."""
    return clairvoie_journey()


@pytest.fixture
def dense() -> JourneyPicture:
    """The journey that must still be legible."""
    return dense_journey()


@pytest.fixture
def dense_of():
    """A maker of dense journeys."""
    return dense_journey
