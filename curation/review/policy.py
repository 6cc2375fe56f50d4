"""What may merge without a person: the clauses of ``[policy.merge]``, each met or not, and why.

Pure: it judges what it is given. Nothing here is a default that lets something through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from curation.records import FACETS, Change, FacetTags, Finding, Record
from curation.review.risk import Risk, risk_of
from curation.review.words import counted
from curation.store.settings import Merge
from curation.verdict import Clause


class Proposal(NamedTuple):
    """What wants to merge.

    ``models`` counts those before; ``by_hand`` are the paths that differ and that no sync or
    tagging writes; ``findings`` are those of the gates on what it would become.
    """

    changes: Sequence[Change]
    models: int
    by_hand: Sequence[str]
    findings: Sequence[Finding]


def clauses(proposal: Proposal, merge: Merge) -> list[Clause]:
    """Every clause, in the order in which they are told."""
    return [judge(proposal, merge) for judge in CLAUSES]


def may_merge(judged: Iterable[Clause]) -> bool:
    """Whether no clause asks for a person."""
    return all(clause.met for clause in judged)


def removals(proposal: Proposal, merge: Merge) -> Clause:
    """Models that went."""
    return _unless(merge.removals, "removals", _of_kind(proposal, "removed"), "model", "removed")


def renames(proposal: Proposal, merge: Merge) -> Clause:
    """Models that have another id."""
    return _unless(merge.renames, "renames", _of_kind(proposal, "renamed"), "model", "renamed")


def additions(proposal: Proposal, merge: Merge) -> Clause:
    """Models that came."""
    return _unless(merge.additions, "additions", _of_kind(proposal, "added"), "model", "added")


def scope(proposal: Proposal, merge: Merge) -> Clause:
    """Models that became general or specialized, or of which this is no longer known."""
    found = [one.id for one in proposal.changes if _moved(one) and one.field == "tags.scope"]
    return _unless(merge.scope, "scope", found, "scope", "changed")


def licence(proposal: Proposal, merge: Merge) -> Clause:
    """Models under another licence."""
    found = _of_fields(proposal, "facts.license")
    return _unless(merge.license, "license", found, "licence", "changed")


def access(proposal: Proposal, merge: Merge) -> Clause:
    """Models whose gate, privacy or trouble changed, and those that came with gate or privacy."""
    came = (one.new for one in proposal.changes if one.kind == "added")
    closed = [
        record.id
        for record in came
        if isinstance(record, Record) and (record.facts.gated or record.facts.private)
    ]
    found = [*_of_fields(proposal, "facts.gated", "facts.private", "trouble"), *closed]
    return _unless(
        merge.access, "access", found, "model", "gated, private, out of reach, or no longer so"
    )


def conflicts(proposal: Proposal, merge: Merge) -> Clause:
    """Facets that became conflicting, and decisions whose reason went."""
    torn = [
        model_id
        for model_id, old, new in _tags(proposal)
        if new.state == "conflicting" != old.state
    ]
    stale = [one.id for one in proposal.changes if one.event == "stale"]
    what = "facet or decision"
    return _unless(merge.conflicts, "conflicts", [*torn, *stale], what, "in conflict or stale")


def confidence(proposal: Proposal, merge: Merge) -> Clause:
    """Tags under the least confidence that were not there, or not under it, before."""
    least = merge.least_confidence
    found = []
    for model_id, old, new in _tags(proposal):
        before = {tag.value: tag.confidence for tag in old.values}
        for tag in new.values:
            if tag.confidence < least <= before.get(tag.value, 1.0):
                found.append((tag.confidence, model_id))
    if not found:
        return Clause(name="confidence", met=True, reason=f"no new tag is under {least:g}")
    reason = f"{counted(len(found), 'new tag')} under {least:g}, the lowest at {min(found)[0]:g}"
    return Clause(name="confidence", met=False, reason=reason, ids=_once(n for _, n in found))


def churn(proposal: Proposal, merge: Merge) -> Clause:
    """The share of the models whose tags changed."""
    moved = _once(one.id for one in proposal.changes if _moved(one))
    share = len(moved) / max(proposal.models, 1)
    met = share <= merge.most_churn
    reason = (
        f"the tags of {len(moved):,} of {counted(proposal.models, 'model')} changed: {share:.1%}, "
        f"and {merge.most_churn:.1%} may"
    )
    return Clause(name="churn", met=met, reason=reason, ids=() if met else moved)


def files(proposal: Proposal, merge: Merge) -> Clause:
    """Files that people write: settings, rules, decisions, and all that is outside the catalog."""
    del merge
    found = proposal.by_hand
    return _unless(False, "files", found, "file", "changed that no sync or tagging writes")


def gates(proposal: Proposal, merge: Merge) -> Clause:
    """Findings that are errors."""
    del merge
    found = [f"{one.code} {one.path}" for one in proposal.findings if one.severity == "error"]
    return _unless(False, "gates", found, "error", "found by the gates")


#: A clause is one function here.
CLAUSES: tuple[Callable[[Proposal, Merge], Clause], ...] = (
    removals,
    scope,
    licence,
    access,
    conflicts,
    confidence,
    churn,
    renames,
    additions,
    files,
    gates,
)


def _unless(allowed: bool, name: str, found: Iterable[str], noun: str, verb: str) -> Clause:
    """The clause that there is none of these, unless the settings allow them."""
    ids = _once(found)
    if not ids:
        return Clause(name=name, met=True, reason=f"no {noun} {verb}")
    suffix = ", which the policy allows" if allowed else ""
    reason = f"{counted(len(ids), noun)} {verb}{suffix}"
    return Clause(name=name, met=allowed, allowed=allowed, reason=reason, ids=ids)


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))


def _of_kind(proposal: Proposal, kind: str) -> Iterator[str]:
    return (one.id for one in proposal.changes if one.kind == kind)


def _of_fields(proposal: Proposal, *fields: str) -> list[str]:
    return [one.id for one in proposal.changes if one.kind == "fact" and one.field in fields]


def _moved(change: Change) -> bool:
    """Whether a tag's values, state or origin changed: new evidence alone is routine."""
    return change.kind == "tag" and risk_of(change) is not Risk.ROUTINE


def _tags(proposal: Proposal) -> Iterator[tuple[str, FacetTags, FacetTags]]:
    """Every facet that changed, by model, before and after; all of a model that came."""
    for one in proposal.changes:
        if isinstance(one.old, FacetTags) and isinstance(one.new, FacetTags):
            yield one.id, one.old, one.new
        elif one.kind == "added" and isinstance(one.new, Record):
            for facet in FACETS:
                yield one.id, FacetTags(), getattr(one.new.tags, facet)
