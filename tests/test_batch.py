"""`bitext import` of many sources: nothing depends on how many at once, in which order, or what ends it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.commands import batch, importing, workers
from bitext.commands.jobs import WAYS, batch_jobs, distinct_slugs, jobs_of
from bitext.library.files import PART
from bitext.model import Refusal

ROOT = Path(__file__).resolve().parent.parent
ZH = "人工智能的治理需要各国共同努力。\n\n第{n}条：任何一个国家都无法独自应对这些风险。\n\n"
EN = "Governing AI takes the effort of every country.\n\nArticle {n}: no country can meet these risks alone.\n"
OWN = ("RIGHTS.md", "bitext.yml", "import.json")


def talk(path: Path, n: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((ZH + EN).format(n=n), "utf-8")
    return path


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def arguments(*files: Path, output: Path, **more) -> Namespace:
    return Namespace(files=list(files), zh=None, en=None, slug=None, output=output, **more)


@pytest.fixture
def folder(tmp_path):
    """Four texts in three folders, two of one name; a copy of one; one that is refused."""
    inside = tmp_path / "in"
    for n, name in enumerate(("a.txt", "x/talk.txt", "y/talk.txt", "y/source.txt")):
        talk(inside / name, n)
    (inside / "z.txt").write_bytes((inside / "a.txt").read_bytes())
    (inside / "empty.txt").write_bytes(b"")
    return inside


def test_results_do_not_depend_on_the_number_of_workers_or_the_order_of_names(
    tmp_path, folder, capsys
):
    seen = []
    paths = [str(p) for p in sorted(folder.rglob("*.txt"))]
    random.Random(3).shuffle(paths)
    for n, (files, many) in enumerate([([str(folder)], 1), ([str(folder)], 3), (paths, 2)]):
        out = tmp_path / f"out{n}"
        command = [
            "import",
            *files,
            "--output",
            str(out),
            "--workers",
            str(many),
            "--format",
            "json",
        ]
        assert main(command) == 2
        shown = capsys.readouterr()
        seen.append((held(out), shown.out.replace(str(out), "OUT"), shown.err))
    assert seen[0] == seen[1] == seen[2]
    files, shown, error = seen[0]
    assert sorted(files) == sorted(
        f"{slug}/{name}" for slug in ("a", "x-talk", "y-talk", "y") for name in (*OWN, "source.txt")
    )
    found = json.loads(shown)
    assert [row["slug"] for row in found["imported"]] == ["a", "x-talk", "y", "y-talk"]
    assert found["there"] == [{"file": str(folder / "z.txt"), "text": "OUT/a"}]
    assert [error.strip()] == found["refused"]
    assert error.startswith(f"E-EMPTY {folder / 'empty.txt'}:1: ") and error.count("\n") == 1


def test_a_text_of_many_is_the_text_of_one(tmp_path, folder):
    many, one = tmp_path / "many", tmp_path / "one"
    assert main(["import", str(folder / "x"), str(folder / "y"), "--output", str(many)]) == 0
    assert main(["import", str(folder / "y/source.txt"), "--output", str(one)]) == 0
    assert held(one) == {k: v for k, v in held(many).items() if k.startswith("y/")}


def test_the_summary_has_all_figures_and_what_to_do(tmp_path, folder, capsys):
    out = ["--output", str(tmp_path / "out")]
    assert main(["import", str(folder), *out]) == 2
    shown = capsys.readouterr().out
    assert "texts imported: 4; pairs: 8, " in shown
    assert f"already there, not touched: 1\n  {folder / 'z.txt'} is {tmp_path / 'out' / 'a'}\n" in shown  # fmt: skip
    assert "4 imported, 1 already there, 1 refused\nnext: mend what is refused" in shown
    (folder / "empty.txt").unlink()
    before = held(tmp_path)
    assert main(["import", str(folder), *out]) == 0
    shown = capsys.readouterr().out
    assert "\n0 imported, 5 already there, 0 refused\nnext: " in shown and "mend" not in shown
    assert held(tmp_path) == before


def test_what_to_do_next_is_to_serve_in_a_project_and_to_look_elsewhere(
    tmp_path, folder, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for output, said in (([], "serve shows the texts"), (["--output", "out"], "look at out/x-talk/bitext.yml")):  # fmt: skip
        assert main(["import", "in/x", "in/y", *output]) == 0
        assert said in capsys.readouterr().out.splitlines()[-1]


def test_what_was_imported_under_another_name_or_corrected_is_there(tmp_path, folder, capsys):
    out = tmp_path / "out"
    assert main(["import", str(folder / "a.txt"), "--slug", "tea", "--output", str(out)]) == 0
    text = out / "tea" / "bitext.yml"
    text.write_text(text.read_text("utf-8").replace("alone", "by itself"), "utf-8")
    before = held(out)
    command = ["import", str(folder / "a.txt"), str(folder / "z.txt"), "--output", str(out)]
    assert main(command) == 0 and held(out) == before
    assert "0 imported, 2 already there, 0 refused" in capsys.readouterr().out


def test_other_bytes_under_a_name_that_is_taken_are_refused_and_merged_if_asked(
    tmp_path, folder, capsys
):
    out = tmp_path / "out"
    command = ["import", str(folder / "a.txt"), str(folder / "y"), "--output", str(out)]
    assert main(command) == 0
    talk(folder / "a.txt", 77)
    before = held(out)
    assert main(command) == 2 and held(out) == before
    shown = capsys.readouterr()
    assert shown.err.startswith(f"E-EXISTS {out}/a/bitext.yml:1: ") and "--merge" in shown.err
    assert "0 imported, 2 already there, 1 refused" in shown.out
    assert main([*command, "--merge"]) == 0
    assert "第77条" in (out / "a" / "bitext.yml").read_text("utf-8")
    assert {k.split("/")[0] for k, v in held(out).items() if before.get(k) != v} == {"a"}


def test_a_copy_of_what_is_refused_is_refused_with_it(tmp_path, capsys):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("只有一种语言。\n", "utf-8")
    command = ["import", str(tmp_path / "b.txt"), str(tmp_path / "a.txt"), "--output", str(tmp_path / "out")]  # fmt: skip
    assert main(command) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("E-MONOLINGUAL") and str(tmp_path / "a.txt") in first
    assert second.startswith(
        f"E-SAME {tmp_path / 'b.txt'}:1: the same bytes as {tmp_path / 'a.txt'}, "
    )
    assert not held(tmp_path / "out")


def test_a_missing_file_among_others_is_refused_alone(tmp_path, folder, capsys):
    out = tmp_path / "out"
    assert main(["import", str(tmp_path / "nothing.txt"), str(folder / "a.txt"), "--output", str(out)]) == 2  # fmt: skip
    assert capsys.readouterr().err.startswith(f"E-MISSING {tmp_path / 'nothing.txt'}:1: ")
    assert (out / "a" / "bitext.yml").is_file()


@pytest.mark.parametrize(
    ("files", "more"), [(("in", "in/a.txt"), {"slug": "tea"}), (("nowhere",), {})]
)
def test_a_batch_that_cannot_be_begun_is_refused_whole(tmp_path, folder, files, more):
    (tmp_path / "nowhere").mkdir()
    given = arguments(*(tmp_path / f for f in files), output=tmp_path)
    with pytest.raises(Refusal):
        jobs_of(Namespace(**(vars(given) | more)))


# --- names ---------------------------------------------------------------------------------------


NAMES = ("talk.txt", "talk.md", "a/talk.txt", "a/Talk.txt", "b/talk.txt", "c/a/talk.txt", "a-talk.txt", "речь.txt", "d/речь.txt", "d/слово.txt", "source.txt", "b/source.txt")  # fmt: skip


def test_every_document_has_a_slug_of_its_own_in_whatever_order(tmp_path):
    paths = [talk(tmp_path / "in" / name, n) for n, name in enumerate(NAMES)]
    chance = random.Random(11)
    for _ in range(60):
        some = chance.sample(paths, chance.randint(1, len(paths)))
        slugs = distinct_slugs(some)
        assert len(set(slugs.values())) == len(some)
        assert slugs == distinct_slugs(sorted(some))
        alone = [path for path in some if sum(WAYS[0](p) == WAYS[0](path) for p in some) == 1]
        assert all(len(slugs[p]) <= 80 for p in some)
        taken = {WAYS[1](p) for p in some if p not in alone}
        assert all(slugs[p] == WAYS[0](p) for p in alone if WAYS[0](p) not in taken)


def test_two_of_one_name_are_both_called_by_their_folders_or_their_bytes(tmp_path):
    one, other = talk(tmp_path / "one/talk.txt", 1), talk(tmp_path / "other/talk.txt", 2)
    assert distinct_slugs([other, one]) == {one: "one-talk", other: "other-talk"}
    md = talk(tmp_path / "one/talk.md", 3)
    assert {slug[:5] for slug in distinct_slugs([one, md]).values()} == {"talk-"}
    assert distinct_slugs([one]) == {one: "talk"}


def test_one_document_that_is_named_twice_is_one(tmp_path, folder):
    jobs = jobs_of(
        arguments(folder, folder / "a.txt", folder / "y" / ".." / "a.txt", output=tmp_path)
    )
    assert [str(job.file) for job in jobs] == sorted({str(job.file) for job in jobs}) and len(
        jobs
    ) == 6


# --- what ends a process -------------------------------------------------------------------------


def fall(job: str) -> str:
    """A job that may end its process, each time or only when it is not alone."""
    name, _, flag = job.partition(" ")
    if name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "once" and not Path(flag).exists():
        Path(flag).touch()
        os._exit(3)
    return job


@pytest.mark.parametrize("many", [1, 2])
def test_a_job_that_ends_its_process_is_told_and_all_others_are_done(tmp_path, many):
    jobs = ["a", "killed", "b", f"once {tmp_path / 'flag'}", "c", "killed"]
    done = dict(workers.each(fall, jobs, many))
    assert done == {n: workers.Died(-9) if job == "killed" else job for n, job in enumerate(jobs)}


def test_no_job_is_no_work():
    assert list(workers.each(fall, [], 4)) == []


def test_a_fault_of_ours_and_a_death_are_rows_of_the_report(tmp_path, folder, monkeypatch, capsys):
    [job] = jobs_of(arguments(folder / "a.txt", output=tmp_path / "out"))
    monkeypatch.setattr(importing, "_read", lambda job: {}["no\nkey"])
    fault = batch.attempt(job)
    dead = batch._died(job, workers.Died(-11))
    assert batch.report([fault, dead], "text") == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"E-FAILED {folder / 'a.txt'}:1: ")
    assert "KeyError: 'no\\nkey' (commands/importing.py:" in first
    assert "signal 11" in second and not (tmp_path / "out").exists()


# --- several commands, and the end of one --------------------------------------------------------


def command(*more: str | Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "bitext", "import", *map(str, more)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


@pytest.fixture
def long(tmp_path):
    """A folder of twelve texts."""
    for n in range(12):
        talk(tmp_path / "long" / f"talk-{n:02}.txt", n)
    return tmp_path / "long"


def until(holds) -> None:
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("never came")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_batch_that_was_ended_goes_on_and_does_nothing_twice(tmp_path, long, sent):
    out, clean = tmp_path / "out", tmp_path / "clean"
    first = command(long, "--output", out, "--workers", "2")
    until(lambda: len(list(out.glob("talk-*/bitext.yml"))) >= 2)
    first.send_signal(sent)
    said = first.communicate(timeout=60)
    if sent == signal.SIGINT:
        assert first.returncode == 130 and said == ("", "stopped; nothing half-written\n")
    done = {p: p.stat().st_ino for p in out.rglob("talk-*/*")}
    second = command(long, "--output", out, "--workers", "2")
    said = second.communicate(timeout=120)
    assert second.returncode == 0, said
    assert "12 " not in said[0].splitlines()[-2].split(",")[0]  # some were there
    assert all(p.stat().st_ino == number for p, number in done.items())
    assert main(["import", str(long), "--output", str(clean)]) == 0
    assert held(out) == held(clean)
    assert not [name for name in held(out) if PART in name]


def test_two_batches_at_once_do_what_one_does(tmp_path, long):
    out, clean = tmp_path / "out", tmp_path / "clean"
    both = [command(long, "--output", out, "--workers", "2", "--format", "json") for _ in "ab"]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    reports = [json.loads(out) for out, _ in said]
    assert all(len(r["imported"]) + len(r["there"]) == 12 and not r["refused"] for r in reports)
    assert main(["import", str(long), "--output", str(clean)]) == 0
    assert held(out) == held(clean)


# --- another engine ------------------------------------------------------------------------------

EXAMPLE = ROOT / "scripts" / "examples" / "import_with_dask.py"


@pytest.mark.skipif(find_spec("dask") is None, reason="Dask is not installed: pip install dask==2026.8.0")  # fmt: skip
def test_dask_makes_of_a_folder_what_the_command_makes(tmp_path, folder, capsys):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    assert main(["import", str(folder), "--output", str(ours)]) == 2
    shown = capsys.readouterr()
    for again in (False, True):
        done = subprocess.run(
            [sys.executable, str(EXAMPLE), str(folder), "--output", str(theirs)],
            capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), *sys.path])},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (2, shown.err)
        assert held(theirs) == held(ours)
        if not again:
            assert done.stdout.replace(str(theirs), str(ours)).partition("next")[0] == shown.out.partition("next")[0]  # fmt: skip
    assert "0 imported, 5 already there, 1 refused" in done.stdout


def test_the_example_does_all_but_compute_without_dask(tmp_path, folder, monkeypatch):
    """What the example asks of this program is there, also where Dask is not."""
    jobs = batch_jobs([folder], tmp_path / "out")
    todo, known = batch.plan(jobs)
    outcomes = batch.ordered(map(batch.attempt, todo), known)
    assert [Path(o.path).name for o in outcomes] == ["a.txt", "empty.txt", "talk.txt", "source.txt", "talk.txt", "z.txt"]  # fmt: skip
    assert sum(bool(o.row) for o in outcomes) == 4 and batch.report(outcomes, "json") == 2
