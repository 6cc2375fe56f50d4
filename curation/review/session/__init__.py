"""A maintainer's session over what waits for a decision; nothing in here knows of terminals."""

from curation.review.session.desk import Desk as Desk
from curation.review.session.desk import Rules as Rules
from curation.review.session.items import Item as Item
from curation.review.session.machine import KEYS as KEYS
from curation.review.session.machine import NOTHING as NOTHING
from curation.review.session.machine import Ask as Ask
from curation.review.session.machine import Session as Session
from curation.review.session.memory import shown as shown
from curation.review.session.news import everything as everything
from curation.review.session.news import news as news
