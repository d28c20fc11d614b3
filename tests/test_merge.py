"""A newer source comes into an edited bitext: ids stay, edits stay, no language is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.library.references import check_references
from bitext.library.store import read_bitext
from bitext.model import Note, Refusal
from bitext.pipeline import import_source
from bitext.project.merge import merge
from bitext.read import read_bytes

PAIRS = [
    (
        "算力治理首先是一个记账的问题。",
        "Compute governance is first of all a question of bookkeeping.",
    ),
    ("我们访问了六个国家的十一家运营商。", "We visited eleven operators in six countries."),
    ("电是公共的，客户是私人的。", "Electricity is public, customers are private."),
    ("反对的声音主要来自两方面。", "Objections come from two sides."),
    ("没有人说登记能防止事故。", "No one claims that a register prevents accidents."),
]


def text_of(pairs) -> str:
    return "\n\n".join(t for pair in pairs for t in pair if t) + "\n"


def imported(pairs):
    return import_source(read_bytes(text_of(pairs).encode(), "talk.txt"), "talk").bitext


def edited(bitext, id: str, **texts):
    units = tuple(replace(u, **texts) if u.id == id else u for u in bitext.units)
    return replace(bitext, units=units)


def texts(bitext) -> dict[str, tuple[str | None, str | None]]:
    return {u.id: (u.zh, u.en) for u in bitext.units}


def test_the_same_source_changes_nothing():
    base = imported(PAIRS)
    ours = edited(base, "p2", en="We visited eleven operators.")
    merged, _, changes = merge(base, ours, imported(PAIRS))
    assert texts(merged) == texts(ours)
    assert (changes.updated, changes.added, changes.removed, changes.conflicts) == ([], [], [], [])
    assert changes.kept == ["p2"]


def test_a_new_paragraph_gets_an_id_of_its_own_and_no_other_moves():
    base = imported(PAIRS)
    more = (
        "这个差别很能说明问题，也很少有人提起。",
        "The difference is telling, and seldom mentioned.",
    )
    merged, _, changes = merge(base, base, imported([*PAIRS[:2], more, *PAIRS[2:]]))
    assert [u.id for u in merged.units] == ["p1", "p2", "p2a", "p3", "p4", "p5"]
    assert texts(merged)["p2a"] == more and changes.added == ["p2a"]


def test_a_change_of_the_source_comes_in_where_nobody_edited():
    base = imported(PAIRS)
    new = [*PAIRS[:3], (PAIRS[3][0], "Objections come mainly from two sides."), PAIRS[4]]
    merged, _, changes = merge(base, edited(base, "p1", zh="算力治理先是记账。"), imported(new))
    assert texts(merged)["p4"][1] == "Objections come mainly from two sides."
    assert texts(merged)["p1"][0] == "算力治理先是记账。"
    assert changes.updated == ["p4"] and changes.conflicts == []


def test_both_changed_is_a_conflict_and_ours_stays():
    base = imported(PAIRS)
    new = [*PAIRS[:3], (PAIRS[3][0], "Objections come mainly from two sides."), PAIRS[4]]
    merged, _, changes = merge(base, edited(base, "p4", en="Two sides object."), imported(new))
    assert texts(merged)["p4"][1] == "Two sides object."
    [conflict] = changes.conflicts
    assert (conflict["id"], conflict["lang"]) == ("p4", "en")


def test_a_language_is_never_lost():
    base = imported(PAIRS)
    merged, _, changes = merge(base, base, imported([*PAIRS[:3], (PAIRS[3][0], None), PAIRS[4]]))
    assert texts(merged)["p4"] == PAIRS[3]
    assert [c["id"] for c in changes.conflicts] == ["p4"]
    only_chinese = replace(base, units=tuple(replace(u, en=None) for u in base.units))
    with pytest.raises(Refusal, match="a language would be lost"):
        merge(base, base, only_chinese)


def test_a_paragraph_gone_from_the_source_goes_unless_somebody_refers_to_it():
    base = imported(PAIRS)
    shorter = imported([*PAIRS[:2], *PAIRS[3:]])
    merged, _, changes = merge(base, base, shorter)
    assert "p3" not in texts(merged) and changes.removed == ["p3"]
    noted = replace(base, notes=(Note("e1", "p3", "editor", "说明", "a note"),))
    merged, _, changes = merge(base, noted, shorter)
    assert [u.id for u in merged.units] == ["p1", "p2", "p3", "p4", "p5"]
    assert {c["id"] for c in changes.conflicts} == {"p3"}


def test_another_text_is_refused():
    other = [
        (
            f"这是另一篇文章的第{n}段，与前文毫无关系。",
            f"This is paragraph {n} of another article, unrelated.",
        )
        for n in "一二三四五"
    ]
    with pytest.raises(Refusal, match="another text"):
        merge(imported(PAIRS), imported(PAIRS), imported(other))


def test_merge_on_the_command_line(tmp_path: Path, capsys):
    source, out = tmp_path / "talk.txt", tmp_path / "out"
    source.write_text(text_of(PAIRS), "utf-8")
    assert main(["import", str(source), "--output", str(out)]) == 0
    path = out / "talk" / "bitext.yml"
    path.write_text(path.read_text("utf-8").replace("bookkeeping", "book-keeping"), "utf-8")
    more = (
        "这个差别很能说明问题，也很少有人提起。",
        "The difference is telling, and seldom mentioned.",
    )
    source.write_text(text_of([*PAIRS, more]), "utf-8")
    assert main(["import", str(source), "--output", str(out), "--merge"]) == 0
    bitext, problems = read_bitext(path)
    assert problems == [] and [u.id for u in bitext.units][-1] == "p5a"
    assert "book-keeping" in bitext.units[0].en
    (out / "talk" / bitext.source["file"]).write_text("changed by hand", "utf-8")
    assert main(["import", str(source), "--output", str(out), "--merge"]) == 2
    assert "E-MERGE" in capsys.readouterr().err


def test_a_new_turn_gets_an_id_of_its_own_and_one_speaker():
    names = (("李明", "Li Ming"), ("王芳", "Wang Fang"), ("李明", "Li Ming"), ("陈晨", "Chen Chen"))
    said = [(f"{a}：{zh}", f"{b}: {en}") for (a, b), (zh, en) in zip(names, PAIRS, strict=False)]
    base = imported(said[:3])
    assert [u.turn for u in base.units] == ["s1", "s2", "s3"]
    merged, _, _ = merge(base, base, imported([said[0], said[3], *said[1:3]]))
    assert [u.turn for u in merged.units] == ["s1", "s1a", "s2", "s3"]
    bare = replace(merged, units=tuple(replace(u, beads=()) for u in merged.units))
    assert list(check_references(bare)) == []


def test_comments_quotes_and_order_survive_a_merge(tmp_path: Path):
    source, out = tmp_path / "talk.txt", tmp_path / "out"
    source.write_text(text_of(PAIRS), "utf-8")
    assert main(["import", str(source), "--output", str(out)]) == 0
    path = out / "talk" / "bitext.yml"
    before = path.read_text("utf-8").replace("  - id: p2\n", "  # mine\n  - id: 'p2' # this one\n")
    path.write_text(before, "utf-8")
    new = [*PAIRS[:3], (PAIRS[3][0], "Objections come mainly from two sides."), PAIRS[4]]
    source.write_text(text_of(new), "utf-8")
    assert main(["import", str(source), "--output", str(out), "--merge"]) == 0
    old, new = "come from two", "come mainly from two"
    assert path.read_text("utf-8") == before.replace(old, new)


def test_a_merge_while_somebody_writes_is_refused_and_theirs_stays(tmp_path: Path, capsys):
    """Another command or an editor may write behind each look at the bitext but the last, which the
    renaming follows at once."""
    source, out = tmp_path / "talk.txt", tmp_path / "out"
    source.write_text(text_of(PAIRS), "utf-8")
    assert main(["import", str(source), "--output", str(out)]) == 0
    path = out / "talk" / "bitext.yml"
    source.write_text(text_of([*PAIRS[:2], *PAIRS[3:]]), "utf-8")
    first = path.read_bytes()
    theirs = first.replace(b"  - id: p5\n", b"  - id: p6\n")
    looks, code = merge_with(source, out, path, 0, theirs)
    assert looks > 2 and code == 0 and path.read_bytes() not in (first, theirs)
    shutil.rmtree(out)
    assert main(["import", str(source), "--output", str(out)]) == 0
    capsys.readouterr()
    for at in range(1, looks):
        path.write_bytes(first)
        assert merge_with(source, out, path, at, theirs)[1] == 2, at
        assert path.read_bytes() == theirs, at
        [told] = capsys.readouterr().err.splitlines()
        assert told.startswith("E-EXISTS ") and "meanwhile" in told


def merge_with(source: Path, out: Path, path: Path, at: int, theirs: bytes) -> tuple[int, int]:
    """How often a merge looked at the bitext, and its exit code; behind the `at`-th look it is `theirs`."""
    looks, read = 0, Path.read_bytes

    def look(self: Path) -> bytes:
        nonlocal looks
        data = read(self)
        if self == path:
            looks += 1
            if looks == at:
                path.write_bytes(theirs)
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", look)
        code = main(["import", str(source), "--output", str(out), "--merge"])
    return looks, code
