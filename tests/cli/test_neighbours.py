"""`read` gives a text the same facts byte for byte whatever stands beside it, in any order, in any process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from counterclaim.cli import main

TEXTS = {
    "bridge": "Reuters, citing the Norland health ministry, said at least nine people were killed near Mosul on 2 March 2017. "
    "“We did not fire,” Col. Ivan Marsh said.\n\n“We never do,” he told CNN. The Kessam army denied it.",
    "port": "KESSAM CITY — According to the harbour master, two tugs sank and 14 sailors are missing. He blamed a mine. "
    "The navy called the claim “absurd” and promised an inquiry.",
    "short": "Nobody claimed responsibility.",
    # longer than a window of the tagger, so that what a window holds could matter
    "long": "\n\n".join(
        f"The governor of district {n} said on Monday that {n} houses had burned and {n + 3} people were hurt, and a doctor "
        f"told the daily Ora that the rebels had shelled the road. “Number {n} was my house,” a baker said."
        for n in range(2, 16)
    ),
}


def lines(names: list[str]) -> bytes:
    return b"".join(json.dumps({"id": n, "text": TEXTS[n], "published": "2017-03-04"}).encode() + b"\n" for n in names)


def answers(out: bytes) -> dict[str, bytes]:
    return {json.loads(line)["id"]: line for line in out.splitlines()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]):  # type: ignore[no-untyped-def]
    def run(names: list[str]) -> dict[str, bytes]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(names))))
        with pytest.raises(SystemExit) as ended:
            main(["read", "-"])
        assert not ended.value.code
        return answers(capfdbinary.readouterr().out)

    return run


def test_a_text_reads_the_same_alone_and_among_others_in_any_order(read) -> None:  # type: ignore[no-untyped-def]
    together = read(list(TEXTS))
    assert json.loads(together["bridge"])["statements"]
    assert read(list(reversed(TEXTS))) == together
    assert read(["long", "bridge", "bridge", "port", "short"]) == together
    for name in TEXTS:
        assert read([name]) == {name: together[name]}


def test_another_process_with_another_hash_seed_reads_the_same(read) -> None:  # type: ignore[no-untyped-def]
    order = ["short", "port", "long", "bridge"]
    code = "from counterclaim.cli import main; main()"
    seeded = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "-"], input=lines(order), capture_output=True, env=seeded, check=True
    )
    assert answers(done.stdout) == read(list(TEXTS))
