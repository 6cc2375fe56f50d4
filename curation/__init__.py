"""Keep a versioned catalog of machine-learning models true.

Consumers of a release want ``load``, which gives a ``Release`` of ``Model``s.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curation.model import Model as Model
    from curation.release.reading import Release as Release
    from curation.release.reading import load as load

__version__ = "0.1.0"
__all__ = ["Model", "Release", "__version__", "load"]


if not TYPE_CHECKING:  # which would take any name for one of ours

    def __getattr__(name: str) -> Any:
        # Reading a release is what consumers import us for; nobody else is to wait for it.
        if name not in ("Model", "Release", "load"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from curation.release import reading

        return getattr(reading, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
