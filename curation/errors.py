"""The one exception tree of the package.

CurateError
├── UsageError      the request makes no sense (exit 2)
├── InputError      a file or answer cannot be read as what it should be (exit 2)
│   └── IdError     a model id that cannot be one
├── HubError        the Hub did not give what was asked for (exit 1)
│   ├── NotFoundError      no such model or file
│   ├── UnreachableError   gone or private: the Hub does not say which
│   ├── GatedError         exists, but its files need accepted terms
│   ├── ThrottledError     the quota is spent for longer than we wait
│   └── UntrustedError     an answer that breaks our bounds (size, origin, shape)
└── ConflictError   another process holds what we need (exit 2)
"""

from __future__ import annotations


class CurateError(Exception):
    """An expected failure: one line of what and where, and a hint of what to do."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        if hint:
            self.add_note(f"hint: {hint}")  # a traceback, which is what users of the library see


class UsageError(CurateError):
    """The request makes no sense as asked."""


class InputError(CurateError):
    """A file or an answer cannot be read as what it should be."""


class IdError(InputError):
    """A model id that cannot be one."""


class ConflictError(CurateError):
    """Another process holds what we need."""


class HubError(CurateError):
    """The Hub did not give what was asked for."""

    exit_code = 1


class NotFoundError(HubError):
    """No such model, revision or file."""


class UnreachableError(HubError):
    """Gone or private: the Hub does not say which."""


class GatedError(HubError):
    """The model exists, but its files need accepted terms."""


class ThrottledError(HubError):
    """The quota is spent for longer than we are willing to wait."""


class UntrustedError(HubError):
    """An answer that breaks one of our bounds: size, origin, shape."""
