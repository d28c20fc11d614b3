"""What a page of the site may load and run: its own files, and nothing that stands in the page itself."""

from __future__ import annotations

#: A Content-Security-Policy as a header or a meta element has it.
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'"
