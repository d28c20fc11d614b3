"""How a text is cited: from a small record to styles and to the formats of reference managers."""
