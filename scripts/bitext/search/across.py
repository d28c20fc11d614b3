"""Chinese text -> the terms of a glossary whose characters stand in it across its words."""

from __future__ import annotations

import re

from bitext.glossary.occurrences import matcher_of
from bitext.glossary.store import Glossary
from bitext.text.scripts import HAN_CLASS
from bitext.text.variants import simplify

HAN = re.compile(f"[{HAN_CLASS}]{{2,}}")


class Across:
    """Asks the one matching of the glossary, for texts in which a term's characters stand."""

    def __init__(self, glossary: Glossary) -> None:
        self.matcher = matcher_of(glossary, "zh")
        self.forms: dict[str, set[str]] = {}
        for term in glossary.terms:
            for form in map(simplify, term.forms("zh")):
                if HAN.fullmatch(form):
                    self.forms.setdefault(form, set()).add(term.id)
        longest_first = sorted(self.forms, key=len, reverse=True)
        # Looked ahead at each place, so that no form hides one that begins within it.
        self.pattern = re.compile(f"(?=({'|'.join(longest_first)}))") if self.forms else None

    def not_words(self, text: str) -> tuple[str, ...]:
        """The ids of terms whose characters stand in the text, and nowhere as words of it."""
        if self.pattern is None:
            return ()
        seen = {id for m in self.pattern.finditer(simplify(text)) for id in self.forms[m[1]]}
        return tuple(sorted(seen - self.matcher.present(text))) if seen else ()
