"""What the Hub says of a model, from its JSON to our facts."""

from curation.hub.payload.decoding import decode, from_fields
from curation.hub.payload.shape import Payload
from curation.hub.payload.translation import facts

__all__ = ["Payload", "decode", "facts", "from_fields"]
