"""Every dependency has a wheel for each system and Python: nothing is built by whoever installs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.offline.registry import require_registry
from tools.offline.fetching import fetch, own_requirements
from tools.offline.targets import CARRIED, SUPPORTED, Target

pytestmark = pytest.mark.tools


def test_every_dependency_has_wheels_for_macos(tmp_path: Path) -> None:
    """For Windows and Linux, making the folders to carry says so."""
    require_registry()

    def fetched(target: Target) -> set[str]:
        folder = tmp_path / target.name
        folder.mkdir()
        return {wheel.name for wheel in fetch(target, own_requirements(), folder)}

    others = [target for target in SUPPORTED if target not in CARRIED]
    asked = {canonicalize_name(each.name) for each in own_requirements()}
    with ThreadPoolExecutor() as pool:
        assert all(asked <= names for names in pool.map(fetched, others))
