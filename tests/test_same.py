"""The comparison of two builds sees what differs, and its clock is moved for all that ask it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys

import prove_same

#: Ways in which a program learns the hour.
ASKED = (
    "datetime.date.today().year", "datetime.datetime.now().year", "datetime.datetime.now(datetime.UTC).year",
    "time.localtime().tm_year", "time.gmtime().tm_year", "int(time.strftime('%Y'))",
    "datetime.datetime.fromtimestamp(time.time()).year",
)  # fmt: skip


def test_every_way_to_ask_for_the_hour_tells_the_moved_one(tmp_path):
    ahead = 1000 * 366 * 86_400
    (tmp_path / "sitecustomize.py").write_text(prove_same.CLOCK.format(ahead=ahead), "utf-8")
    script = f"import datetime, time; print({', '.join(ASKED)}, isinstance(datetime.datetime.strptime('2026', '%Y'), datetime.date))"
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)
    *years, kind = done.stdout.split()
    assert len(years) == len(ASKED) and all(int(year) > 3000 for year in years) and kind == "True"


def test_a_file_with_the_hour_or_without_its_like_is_told(tmp_path):
    for name, hour in (("a", 1), ("b", 2)):
        (tmp_path / name / "site").mkdir(parents=True)
        (tmp_path / name / "site/same.txt").write_text("same")
        (tmp_path / name / "site/x.gz").write_bytes(gzip.compress(b"x", mtime=hour))
        (tmp_path / name / f"site/only-{name}").write_text("")
    told = list(prove_same.differences(tmp_path / "a", tmp_path / "b"))
    assert [line.split(":")[0] for line in told] == ["site/only-a", "site/only-b", "site/x.gz"]
    assert "from byte 4" in told[2]
