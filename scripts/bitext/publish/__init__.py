"""Adds downloads, bundles and search files to the built site; and serves it on this machine."""
