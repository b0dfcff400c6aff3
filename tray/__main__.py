"""`python -m tray` is `postwart`."""

import sys

from tray.cli import main

sys.exit(main())
