"""Keep a versioned catalog of machine-learning models true."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curation.release.reading import load as load

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    # Reading a release is what consumers import us for; nobody else is to wait for it.
    if name == "load":
        from curation.release.reading import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
