"""The rooms of the program stand on each other one way, and no two files stand on each other."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "bitext"
#: Each room may import those before it, and nothing behind it.
ROOMS = (
    "text", "kinds", "model", "forms", "metadata", "reasons",
    "read", "clean", "segment", "align", "pair", "units",
    "pipeline", "library", "glossary", "citing", "pages", "search", "project", "publish", "commands",
    "__main__",
)  # fmt: skip
GROUND = "text"  # facts of the two scripts: nothing of ours is imported there


def imports() -> dict[str, set[str]]:
    """For each module of the package the modules of it that it imports, late ones too."""
    found = {}
    for file in PACKAGE.rglob("*.py"):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        found[name] = set()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bitext"):
                start = (node.module or "").removeprefix("bitext").removeprefix(".")
                found[name] |= {f"{start}.{a.name}".strip(".") for a in node.names} | {start} - {""}
    return {k: {v for v in values if v in found or v in ROOMS} for k, values in found.items()}


def room(module: str) -> str:
    return module.partition(".")[0]


def test_every_room_is_known():
    assert {room(module) for module in imports()} - {"__init__", ""} == set(ROOMS)


def test_nothing_is_imported_against_the_order():
    order = {name: place for place, name in enumerate(ROOMS)}
    assert [
        f"{a} imports {b}"
        for a, others in imports().items()
        for b in others
        if room(a) in order and order[room(b)] > order[room(a)]
    ] == []


def test_the_ground_imports_nothing_of_ours():
    assert [a for a, bs in imports().items() if room(a) == GROUND and {room(b) for b in bs} - {GROUND}] == []  # fmt: skip


def test_no_two_files_stand_on_each_other():
    arrows, seen = imports(), {}

    def circle(module: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if module in way:
            return (*way[way.index(module) :], module)
        if module in seen:
            return ()
        found = next(filter(None, (circle(b, (*way, module)) for b in arrows.get(module, ()))), ())
        seen[module] = True
        return found

    assert [c for c in (circle(module, ()) for module in arrows) if c] == []
