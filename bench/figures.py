"""How well figures are read: one table of what is measured, beside what is asked for and what is hoped for.

    python bench/figures.py [--full] [SET ...]

The sets and the sample are those of quality.py; nothing is measured where they do not lie beside the clone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from quality import MEASURES, SHARED, Answers, measured

ASKED: tuple[tuple[str, str, str, float | None, float | None], ...] = (
    ("field figures", "f1", "low, high and harm exact, F1", 0.82, 0.92),
    ("field figures", "speaker right, of matched", "speaker right among those", 0.78, 0.88),
    ("counts", "killed exact", "killed in the main incident", 0.86, 0.91),
    ("counts", "killed exact where 2 or more", "  where two or more died", 0.56, 0.64),
    ("counts", "injured exact", "injured in the main incident", None, None),
    ("recorder", "civilians_killed.exact_both", "killed, min and max", 0.75, 0.88),
    ("recorder", "civilians_injured.exact_both", "injured, min and max", 0.78, 0.88),
    ("recorder, cut", "civilians_killed.exact_both", "killed, without the first paragraph", 0.38, 0.55),
    ("headlines", "right", "killed inside low and high", 0.62, 0.72),
    ("headlines", "right of English", "  of those in English", None, None),
    ("victims 1992", "number.f1", "victim number, F1 (1992: .60, .53)", None, None),
    ("victims 1992", "effect.f1", "victim number with effect, F1", None, None),
)
"""Set, figure, what it is, and the figures that are asked for at least and hoped for."""


def main() -> int:
    """Measures and prints; the status says whether all is there that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="names of sets; all by default")
    parser.add_argument("--full", action="store_true", help="every text of the large sets")
    asked = parser.parse_args()
    if not (SHARED / "data").is_dir():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    short = 0
    print(f"{'set':<15}{'texts':>6}  {'figure':<38}{'is':>6}{'floor':>7}{'aim':>6}")
    with tempfile.TemporaryDirectory() as folder:
        answers = Answers(Path(folder))
        for measure in MEASURES:
            wanted = [row for row in ASKED if row[0] == measure.name and (not asked.sets or measure.name in asked.sets)]
            if not wanted or not (SHARED / "data" / measure.gold).is_file():
                continue
            figures, texts, _ = measured(measure, answers, asked.full)
            for name, key, what, floor, aim in wanted:
                ends = "".join("" if end is None else f"{end:>{width}.2f}" for end, width in ((floor, 7), (aim, 6)))
                print(f"{name:<15}{texts:>6}  {what:<38}{figures[key]:>6.3f}{ends}", flush=True)
                short += floor is not None and figures[key] < floor
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
