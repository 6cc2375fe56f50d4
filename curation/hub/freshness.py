"""When a look at a model is worth writing down, so that most nights change no line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from curation.store.popularity import Popularity
from curation.store.settings import Settings

#: By so much two machines' clocks may differ.
_CLOCKS_DIFFER = timedelta(hours=1)


def noted(old: Popularity | None, new: Popularity, settings: Settings) -> Popularity:
    """``new`` if it is worth a change of the file, else ``old``.

    It is if downloads or likes moved past their ratio, if another trouble or none stands against
    the model, or if the last look that was written down is half as old as the policy allows
    (``max_checked_days``) or in the future: then a clock was wrong.
    """
    if old is None or old.checked is None or new.checked is None or old.trouble != new.trouble:
        return new
    moved = _moved(old.downloads, new.downloads, settings.sync.downloads_ratio) or _moved(
        old.likes, new.likes, settings.sync.likes_ratio
    )
    age = _time(new.checked) - _time(old.checked)
    aged = age.days * 2 >= settings.policy.max_checked_days or age < -_CLOCKS_DIFFER
    return new if moved or aged else old


def _moved(old: int | None, new: int | None, ratio: float) -> bool:
    if old is None or new is None:
        return old != new
    return abs(new - old) > ratio * old


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
