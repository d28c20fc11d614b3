"""`make prove`: every part runs, one that fails is told, one that cannot run is named."""

from __future__ import annotations

from pathlib import Path

import prove
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def part(tmp_path):
    """A part that runs a script of these lines."""

    def made(name: str, *lines: str, **more) -> prove.Part:
        script = tmp_path / f"{name}.py"
        script.write_text("\n".join(lines), "utf-8")
        return prove.Part(name, (str(script),), **more)

    return made


def test_all_parts_run_and_one_that_fails_is_told(part, capsys):
    parts = [
        part("bad", "print('3 things: 1 wrong')", "raise SystemExit(3)", figure="things"),
        part("good", "print('so many')", "print('2 kinds: 0 wrong')"),
        prove.Part("later", lacks=lambda: "no such browser"),
    ]
    assert prove.prove(parts) == 1
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "bad FAILED (exit 3) 0.0 min 3 things: 1 wrong" in shown
    assert "good ok 0.0 min 2 kinds: 0 wrong" in shown
    assert "later skipped no such browser" in shown
    # The end of a long log alone says what failed, and by which words.
    assert shown[-1] == "FAILED (exit 3): bad: 3 things: 1 wrong"


def test_a_part_that_is_skipped_fails_nothing(part):
    assert (
        prove.prove([part("good", ""), prove.Part("later", lacks=lambda: "no such browser")]) == 0
    )


def test_a_part_that_hangs_is_ended_and_told(part, monkeypatch):
    monkeypatch.setattr(prove, "LONGEST", 1)
    outcome = prove.run(part("slow", "import time", "print('begun', flush=True)", "time.sleep(60)"))
    assert outcome.failed and "longer than" in outcome.result and "begun" in outcome.output


def test_every_script_is_there_and_the_seed_of_the_clock_is_used():
    parts = prove.parts(77)
    assert all((ROOT / "scripts" / "bench" / p.command[0]).is_file() for p in parts if p.command)
    assert ("fuzz_edits.py", "77", "500") in [p.command for p in parts]
    assert len({p.name for p in parts}) == len(parts)


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ((), ("no Firefox: install firefox-esr", "no WebKitGTK: install webkit2gtk-driver")),
        (("firefox-esr", "WebKitWebDriver"), ("", "no display: install xvfb")),
        (("firefox", "WebKitWebDriver", "Xvfb"), ("", "")),
    ],
)
def test_an_engine_that_is_not_there_is_named(there, said, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr("glob.glob", lambda _: ["/usr/lib/MiniBrowser"])
    monkeypatch.delenv("DISPLAY", raising=False)
    assert (prove.firefox(), prove.webkit()) == said


def test_a_renderer_that_is_not_there_is_named(tmp_path, monkeypatch):
    import prove_renderers

    monkeypatch.setattr(prove_renderers, "SET_UP", tmp_path)
    assert prove.renderers() == "no properdocs and no zensical: run `make test` first"
    (tmp_path / "properdocs").write_text("", "utf-8")
    assert prove.renderers() == "no zensical: run `make test` first"


def test_a_server_is_found_where_make_test_unpacks_it(tmp_path, monkeypatch):
    import prove_hosts

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(prove_hosts, "FURTHER", str(tmp_path))
    assert prove.hosts().startswith("no nginx and no Caddy: run `make test` first")
    (tmp_path / "caddy").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "caddy").chmod(0o755)
    assert prove.hosts() == ""
