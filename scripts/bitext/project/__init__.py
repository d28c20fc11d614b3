"""Loads the whole project once, and proves that what is published is what was received."""
