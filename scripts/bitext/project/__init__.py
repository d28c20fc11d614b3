"""The whole project: its files loaded once, and the proof that what is published is what was received."""
