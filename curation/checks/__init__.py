"""What must hold in a catalog.

Layer 1: each file on its own, against its schema and form. Layer 2 (``families``): what a record
says, and how the files fit together. Layer 3: the catalog as a table and as data, in ``table`` and
``audit``, whose libraries are extras. ``gate`` runs the first two.

A check takes bytes or values and gives findings; it neither prints nor stops at the first.
"""

from curation.checks.codes import CODES as CODES
from curation.checks.files import check_file as check_file
from curation.checks.files import check_files as check_files
from curation.checks.files import mended as mended
