"""What changed between two states of a catalog, by meaning and in the order of its risk."""

from curation.review.compare import compare as compare
from curation.review.risk import Risk as Risk
from curation.review.risk import risk_of as risk_of
from curation.review.risk import rows as rows
from curation.review.sides import Side as Side
from curation.review.sides import differing as differing
from curation.review.sides import open_sides as open_sides
from curation.review.text import Line as Line
from curation.review.text import lines as lines
