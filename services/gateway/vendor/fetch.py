# ruff: noqa: INP001 - a script of its own, no package
"""Fetch what of others the page serves or draws from, check it by `vendored.toml`, and write it to its place.

It comes from the npm registry that npm is set up for, as tarballs: nothing in a package is run. Run by `make vendor`.
"""

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GATEWAY = HERE.parent / "watchfloor_gateway"
Package = Mapping[str, Any]


class Unexpected(Exception):
    """What was fetched is not what `vendored.toml` names."""


def packages() -> list[Package]:
    """The packages that `vendored.toml` names, each with its files."""
    found: list[Package] = tomllib.loads((HERE / "vendored.toml").read_text())["package"]
    return found


def place(package: Package, file: Mapping[str, str]) -> Path:
    """Where a file of a package is written."""
    return GATEWAY / str(package["into"]) / file["name"]


def integrity(tarball: bytes) -> str:
    """As npm writes it (Subresource Integrity).

    >>> integrity(b"")[:20]
    'sha512-z4PhNX7vuL3xV'
    """
    return "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()


def fetch(package: Package, folder: Path) -> bytes:
    """The tarball of a package by npm. Raises Unexpected where it is another one than was once looked at."""
    named = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--ignore-scripts", named]
    written = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - names of ours
    tarball = (folder / written.stdout.split()[-1]).read_bytes()
    _demand(f"the integrity of {named}", integrity(tarball), package["integrity"])
    return tarball


def unpack(package: Package, tarball: Path) -> None:
    """Check and write the files of a package."""
    with tarfile.open(tarball) as archive:
        for file in package["file"]:
            member = archive.extractfile(f"package/{file['path']}")
            if member is None:
                raise Unexpected(f"{package['name']} holds no file {file['path']}")
            content = member.read()
            _demand(f"the SHA-256 of {file['path']}", hashlib.sha256(content).hexdigest(), file["sha256"])
            place(package, file).parent.mkdir(parents=True, exist_ok=True)
            place(package, file).write_bytes(content)


def _demand(what: str, found: str, named: str) -> None:
    if found != named:
        raise Unexpected(f"{what} is {found}, vendored.toml names {named or 'none'}")


def main() -> None:
    """Fetch all. Ends with a sentence where something is not as named; what was written before stays."""
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            tarball = Path(folder) / "fetched.tgz"
            tarball.write_bytes(fetch(package, Path(folder)))
            unpack(package, tarball)


if __name__ == "__main__":
    try:
        main()
    except Unexpected as error:
        sys.exit(f"error: {error}")
