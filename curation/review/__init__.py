"""What changed between two states of a catalog, by meaning and in the order of its risk."""

from curation.review.compare import compare as compare
from curation.review.digesting import digest as digest
from curation.review.everything import changes as changes
from curation.review.released import released as released
from curation.review.renamed import aligned as aligned
from curation.review.risk import Risk as Risk
from curation.review.risk import risk_of as risk_of
from curation.review.sides import ReleaseSide as ReleaseSide
from curation.review.sides import Side as Side
from curation.review.sides import open_sides as open_sides
from curation.review.state import State as State
from curation.review.state import differing as differing
from curation.review.state import held as held
from curation.review.state import read as read
from curation.review.text import Line as Line
from curation.review.text import lines as lines
