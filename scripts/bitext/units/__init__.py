"""Pairs -> units with ids, texts, speakers and doubts; the ledger and the report."""
