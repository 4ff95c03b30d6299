"""Text widths and the wrapping that rests on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verite.pictures.widths import BOLD, REGULAR, width
from verite.pictures.wrap import Room, shorten, wrap


def test_dejavu_sans_is_measured_as_its_font_file_says():
    """Advances in `hmtx` of DejaVuSans.ttf 2.37: e 1260, W 2025, space 651, per 2048."""
    assert [round(width(char, 2048)) for char in "eW "] == [1260, 2025, 651]


def test_bold_is_wider():
    assert width("Menu vocal", bold=True) > width("Menu vocal")


def test_every_french_letter_is_in_the_table():
    letters = "aàâæbcçdeéèêëfghiîïjklmnoôœpqrstuùûüvwxyÿz«»’…–−\u202f\u00a0€%"
    for table in (REGULAR, BOLD):
        known = "".join(table.values())
        assert not set(letters) - set(known)


def test_a_long_word_is_cut_between_syllables():
    assert wrap("Renouvellement", Room(width=90)) == ("Renouvelle-", "ment")


def test_a_compound_is_cut_at_its_own_hyphen():
    assert wrap("Bouche-à-oreille", Room(width=80)) == ("Bouche-à-", "oreille")


def test_what_is_over_the_room_ends_in_an_ellipsis():
    lines = wrap("Rendez-vous de raccordement à domicile un samedi", Room(width=90, lines=2))
    assert len(lines) == 2
    assert lines[-1].endswith("…")


@given(
    st.text("abcdeéilnorstuàç- 'CRM", min_size=1, max_size=60).filter(str.strip),
    st.floats(60, 240),
)
def test_no_line_is_wider_than_its_room(name, wide):
    room = Room(width=wide)
    assert all(room.holds(line) for line in wrap(name.strip(), room))


@given(st.text("abcdeéilnorstuàç ", min_size=1, max_size=60), st.floats(60, 2000))
def test_a_name_that_fits_loses_no_letter(name, wide):
    room = Room(width=wide, lines=99)
    kept = "".join(wrap(name, room)).replace("-", "").replace(" ", "")
    assert kept == name.replace(" ", "")


def test_a_text_that_fits_is_left_alone():
    assert shorten("NPS", Room(width=100)) == "NPS"
