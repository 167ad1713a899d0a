"""Other processes get this one's path, and find the tests' work on it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
