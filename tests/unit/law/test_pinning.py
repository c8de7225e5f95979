"""``rogatory law pin``: a text made from our own frame lines up with it; what is changed in it is found."""

from __future__ import annotations

import json
import random
import zlib
from html import escape

import pytest

from rogatory import cli, instruments, law
from rogatory.cli import _law_pin
from rogatory.errors import LawError
from rogatory.law import Wrong

FILLER = "words of nobody about nothing;"


def frame(title=lambda text: text):
    """The frame of the Convention with filler for its sentences: article, heading, numbers, letters."""
    lines = ["A text of nobody", ""]
    for ref in instruments.instrument("hanoi_2024").articles:
        article = instruments.provision(ref)
        lines += [f"Article {article.id.removeprefix('art')}", title(article.title)]
        for child in article.children:
            paragraph = instruments.provision(child)
            number = paragraph.id.rpartition(".p")[2]
            lines.append(f"{number}. {FILLER}" if len(article.children) > 1 else FILLER.capitalize())
            for each in paragraph.children:
                name = each.rpartition(".")[2]
                lines.append(f"({name}) {FILLER}" if len(name) < 5 else FILLER)
                lines += [f"(i) {FILLER}", f"(ii) {FILLER}"] if name == "a" else []
    return lines


def pinned(lines):
    return law.pin("\n".join(lines))


def found(lines):
    return [(each.wrong, each.ref.partition("/")[2]) for each in pinned(lines).faults]


def without(*starts):
    return [line for line in frame() if not line.startswith(starts)]


def place(lines, heading):
    return lines.index(heading)


def test_the_frame_itself_lines_up():
    whole = pinned(frame())
    assert whole.faults == ()
    assert (whole.compared > 400, whole.headings, whole.unnumbered > 0) == (True, 68, True)


def test_a_heading_over_two_lines_and_on_the_line_of_its_number_is_one_heading():
    lines = frame()
    at = place(lines, "Article 42")
    first, second = lines[at + 1][:40].rstrip(), lines[at + 1][40:].strip()
    lines[at : at + 2] = [f"Article 42. {first}", second]
    assert found(lines) == []


def test_a_table_of_contents_before_it_counts_for_nothing():
    lines = frame()
    contents = [f"Article {number}. Something ........ {number}" for number in range(1, 69)]
    assert found(contents + lines) == []


def test_a_missing_article_is_said_once_and_not_for_each_of_its_points():
    lines = frame()
    at, end = place(lines, "Article 42"), place(lines, "Article 43")
    assert found(lines[:at] + lines[end:]) == [(Wrong.MISSING, "art42")]


def test_missing_and_extra_paragraphs_and_points_are_found():
    lines = frame()
    at = place(lines, "Article 42")
    third = next(at + n for n, line in enumerate(lines[at:]) if line.startswith("3. "))
    letter = next(third + n for n, line in enumerate(lines[third:]) if line.startswith("(g) "))
    lines[letter] = f"(h) {FILLER}"
    assert found(lines) == [(Wrong.MISSING, "art42.p3.g"), (Wrong.EXTRA, "art42.p3.h")]
    lines.insert(place(lines, "Article 43"), f"10. {FILLER}")
    assert found(lines)[-1] == (Wrong.EXTRA, "art42.p10")


def test_an_article_too_many_is_found_with_nothing_below_it():
    assert found([*frame(), "Article 69", "One more", f"1. {FILLER}", f"2. {FILLER}"]) == [
        (Wrong.EXTRA, "art69")
    ]


def test_another_order_is_found():
    lines = frame()
    at, end = place(lines, "Article 42"), place(lines, "Article 43")
    moved = lines[:at] + lines[end:] + lines[at:end]
    assert found(moved) == [(Wrong.ORDER, "art42")]
    lines = frame()
    at = place(lines, "Article 6")
    lines[at + 2], lines[at + 3] = lines[at + 3], lines[at + 2]
    assert found(lines) == [(Wrong.ORDER, "art6.p1")]


def test_a_heading_that_reads_otherwise_is_shown_beside_ours_and_cut():
    lines = frame()
    at = place(lines, "Article 24")
    lines[at + 1] = "Conditions\x1b[2J " + "very " * 100
    [fault] = pinned(lines).faults
    assert (fault.wrong, fault.ref, fault.ours) == (
        Wrong.HEADING,
        "hanoi_2024/art24",
        "Conditions and safeguards",
    )
    assert fault.theirs.isprintable()
    assert len(fault.theirs) == 200


@pytest.mark.parametrize("word", ["Artículo", "Статья"])
def test_another_language_lines_up_by_its_numbers_alone(word):
    lines = [line.replace("Article ", f"{word} ") for line in frame(lambda _: "Otro título")]
    page = pinned(lines)
    assert (page.faults, page.headings) == ((), 0)


