"""Every dependency has a wheel for each system and Python: nothing is built by whoever installs."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.offline.registry import require_registry
from tools.offline.fetching import Release, in_later_pythons, own_requirements, resolve
from tools.offline.targets import PYTHONS, SUPPORTED, Target

pytestmark = pytest.mark.tools
EXTRAS = ("check", "cluster")
each_system = pytest.mark.parametrize("target", SUPPORTED, ids=lambda target: target.name)


@pytest.fixture(scope="module")
def wheels() -> dict[str, tuple[Release, ...]]:
    """What pip finds by metadata alone, for all systems at the same time: it mostly waits."""
    require_registry()

    def found(target: Target) -> tuple[Release, ...]:
        releases = resolve(target, own_requirements(*EXTRAS))
        return (*releases, *in_later_pythons(target, releases))

    with ThreadPoolExecutor() as pool:
        return dict(zip((each.name for each in SUPPORTED), pool.map(found, SUPPORTED), strict=True))


@each_system
def test_all_that_is_asked_for_has_a_wheel(
    target: Target, wheels: dict[str, tuple[Release, ...]]
) -> None:
    found = wheels[target.name]
    asked = (*own_requirements(*EXTRAS), *(each for release in found for each in release.requires))
    names = {canonicalize_name(each.name) for each in asked if target.asks_for(each)}
    assert names == {release.name for release in found}
    for release in found:
        platforms = {tag.platform for tag in parse_wheel_filename(release.file)[3]}
        assert any(_runs_on(target, each) for each in platforms), release.file


def _runs_on(target: Target, platform: str) -> bool:
    """Whether wheels of a platform run there; on macOS those of older ones do, too."""
    of_mac = re.fullmatch(r"macosx_\d+_\d+_(\w+)", platform)
    if of_mac and target.markers["sys_platform"] == "darwin":
        return of_mac[1] in {target.markers["platform_machine"], "universal2"}
    return platform in {"any", *target.platforms}


@each_system
def test_what_is_for_one_python_has_a_wheel_for_each(
    target: Target, wheels: dict[str, tuple[Release, ...]]
) -> None:
    found = wheels[target.name]
    native = {release.name for release in found if not release.is_for_all}
    assert {"numpy", "lxml", "icu4py"} <= native
    for name in native:
        tags = {
            tag.interpreter
            for release in found
            if release.name == name
            for tag in parse_wheel_filename(release.file)[3]
        }
        assert tags >= {f"cp{python.replace('.', '')}" for python in PYTHONS}, name
