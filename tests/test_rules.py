"""The rules by which an import decides become fewer: a new form costs an entry of a list."""

from __future__ import annotations

from collections import Counter

import count_rules

#: So many rules stood when they were last counted. Whoever takes some out lowers the number.
MOST = {"read": 32, "clean": 22, "segment": 33, "pair": 28}


def test_no_room_has_more_rules_than_it_had():
    counts = Counter(rule.place.split("/")[0] for rule in count_rules.all_rules())
    assert dict(counts) == MOST


def test_a_pattern_a_row_of_a_table_and_a_number_are_rules():
    file = count_rules.PACKAGE / "clean" / "x.py"
    text = '\n'.join((
        "import re", "LINE = re.compile('a')", "FEW, MANY = 2, 5", "NAMES = frozenset('ab')",
        "TABLE = _compile(('menu', r'b'), ('tags', r'c'))", "def f(x): return re.search('d', x), LINE.match(x)",
    ))  # fmt: skip
    found = Counter((r.kind, r.name) for r in count_rules.rules_in(text, file))
    assert found == Counter({
        ("pattern", "LINE"): 1, ("pattern", "(no name)"): 1, ("number", "FEW"): 1, ("number", "MANY"): 1,
        ("table", "TABLE: menu"): 1, ("table", "TABLE: tags"): 1,
    })  # fmt: skip
