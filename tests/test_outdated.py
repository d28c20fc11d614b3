"""`make outdated`: every package that pyproject.toml names is pinned, and a newer one is told."""

from __future__ import annotations

import importlib
import sys
import tomllib

import pytest

from tests.conftest import ROOT


@pytest.fixture
def outdated(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts/publish"), *sys.path])
    return importlib.import_module("outdated")


def test_every_package_that_is_named_is_pinned(outdated):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    missing = {name for name in outdated.named(project) if name.lower() not in outdated.pinned()}
    assert missing == set()


def test_what_is_newer_is_told_and_so_is_what_is_not_known(outdated):
    held, there = {"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2"}
    told = list(outdated.rows(["a", "B", "c", "d"], held, lambda name: there.get(name.lower(), "")))
    assert told == [
        "B 1: 2 is out",
        "c 1: the package index does not say",
    ]


def test_an_index_that_does_not_answer_is_no_error(outdated, monkeypatch):
    monkeypatch.setattr(outdated.subprocess, "run", late)
    assert outdated.newest("mkdocs") == ""


def late(*_, **more):
    import subprocess

    raise subprocess.TimeoutExpired("pip", more["timeout"])
