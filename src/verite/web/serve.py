"""Serve the pages of a home until interrupted."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from verite.web.application import HOME_VARIABLE
from verite.web.clock import now
from verite.words.errors import HomeError
from verite.words.member import CONSOLE, Role

OWNER = "owner@home.invalid"
STOPPED_WITHIN_S = 40


def serve(
    home: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    lang: str = "fr",
    collector: int | None = None,
) -> None:
    """Print a sign-in link, then serve until SIGINT or SIGTERM; the ports are checked first."""
    from granian import Granian
    from granian.constants import Interfaces

    folder = home.resolve()
    for one in (port, collector):
        if one is not None:
            _check_free(host, one)
    _greet(sign_in_link(folder, host=host, port=port), lang)
    os.environ[HOME_VARIABLE] = str(folder)
    os.environ["VERITE_SERVED_AS"] = host
    # A worker starts afresh: what wrote the demo here has threads that do not outlive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "verite.web.application:from_environment",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,  # its door has threads of its own
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=30,
    )
    beside = None if collector is None else _collect(folder, host, collector, lang)
    try:
        server.serve()
    finally:
        if beside is not None:
            beside.terminate()
            beside.join(STOPPED_WITHIN_S)


def _collect(home: Path, host: str, port: int, lang: str) -> BaseProcess:
    """The collector for volume, in a process of its own: pages and drains never delay it."""
    from verite.web.collector.serving import start_collector

    said = {"fr": "Collecteur :", "en": "Collector:"}
    sys.stdout.write(f"{said.get(lang, said['fr'])} http://{host}:{port}/v1/batch\n")
    sys.stdout.flush()
    return start_collector(home, host=host, port=port)


def sign_in_link(home: Path, *, host: str, port: int) -> str:
    """An address that signs the home's owner in once; the owner is made at first need."""
    from verite.records.setup import prepare

    alias = prepare(home)  # models load only once Django is set up
    from verite.records.accounts.actions import add_member, make_link
    from verite.records.accounts.records import list_members

    at = now()
    owners = [m for m in list_members(using=alias) if m.role is Role.OWNER]
    owner = (
        owners[0]
        if owners
        else add_member(using=alias, by=CONSOLE, email=OWNER, name="owner", role=Role.OWNER, at=at)
    )
    token = make_link(using=alias, by=CONSOLE, email=owner.email, at=at)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://{shown}:{port}/sign-in/{token}"


def _greet(link: str, lang: str) -> None:
    said = {
        "fr": f"Connexion (lien à usage unique, 12 h) :\n  {link}\nCtrl+C pour arrêter.",
        "en": f"Sign in (one-time link, 12 h):\n  {link}\nCtrl+C to stop.",
    }
    sys.stdout.write(said.get(lang, said["fr"]) + "\n")
    sys.stdout.flush()


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise HomeError("port_taken", fields={"host": host, "port": port}) from error