def test_a_reference_to_an_article_at_the_start_of_a_line_is_no_heading():
    lines = frame()
    lines.insert(place(lines, "Article 43"), "Article 7, paragraph 2, of the words of nobody")
    lines.insert(place(lines, "Article 43"), "article 8")
    assert found(lines) == []


@pytest.mark.parametrize("text", ["", "nothing of that kind", "Article", "x" * 30_000])
def test_a_text_without_an_article_is_refused(text):
    with pytest.raises(LawError) as caught:
        law.pin(text)
    assert caught.value.code == "LAW-710"


@pytest.mark.parametrize("line", ["Article 1. Z", "1. x", "(b) x"])
def test_a_text_of_more_places_than_a_treaty_has_is_refused(line):
    with pytest.raises(LawError) as caught:
        pinned(["Article 1", *[line] * 30_000])
    assert caught.value.code == "LAW-714"


def test_any_lines_in_any_order_are_read_without_a_fault_of_the_program():
    chance = random.Random(7)
    lines = frame()
    for _ in range(20):
        some = [*chance.sample(lines, 200), "Article 1", "(i) x", "99. y", "Article 999. Z"]
        chance.shuffle(some)
        assert pinned(some).faults


# The command.


def html(lines):
    body = "".join(f"<p class='x'>{escape(line)}<br/></p>\n<!-- <p>Article 70</p> -->" for line in lines)
    return f"<!DOCTYPE html><html><head><title>Article 99</title></head><body>{body}</body></html>"


def pdf(lines):
    """A PDF made by hand: pages of forty lines in a font that every reader has."""
    chunks = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(chunks)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(chunks)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, chunk in enumerate(chunks):
        shown = [line.replace("(", r"\(").replace(")", r"\)") for line in chunk]
        drawn = "".join(f"({line}) Tj T* " for line in shown)
        stream = zlib.compress(f"BT /F1 9 Tf 12 TL 50 780 Td {drawn}ET".encode("latin-1", "replace"))
        page = f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * at} 0 R/Resources<</Font<</F1 3 0 R>>>>"
        bodies.append(f"{page}/MediaBox[0 0 595 842]>>".encode())
        head = f"<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
        bodies.append(head + stream + b"\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj".encode() + body + b"endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    xref = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return data + f"{xref}startxref\n{len(data)}\n%%EOF".encode()


@pytest.mark.parametrize(
    "make",
    [lambda lines: "\n".join(lines).encode(), lambda lines: html(lines).encode(), pdf],
    ids=["text", "html", "pdf"],
)
def test_the_command_reads_text_html_and_pdf(capsys, tmp_path, make):
    path = tmp_path / "copy"
    path.write_bytes(make(frame()))
    assert cli.main(["law", "pin", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Everything lines up." in out
    assert FILLER not in out
    path.write_bytes(make(without("(g) ")))
    assert cli.main(["law", "pin", str(path), "--json"]) == 1
    page = json.loads(capsys.readouterr().out)
    assert "hanoi_2024/art42.p3.g" in {each["ref"] for each in page["faults"]}
    assert FILLER not in json.dumps(page)


def test_the_command_says_what_differs_in_words(capsys, tmp_path):
    path = tmp_path / "copy.txt"
    lines = frame()
    lines[place(lines, "Article 24") + 1] = "Other words"
    path.write_text("\n".join([*lines, "Article 69", f"1. {FILLER}"]))
    assert cli.main(["law", "pin", str(path)]) == 1
    out = capsys.readouterr().out
    assert "art. 24 has another heading: here Conditions and safeguards; there Other words" in out
    assert "art. 69 is in the text and not here" in out


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00", "LAW-711"),
        (b"Article 1\0", "LAW-711"),
        (b"%PDF-1.7\nnothing of a PDF", "LAW-712"),
        (b"", "LAW-710"),
        (b"<html><!-- <p>Article 1</p> --><p", "LAW-710"),
        (b"<html><script>Article 1</script><style>Article 2</style></html>", "LAW-710"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_in_one_line(capsys, tmp_path, data, code):
    path = tmp_path / "copy"
    path.write_bytes(data)
    assert cli.main(["law", "pin", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(code)
    assert err.count("\n") == 1


def test_a_text_of_too_many_letters_is_refused(monkeypatch):
    monkeypatch.setattr(_law_pin, "LETTERS", 10)
    for data, code in ((b"Article 1 and more", "LAW-711"), (pdf(frame()[:60]), "LAW-712")):
        with pytest.raises(LawError) as caught:
            _law_pin.text_of(data)
        assert caught.value.code == code


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(_law_pin, "PAGES", 1)
    with pytest.raises(LawError) as caught:
        _law_pin.text_of(pdf(frame()[:60]))
    assert caught.value.code == "LAW-712"


def test_without_the_extra_a_pdf_says_which_to_install(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(_law_pin, "import_module", absent)
    with pytest.raises(LawError) as caught:
        _law_pin.text_of(pdf(frame()[:5]))
    assert caught.value.code == "LAW-713"
