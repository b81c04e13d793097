"""``python -m tools.offline``: the zip files in ``dist``; names of systems make these alone."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from tools.offline.making import main

        sys.exit(main(sys.argv[1:]))
    except ModuleNotFoundError as error:
        sys.exit(
            f"{error.name} is not installed: make offline installs it first, and so does\n"
            f"  {sys.executable} -m pip install --editable '.[dev]'"
        )
