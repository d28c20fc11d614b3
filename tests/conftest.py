"""What all tests share: the project's root, and a rewrite switch for golden files."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

from bitext.reasons import is_known
from bitext.text.source import Cut

ROOT = Path(__file__).resolve().parent.parent
# Speed is shown by `make bench`, never by a test: a busy machine fails nothing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files; read the diff"
    )


@pytest.fixture
def update_golden(request) -> bool:
    return request.config.getoption("--update-golden")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def only_known_reasons():
    """Whatever any test imports: a text is left out only for a reason that both pages can say."""
    make = Cut.__init__

    def checked(self, span, reason, key=""):
        assert is_known(reason), f"{reason!r} is not in bitext/reasons.py"
        assert not key or is_known(f"metadata: {key}"), f"{key!r} is not in bitext/metadata.py"
        make(self, span, reason, key)

    Cut.__init__ = checked
    yield
    Cut.__init__ = make
