"""What somebody of ill will may try."""

from __future__ import annotations

from pathlib import Path


def test_a_designed_map_asked_on_a_page_is_never_a_file(bob, tmp_path: Path) -> None:
    file = tmp_path / "secret.toml"
    file.write_text('password = "x"', encoding="utf-8")
    answer = bob.get(f"/map?design={file}")
    assert answer.status_code == 404
    assert "password" not in answer.content.decode()


def test_activating_a_file_is_refused(alice, tmp_path: Path) -> None:
    assert alice.post("/map/activate", {"design": str(tmp_path / "x.toml")}).status_code == 404


def test_a_stranger_cannot_fill_the_disk_through_the_sign_in_form(stranger, served: str) -> None:
    from verite.records.current import within

    with within(served):
        answer = stranger.client.post("/sign-in", {"file": "x"}, CONTENT_LENGTH="2000000000")
    assert answer.status_code == 413


def test_a_page_asked_under_another_host_is_refused(alice) -> None:
    assert alice.get("/", host="evil.example").status_code == 400
    assert alice.get("/healthz", host="localhost:8000").status_code == 200


def test_nobody_owns_a_touchpoint_that_does_not_exist(alice, served: str) -> None:
    from verite.records.map.records import owners

    assert alice.get("/touchpoints/nowhere/owner").status_code == 404
    assert alice.post("/touchpoints/nowhere/owner", {"owner": "x"}).status_code == 404
    assert "nowhere" not in owners(using=served)
