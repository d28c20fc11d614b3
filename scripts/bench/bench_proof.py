"""What a proof costs: reading a large bitext.yml beside proving it, on a text of about a megabyte.

python scripts/bench/bench_proof.py
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bitext.commands.importing import Job, import_job
from bitext.library.imports import Record
from bitext.library.store import read_entry
from bitext.model import Bitext
from bitext.project.verify import verify
from bitext.project.visible import Visible, read_again

ZH = "治理 需要 合作 时间 风险 专家 会议 报告 机构 安全 评估 标准 公众 企业 政府 国际 社会 问题 数据 模型".split()
EN = (
    "governance needs cooperation time risk experts meeting report bodies safety assessment"
    " standards public firms state world society question data model"
).split()
LABELS = (("陈立新：", "Chen Lixin: "), ("主持人：", "Moderator: "), ("李明：", "Li Ming: "))
TURNS, TIMES = 1000, 5


def made(seed: int) -> str:
    """A dialogue whose languages alternate by turn."""
    rng = random.Random(seed)
    out = []
    for n in range(TURNS):
        zh, en = [], []
        for _ in range(rng.randrange(3, 7)):
            words = [rng.randrange(len(ZH)) for _ in range(rng.randrange(8, 22))]
            zh.append("".join(ZH[k] for k in words) + f"{n}。")
            en.append(" ".join(EN[k] for k in words).capitalize() + f" {n}.")
        labels = LABELS[n % len(LABELS)]
        out += [labels[0] + "".join(zh), labels[1] + " ".join(en)]
    return "\n\n".join(out)


def least(run: Callable[[], object]) -> float:
    """The least processor time of some runs, in milliseconds."""
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "long.txt"
        path.write_text(made(1), "utf-8")
        import_job(Job(path, None, None, "long", folder))
        bitext, record, _ = read_entry(folder / "long" / "bitext.yml")
        assert bitext and record
        file = record.files[0]
        data = [(path.read_bytes(), file.reader, file.encoding)]

        def proof(text: Bitext = bitext, known: Record = record) -> Bitext:
            source: Visible = read_again(data)
            return verify(text, known, source)

        size = (folder / "long" / "bitext.yml").stat().st_size / 1e6
        assert proof().proof.verdict == "proved"
        read = least(lambda: read_entry(folder / "long" / "bitext.yml"))
        print(f"bitext.yml of {size:.2f} MB, {len(bitext.units)} units")
        print(f"reading it:  {read:.0f} ms")
        print(f"proving it:  {least(proof):.0f} ms")


if __name__ == "__main__":
    main()
