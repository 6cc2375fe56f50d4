"""One decision from the command line: what is asked, refused in time, written and tagged."""

from __future__ import annotations

import argparse
import datetime
import difflib
from typing import NamedTuple

from curation import ids, values
from curation.cli.bench import Bench
from curation.cli.signer import signer, written
from curation.errors import UsageError
from curation.records import FACETS, Decision, FacetTags
from curation.review import signing
from curation.review.signing import Signed
from curation.roots import work_folder
from curation.store import deciding, judgements
from curation.store.catalog import Catalog
from curation.store.deciding import Part
from curation.store.decisions import CORRECTABLE, DECIDABLE, is_reason
from curation.store.steps import step
from curation.values import Value


class Asked(NamedTuple):
    """What is to be decided; ``value`` is None for what is inferred or stated."""

    id: str
    part: Part
    name: str
    value: Value | None
    confirm: bool
    replace: bool
    signed: Signed


def asked(options: argparse.Namespace, catalog: Catalog) -> Asked:
    """What the options ask for. Raises UsageError or InputError for what makes no sense."""
    catalog.raw(options.id)  # no such model is said before anything else
    part, name = _target(options.facet)
    return Asked(
        id=options.id,
        part=part,
        name=name,
        value=_value(options, part, name),
        confirm=options.confirm,
        replace=options.replace,
        signed=_signed(options, catalog),
    )


class Decider:
    """Writes decisions, each with the record tagged by it, or neither."""

    def __init__(self, catalog: Catalog, bench: Bench) -> None:
        self._catalog = catalog
        self._bench = bench

    def decide(self, what: Asked) -> Decision:
        """Decide. Raises CurateError, in which case nothing was written."""
        self._refuse_decided(what)
        self._bench.bring(what.id)
        decision = self._judged(what)
        with step([self._catalog.override_path(what.id), self._catalog.path(what.id)]):
            deciding.put(self._catalog, what.id, what.part, what.name, decision)
            self._bench.tag(what.id)
        return decision

    def withdraw(self, what: Asked) -> None:
        """Take a decision back. Raises CurateError, in which case nothing was written."""
        self._bench.bring(what.id)
        with step([self._catalog.override_path(what.id), self._catalog.path(what.id)]):
            deciding.withdraw(self._catalog, what.id, what.part, what.name)
            self._bench.tag(what.id)

    def _refuse_decided(self, what: Asked) -> None:
        before = getattr(self._catalog.override(what.id), what.part).get(what.name)
        if before and not what.replace:
            raise UsageError(
                f"{what.id}: {what.name} is decided already, by {before.by} on {before.on}",
                hint="--replace decides anew, --withdraw takes it back",
            )

    def _judged(self, what: Asked) -> Decision:
        if what.part == "facts":
            stated = getattr(self._catalog.record(what.id).facts, what.name)
            value = (() if stated is None else stated) if what.value is None else what.value
            decision = signing.on_fact(stated, value, what.signed)
            today = stated
        else:
            facet = self._inferred(what)
            value = _inferred_value(what.name, facet) if what.value is None else what.value
            decision = signing.on_facet(facet, value, what.signed)
            today = f"{facet.state}: " + ", ".join(tag.value for tag in facet.values)
        if what.confirm and not decision.confirms:
            raise UsageError(f"{what.id}: {what.name} is not that without you, but {today}")
        return decision

    def _inferred(self, what: Asked) -> FacetTags:
        tags = self._bench.bare(what.id)
        assert tags is not None  # its card was brought
        facet: FacetTags = getattr(tags, what.name)
        folder = work_folder(self._catalog.root)
        memory = judgements.load(folder)
        memory.remember([facet])
        judgements.save(folder, memory)
        return facet


def _inferred_value(name: str, facet: FacetTags) -> Value:
    found = tuple(tag.value for tag in facet.values)
    return found[0] if found and values.is_single("tags", name) else found


def _target(text: str) -> tuple[Part, str]:
    """The facet or fact of this name; ``task`` and ``languages`` alone are the facets."""
    part, _, name = text.rpartition(".")
    if part in ("", "tags") and name in DECIDABLE:
        return "tags", name
    if part in ("", "facts") and name in CORRECTABLE:
        return "facts", name
    if part in ("", "tags") and name in FACETS:
        raise UsageError(
            f"{name} follows from the other facets and cannot be decided",
            hint=f"decide one of {', '.join(DECIDABLE)}",
        )
    known = [*DECIDABLE, *CORRECTABLE, *(f"facts.{fact}" for fact in CORRECTABLE)]
    close = difflib.get_close_matches(text, known, n=1)
    expected = f"expected one of {', '.join(dict.fromkeys([*DECIDABLE, *CORRECTABLE]))}"
    hint = f"did you mean {close[0]}?" if close else expected
    raise UsageError(f"no facet or fact {ids.clip(text)!a} can be decided", hint=hint)


def _value(options: argparse.Namespace, part: Part, name: str) -> Value | None:
    if options.withdraw:
        if options.values or options.nothing or options.confirm:
            raise UsageError("--withdraw goes without a VALUE")
        return None
    if bool(options.values) + options.nothing > 1:
        raise UsageError("a VALUE and --nothing contradict each other")
    if options.values or options.nothing:
        return values.checked(part, name, options.values)
    if not options.confirm:
        raise UsageError(
            f"no value for {name}", hint="give a VALUE, or --nothing, or --confirm what there is"
        )
    return None


def _signed(options: argparse.Namespace, catalog: Catalog) -> Signed:
    today = datetime.datetime.now(datetime.UTC).date()
    reason = written("--reason", options.reason).strip()
    if not options.withdraw and not is_reason(reason):
        raise UsageError("no reason is given", hint='--reason "…" says in a sentence why')
    expires = _expiry(options.expires, today)
    by = signer(options.by, catalog)
    return Signed(reason=reason, by=by, on=today.isoformat(), expires=expires)


def _expiry(text: str | None, today: datetime.date) -> str | None:
    if text is None:
        return None
    try:
        date = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"no date: {ids.clip(text)!a}", hint="expected 2027-01-31") from error
    if date < today:
        raise UsageError(f"{date} is in the past", hint="leave out --expires, or name a later day")
    return date.isoformat()
