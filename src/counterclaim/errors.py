"""Everything that can go wrong, as one tree; every message names the file, what is wrong and what to do.

CounterclaimError            exit 1
├── InputError               exit 3   a file or line that cannot be read; the rest of a batch goes on
│   ├── EmptyInput
│   ├── NotText
│   └── WrongFormat
├── CaseError                exit 4   the case file: locked, damaged, of another version, not a case
└── ModelError               exit 5   shipped weights missing or altered
"""

from __future__ import annotations


class CounterclaimError(Exception):
    """The root. `exit_code` is what the command line ends with when this error ends it."""

    exit_code = 1


class InputError(CounterclaimError):
    """A file or line that cannot be read. `source` names it, `problem` what is wrong, `remedy` what to do."""

    exit_code = 3

    def __init__(self, source: str, problem: str, remedy: str) -> None:
        super().__init__(f"{source}: {problem}; {remedy}")
        self.source = source
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        """So that it comes whole out of a process in which it was raised."""
        return type(self), (self.source, self.problem, self.remedy)


class EmptyInput(InputError):
    """Nothing to read: no bytes, or no words once page furniture is gone."""


class NotText(InputError):
    """Bytes that are no text in any encoding."""


class WrongFormat(InputError):
    """A known format under another's name, or one that is not read."""


class CaseError(CounterclaimError):
    """The case cannot be opened or written."""

    exit_code = 4


class ModelError(CounterclaimError):
    """A model is missing, or its bytes are not the ones this version was built with."""

    exit_code = 5
