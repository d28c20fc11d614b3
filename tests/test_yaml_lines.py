"""What is written reads back the same, for any text; every key knows its line."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.library import yaml_lines

TEXT = st.text(st.characters(blacklist_categories=("Cs",)))
VALUE = st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.lists(TEXT))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["zh", "en", "kind", "beads"]), VALUE, min_size=1), TEXT)
def test_what_is_written_reads_back_the_same(record, text):
    value = {"units": [record, {"zh": text * 30}], "metadata": {"title": text}}
    written = "\n".join(yaml_lines.dump(value)) + "\n"
    read, problems = yaml_lines.load(written, "x.yml")
    assert problems == []
    assert read == value


def test_a_key_knows_its_line():
    value, _ = yaml_lines.load("a: 1\nunits:\n  - id: p1\n    zh: x\n", "x.yml")
    assert value["units"][0].at("zh") == 4
    assert value.at("missing") == 1


def test_mistakes_have_a_place():
    for text, line in (("a: 1\nb: [1\n", 3), ("a: 1\na: 2\n", 2), ("", 1), ("a: &x [*x]\n", 1)):
        _, problems = yaml_lines.load(text, "x.yml")
        assert problems and problems[0].line == line, text


def test_no_file_can_exhaust_the_reader():
    bomb = "a: &a [1, 2]\n" + "".join(f"b{n}: [*a, *a, *a]\n" for n in range(50))
    for text in (bomb, "[" * 100_000, "- " * 100_000, "{" * 100_000):
        _, problems = yaml_lines.load(text, "x.yml")
        assert problems
