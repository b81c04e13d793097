"""Follows the first page of the folder for Linux, where there is no network; tells what came.

Run in a namespace of its own, with the folder and the person's own folder.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path


def run(*command: str | Path, folder: Path | None = None) -> str:
    """Run a command, and return what it prints."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, check=False)
    if done.returncode:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main(carried: Path, user: Path) -> None:
    """Install, read the handbook, build a sample, check it, open the workbench, and remove."""
    told: dict[str, object] = {"network": [name for _, name in socket.if_nameindex()]}
    run("sh", carried / "導入.sh")
    work, samples = user / "kpireport", user / "見本"
    shutil.copytree(carried / "見本", samples)

    page = re.search("手引: (.+)", run("sh", work / "手引.sh"))
    told["handbook"] = Path(page[1]).read_text(encoding="utf-8")[:40].lower() if page else ""
    typed = "kpireport build reports/2021\nkpireport check-pdf reports/2021/out/review-2021.pdf\n"
    checked = subprocess.run(
        ["sh", work / "コマンド.sh", samples],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    told["conforming"] = checked.count("適合しています")
    told |= opened(work / "開く.sh", samples)
    told["removed"] = "取り外しました。" in run("sh", work / "取り外す.sh")
    told["places"] = sorted(path.name for path in user.iterdir())
    print(json.dumps(told, ensure_ascii=False))  # noqa: T201


def opened(script: Path, samples: Path) -> dict[str, object]:
    """Open the samples, ask for the first page as the browser does, and try to remove."""
    with subprocess.Popen(
        ["sh", script, samples], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:(\d+)(\S+)", process.stdout.readline())
        assert address
        connection = HTTPConnection("127.0.0.1", int(address[1]))
        connection.request("GET", address[2])
        entered = connection.getresponse()
        entered.read()
        cookie = entered.headers["Set-Cookie"].partition(";")[0]
        connection.request("GET", entered.headers["Location"], headers={"Cookie": cookie})
        told = {"status": connection.getresponse().status, "listening": listening()}
        removal = ("sh", script.with_name("取り外す.sh"))
        refused = subprocess.run(removal, capture_output=True, encoding="utf-8", check=False)
        told["refused"] = [refused.returncode, f"kpireport open {samples}" in refused.stdout]
        process.terminate()
    return told


def listening() -> list[str]:
    """Return the addresses that anything in this namespace listens on."""
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if table.startswith("udp") or state == "0A":  # as the kernel has it: listening
                number = bytes.fromhex(local.partition(":")[0])
                is_four = len(number) == 4
                found.add(socket.inet_ntoa(number[::-1]) if is_four else number.hex())
    return sorted(found)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
