"""Counts the rules by which an import decides: every pattern and threshold of read, clean, segment and pair.

    python scripts/bench/count_rules.py [--list]

A rule is a regular expression, or a number a text is measured by; with --list each is told by its
name and place. A rule without a name of its own stands in the middle of a function. Words and phrases
are counted by their lists: a new form should cost an entry there, and no rule.
"""

from __future__ import annotations

import argparse
import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "bitext"
ROOMS = ("read", "clean", "segment", "pair")
LISTS = PACKAGE / "text" / "words"
#: Functions of `re` that take a pattern.
TAKES = frozenset(
    ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
)
UNNAMED = "(no name)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's kind (`pattern`, `table`, `number`), its name, and where it stands."""

    kind: str
    name: str
    place: str
    line: int


def rules_of(path: Path) -> Iterator[Rule]:
    """The rules of one file."""
    return rules_in(path.read_text("utf-8"), path)


def rules_in(text: str, path: Path) -> Iterator[Rule]:
    """The rules of a file with this text."""
    place = str(path.relative_to(PACKAGE))
    tree = ast.parse(text)
    named = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _takes_pattern(node):
            name = named.get(id(node), UNNAMED)
            yield Rule("pattern", name, place, node.lineno)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_compile":
            name = named.get(id(node), UNNAMED)
            yield from (Rule("table", f"{name}: {_text(a)}", place, a.lineno) for a in node.args)
    for name, value in _constants(tree):
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
            yield Rule("number", name, place, value.lineno)


def _takes_pattern(node: ast.Call) -> bool:
    """Whether a call gives `re` a pattern that is written there, and not one that has a name elsewhere."""
    func = node.func
    of_re = isinstance(func, ast.Attribute) and getattr(func.value, "id", "") == "re"
    if not of_re or func.attr not in TAKES or not node.args:
        return False
    return isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)


def _names(tree: ast.Module) -> dict[int, str]:
    """For each call that gives a module's constant its value, the constant's name."""
    return {
        id(inner): name
        for name, value in _constants(tree)
        for inner in ast.walk(value)
        if isinstance(inner, ast.Call)
    }


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The names in capitals that a module sets, each with its value."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = zip(target.elts, value.elts, strict=True)
            else:
                pairs = [(target, value)] if target is not None and value is not None else []
            for each, said in pairs:
                if isinstance(each, ast.Name) and each.id.isupper():
                    yield each.id, said


def _text(node: ast.expr) -> str:
    """The reason of a rule in a table."""
    first = node.elts[0] if isinstance(node, ast.Tuple) else node
    return str(first.value) if isinstance(first, ast.Constant) else "?"


def all_rules() -> list[Rule]:
    """The rules of the four rooms, in order."""
    files = (path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py")))
    return [rule for path in files for rule in rules_of(path)]


def entries() -> tuple[int, int]:
    """How many lists of words there are, and how many entries they have."""
    lines = [path.read_text("utf-8").split("\n") for path in LISTS.rglob("*.txt")]
    return len(lines), sum(bool(ln.strip()) and not ln.startswith("#") for ls in lines for ln in ls)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="tell each rule")
    rules = all_rules()
    if parser.parse_args().list:
        for rule in rules:
            print(f"{rule.place}:{rule.line}: {rule.kind} {rule.name}")
    counts = Counter((rule.place.split("/")[0], rule.kind) for rule in rules)
    unnamed = Counter(rule.place.split("/")[0] for rule in rules if rule.name == UNNAMED)
    print(f"{'':9}{'patterns':>9}{'unnamed':>9}{'in tables':>10}{'numbers':>9}{'all':>6}")
    for room in ROOMS:
        row = [counts[room, kind] for kind in ("pattern", "table", "number")]
        print(f"{room:9}{row[0]:9}{unnamed[room]:9}{row[1]:10}{row[2]:9}{sum(row):6}")
    lists, size = entries()
    print(f"{len(rules)} rules; {lists} lists of words with {size} entries")


if __name__ == "__main__":
    main()
