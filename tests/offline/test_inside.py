"""What others made inside a wheel is told, whatever way the wheel tells it; or the making stops."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.offline.small import make_wheel
from tools.offline.inside import Component, Row, look_inside, read_table
from tools.offline.licences import UntoldError, spdx
from tools.offline.parts import parts_of
from tools.offline.targets import LINUX
from tools.offline.wheels import read_wheel

ELF = b"\x7fELF" + bytes(20)
WINDOWS_CODE = b"MZ" + bytes(20)
SBOM = "lib-1.dist-info/sboms/made.cdx.json"


def inside(folder: Path, files: Mapping[str, str | bytes], *rows: Row) -> tuple[Component, ...]:
    """Return what is inside a wheel called lib that has some files, and some rows in the table."""
    return look_inside(read_wheel(make_wheel(folder, "lib", "1", package=files)), {"lib": rows})


def jar(**files: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lib.libs/libfoo-1234.so.5.0.0", ELF),
        ("lib.libs/foo-1234.dll", WINDOWS_CODE),
        ("lib/bin/tool.exe", WINDOWS_CODE),
        ("lib/bin/tool", ELF),  # by what it is, whatever it is called
        ("lib/libfoo.a", b"!<arch>\n"),
        ("lib/foo.wasm", b"\0asm"),
        ("lib/foo.jar", jar(**{"org/foo/Foo.class": "\xca\xfe"})),
        ("lib/foo.jar", jar(**{"META-INF/maven/org.foo/foo/pom.properties": "version=1"})),
        ("lib/_vendor/foo/LICENSE.txt", "MIT"),
        ("lib-1.dist-info/licenses/vendored/foo.txt", "MIT"),
    ],
)
def test_what_nobody_tells_stops_the_making(
    name: str, content: str | bytes, tmp_path: Path
) -> None:
    with pytest.raises(UntoldError) as caught:
        inside(tmp_path, {"lib/__init__.py": "", name: content})
    said = str(caught.value)
    assert name in said
    assert 'add to "lib" in tools/offline/inside.toml' in said


@pytest.mark.parametrize(
    "name", ["lib/_c.cpython-311-x86_64-linux-gnu.so", "lib/_c.cp311-win_amd64.pyd", "_c.abi3.so"]
)
def test_modules_are_its_own_once_somebody_looked(name: str, tmp_path: Path) -> None:
    content = ELF if name.endswith(".so") else WINDOWS_CODE
    wheel = read_wheel(make_wheel(tmp_path, "lib", "1", package={name: content}))
    assert look_inside(wheel, {"lib": ()}) == ()
    with pytest.raises(UntoldError, match="nobody tells"):
        look_inside(wheel, {})


def test_licences_of_the_wheel_and_ordinary_files_need_no_row(tmp_path: Path) -> None:
    files = {
        "lib/__init__.py": "",
        "lib/data.json": "{}",
        "lib-1.dist-info/licenses/LICENSE": "MIT",
        "lib-1.dist-info/LICENSE.txt": "MIT",
    }
    assert inside(tmp_path, files) == ()


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"lib.libs/libfoo.so.1.2.3": ELF}, {"lib.libs/*": r"\.so\.([\d.]+)\n"}),
        ({"lib.libs/libfoo.so": ELF + b"\0foo 1.2.3\0"}, {"lib.libs/*": r"foo ([\d.]+)"}),
        (
            {"lib.libs/libfoo.dll": WINDOWS_CODE + "ProductVersion\0\0001.2.3".encode("utf-16-le")},
            {"lib.libs/*": r"ProductVersion\0+([\d.]+)"},
        ),
        (
            {"lib.libs/libfoo.so": ELF, "lib/version.json": '{"a": 1, "b": 2, "c": 3}'},
            {"lib/version.json": r'"a": (\d), "b": (\d), "c": (\d)'},
        ),
        # of the other system, then of this one
        (
            {"lib.libs/libfoo.so.1.2.3": ELF},
            {"*.dll": "([0-9.]+)", "lib.libs/*": r"\.so\.([\d.]+)\n"},
        ),
    ],
)
def test_versions_are_read_where_the_table_says(
    files: Mapping[str, bytes | str], version: Mapping[str, str], tmp_path: Path
) -> None:
    row = Row(name="Foo", licence="MIT", files=["lib.libs/*"], version=version)
    assert inside(tmp_path, files, row) == (Component("Foo", "MIT", "1.2.3"),)


def test_a_version_that_is_no_longer_there_stops_the_making(tmp_path: Path) -> None:
    row = Row(name="Foo", licence="MIT", files=["*.so"], version={"*.so": r"foo ([\d.]+)"})
    with pytest.raises(UntoldError, match=r"Foo: its version is not where .* says, in a\.so"):
        inside(tmp_path, {"a.so": ELF}, row)


@pytest.mark.parametrize(
    ("version", "cpe"),
    [
        ("1.2.3", "cpe:2.3:a:foo_project:foo:1.2.3:*:*:*:*:*:*:*"),
        ("1.1.1w", "cpe:2.3:a:foo_project:foo:1.1.1w:*:*:*:*:*:*:*"),
        ("1.5.3-14.el8_10", ""),  # a distribution's, with remedies of its own
        ("", ""),  # it would be every version
    ],
)
def test_vulnerabilities_are_told_by_a_version_that_is_known(
    version: str, cpe: str, tmp_path: Path
) -> None:
    address = f"pkg:rpm/almalinux/foo@{version}"
    component = {"name": "Foo", "version": version, "purl": address}
    files: dict[str, str | bytes] = {
        SBOM: json.dumps({"bomFormat": "CycloneDX", "components": [component]}),
        "lib.libs/libfoo.so": ELF,
    }
    row = Row(name="Foo", licence="MIT", files=["lib.libs/*"], cpe="foo_project:foo")
    assert inside(tmp_path, files, row) == (Component("Foo", "MIT", version, "", address, cpe),)


def test_what_is_not_in_this_wheel_is_not_told(tmp_path: Path) -> None:
    windows = Row(name="Foo", licence="MIT", files=["lib.libs/*.dll"])
    never = Row(name="Bar", files=[])
    sbom = {"bomFormat": "CycloneDX", "components": [{"name": "bar"}]}
    assert inside(tmp_path, {SBOM: json.dumps(sbom)}, windows, never) == ()


def test_a_jar_tells_what_it_was_made_of(tmp_path: Path) -> None:
    about = "#made\nversion=1.31.50\ngroupId=org.foo\nartifactId=core\n"
    content = jar(
        **{"META-INF/maven/org.foo/core/pom.properties": about, "org/foo/Foo.class": "\xca\xfe"}
    )
    row = Row(licence="MPL-2.0", files=["*!/org/foo/*", "*!/META-INF/maven/org.foo/*"])
    assert inside(tmp_path, {"lib/foo.jar": content}, row) == (
        Component("org.foo:core", "MPL-2.0", "1.31.50", address="pkg:maven/org.foo/core@1.31.50"),
    )


@pytest.mark.parametrize(
    ("heading", "title", "version"),
    [
        ("## zlib v1.3.1", "zlib", "1.3.1"),
        ("## PipeWire 1.3.81", "PipeWire", "1.3.81"),
        ("## Bert Belder: wepoll v 1.5.8", "Bert Belder: wepoll", "1.5.8"),
        ("## Independent JPEG Group: JPEG release 6b", "Independent JPEG Group: JPEG", "6b"),
        ("## The Unicode Standard, Version 16.0.0", "The Unicode Standard", "16.0.0"),
        ("## Mozilla Public Suffix List", "Mozilla Public Suffix List", ""),
        ("No heading", "foo", ""),
    ],
)
def test_notices_name_what_they_are_for(
    heading: str, title: str, version: str, tmp_path: Path
) -> None:
    files = {"lib/legal/foo.md": f"{heading}\n\n### License\n"}
    row = Row(licence="Zlib", files=["lib/legal/*"])
    assert inside(tmp_path, files, row) == (Component(title, "Zlib", version),)


def test_the_sbom_of_a_wheel_is_taken_in(tmp_path: Path) -> None:
    components = [
        {"name": "lib._c", "purl": "pkg:pypi/lib@1#c"},  # itself
        {"name": "made-with", "scope": "excluded"},
        {
            "name": "serde",
            "version": "1.0",
            "purl": "pkg:cargo/serde@1.0",
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
        },
        {"name": "jpeg", "licenses": [{"license": {"id": "IJG"}}, {"license": {"id": "Zlib"}}]},
        {"name": "libXau", "version": "1.0.9-3.el8"},
    ]
    files: dict[str, str | bytes] = {
        SBOM: json.dumps({"bomFormat": "CycloneDX", "components": components}),
        "lib.libs/libXau.so": ELF,
    }
    row = Row(name="libXau", licence="MIT-open-group", files=["lib.libs/libXau*"])
    assert inside(tmp_path, files, row) == (
        Component("libXau", "MIT-open-group", "1.0.9-3.el8"),
        Component("serde", "MIT OR Apache-2.0", "1.0", address="pkg:cargo/serde@1.0"),
        Component("jpeg", "IJG AND Zlib"),
    )


@pytest.mark.parametrize(
    "component",
    [{"name": "foo"}, {"name": "foo", "licenses": [{"license": {"name": "Foo's own"}}]}],
)
def test_a_component_without_a_licence_stops_the_making(
    component: dict[str, object], tmp_path: Path
) -> None:
    sbom = {"bomFormat": "CycloneDX", "components": [component]}
    with pytest.raises(UntoldError, match="foo in lib"):
        inside(tmp_path, {SBOM: json.dumps(sbom)})


def test_another_kind_of_sbom_stops_the_making(tmp_path: Path) -> None:
    with pytest.raises(UntoldError, match="no SBOM"):
        inside(tmp_path, {SBOM: json.dumps({"spdxVersion": "SPDX-2.3"})})


def test_the_table_has_expressions_alone() -> None:
    for name, rows in read_table().items():
        for row in rows:
            assert not row.licence or spdx(name, row.licence) == row.licence
            assert not (row.own and (row.name or row.licence)), row


# --- licences ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said", "expression"),
    [
        ("foo", "MIT", "MIT"),
        ("foo", "Apache-2.0 OR BSD-2-Clause", "Apache-2.0 OR BSD-2-Clause"),
        ("foo", "MIT License", "MIT"),
        ("cycler", "BSD License", "BSD-3-Clause"),
        (
            "reportlab",
            "BSD license (see license.txt for details), Copyright (c) 2000-2025, ReportLab Inc.",
            "BSD-3-Clause",
        ),
    ],
)
def test_words_become_expressions(name: str, said: str, expression: str) -> None:
    assert spdx(name, said) == expression


@pytest.mark.parametrize("said", ["BSD License", "Foo's own", "MIT AND Foo", ""])
def test_words_that_may_mean_several_licences_are_asked_about(said: str) -> None:
    with pytest.raises(UntoldError, match=r"foo: no SPDX .* add the expression to"):
        spdx("foo", said)


def test_all_that_is_untold_is_said_at_once(tmp_path: Path) -> None:
    wheels = [
        read_wheel(make_wheel(tmp_path, "a", "1", licence="Its own")),
        read_wheel(make_wheel(tmp_path, "b", "1", licence="MIT", package={"b.libs/x.so": ELF})),
        read_wheel(make_wheel(tmp_path, "c", "1", licence="MIT")),
    ]
    with pytest.raises(UntoldError) as caught:
        parts_of(wheels, LINUX)
    said = str(caught.value)
    assert "a: no SPDX" in said
    assert "b.libs/x.so" in said
    (part,) = parts_of(wheels[2:], LINUX)
    assert (part.licence, part.inside) == ("MIT", ())
