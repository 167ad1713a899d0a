"""Builds the wheel so that the same sources give the same bytes, whoever builds it and wherever.

    python release/wheels.py [--twice] [FOLDER]

FOLDER is dist by default. The sources are the files that git tracks, copied out, so that nothing that lies about gets in; every
time in the wheel is SOURCE_DATE_EPOCH, or else that of the last commit, and every file can be read by all and written by its
owner. With --twice it builds again from another copy, touched at another time by somebody with other habits, and fails where a
byte differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

MOST = 90_000_000
"""Bytes of a wheel at most: what somebody on a slow line still waits for."""

_EARLIEST = 315_532_800
"""1980-01-01, before which an archive of files knows no time."""


def epoch() -> int:
    """The time that everything is dated with, in seconds: SOURCE_DATE_EPOCH, else the last commit's, else 1980."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
        given = asked.stdout.strip()
    return max(int(given), _EARLIEST) if given.isdigit() else _EARLIEST


def sources() -> list[str]:
    """The paths of the files that git tracks; of a tree without git, those that a wheel is made of."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if asked.returncode == 0 and asked.stdout:
        return [name for name in asked.stdout.split("\0") if name and (ROOT / name).is_file()]
    wanted = [ROOT / "pyproject.toml", ROOT / "README.md", ROOT / "LICENSE", ROOT / "THIRD_PARTY_NOTICES.txt"]
    wanted += [file for file in (ROOT / "src").rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return [file.relative_to(ROOT).as_posix() for file in wanted]


def build(folder: Path, touched: float | None = None) -> Path:
    """Builds the wheel into `folder` from a copy whose files were `touched` at that time."""
    folder.mkdir(parents=True, exist_ok=True)
    before = os.umask(0o022)
    try:
        return _built(folder, touched)
    finally:
        os.umask(before)


def _built(folder: Path, touched: float | None) -> Path:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "sources"
        for path in sources():
            file = copy / path
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, file)
            file.chmod(0o644)
            if touched is not None:
                os.utime(file, (touched, touched))
        out = Path(name) / "out"
        command: list[str | Path] = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-cache-dir", "-w", out, copy]
        subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0"})
        (wheel,) = out.glob("*.whl")
        return Path(shutil.copy(wheel, folder / wheel.name))


def main() -> int:
    """Builds; 1 where a wheel is too large or two builds differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", metavar="FOLDER")
    parser.add_argument("--twice", action="store_true", help="build again and compare")
    asked = parser.parse_args()
    wheel = build(asked.folder)
    size, digest = wheel.stat().st_size, hashlib.sha256(wheel.read_bytes()).hexdigest()
    print(f"{wheel.name}: {size:,} bytes, sha256 {digest}")
    if size > MOST:
        print(f"{wheel.name} is larger than {MOST:,} bytes", file=sys.stderr)
        return 1
    if asked.twice:
        with tempfile.TemporaryDirectory() as name:
            os.umask(0o002)
            again = build(Path(name), touched=1_000_000_000)
            if again.read_bytes() != wheel.read_bytes():
                print(f"two builds of {wheel.name} differ", file=sys.stderr)
                return 1
        print("two builds are equal, byte for byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
