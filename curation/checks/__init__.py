"""What must hold in a catalog. Layer 1: each file on its own, against its schema and form.

A check takes bytes or values and gives findings; it neither prints nor stops at the first.
"""

from curation.checks.codes import CODES as CODES
from curation.checks.files import check_file as check_file
from curation.checks.files import check_files as check_files
from curation.checks.files import mended as mended
