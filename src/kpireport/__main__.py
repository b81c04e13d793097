"""``python -m kpireport``: the same as the command ``kpireport``."""

from __future__ import annotations

import sys

from kpireport.cli import main

sys.exit(main())
