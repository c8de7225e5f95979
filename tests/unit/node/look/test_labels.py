"""Labels neither cover one another nor leave the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from rogatory_node.look.pictures.labels import FAR, Label, fits_from, place, width


def _extent(placed, across=FAR):
    at, wide = placed.label.x * across / 100 + placed.dx, width(placed.label.words)
    start = {"start": at, "middle": at - wide / 2, "end": at - wide}[placed.anchor]
    return start, start + wide


def test_a_label_stands_beside_its_mark_when_nothing_is_in_the_way():
    (only,) = place([Label(40.0, "data lost")], [])
    assert (only.row, only.anchor) == (0, "start")


def test_at_the_end_of_the_drawing_it_stands_before_its_mark():
    (only,) = place([Label(99.0, "ends 17 March")], [])
    assert (only.row, only.anchor) == (0, "end")


def test_on_a_bar_it_goes_below():
    (only,) = place([Label(60.0, "first loss")], [(10.0, 95.0)])
    assert (only.row, only.anchor) == (1, "middle")


def test_words_of_wide_scripts_take_more_room():
    assert width("保全") == 28.0
    assert width("abcd") == 28.0


def test_short_words_always_fit_and_long_ones_are_hidden_where_they_would_leave():
    assert fits_from(2.0, "12 hours", "start") == ""
    assert fits_from(2.0, "x" * 60, "start") == "rg-far"
    assert fits_from(2.0, "x" * 200, "start") == "rg-vast"


@given(
    st.lists(st.tuples(st.floats(0, 100), st.text("abcdef ", min_size=1, max_size=20)), max_size=4),
    st.tuples(st.floats(0, 50), st.floats(50, 100)),
)
def test_labels_of_one_row_never_overlap_at_any_width_from_the_least(wanted, bar):
    placed = [p for p in place([Label(x, words) for x, words in wanted], [bar]) if p.row < 4]
    for across in (FAR, 900, 1600):
        for n, one in enumerate(placed):
            for other in placed[:n]:
                if one.row == other.row:
                    (a, b), (c, d) = _extent(one, across), _extent(other, across)
                    assert b <= c + 0.01 or d <= a + 0.01
