"""The code of others that is served is byte for byte what was looked at, and comes with its licence."""

import hashlib
import importlib.util
import io
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

FETCH = Path(__file__).parents[1] / "vendor" / "fetch.py"


def fetch() -> ModuleType:
    found = importlib.util.spec_from_file_location("vendor_fetch", FETCH)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_vendored_file_has_its_checksum() -> None:
    vendor = fetch()
    for package in vendor.packages():
        for file in package["file"]:
            content = vendor.place(package, file).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"], f"{file['name']}: run `make vendor`"


def test_every_package_comes_with_its_licence() -> None:
    vendor = fetch()
    for package in vendor.packages():
        assert package["licence"]
        assert any(file["name"].startswith("LICENSE") for file in package["file"])


def test_another_tarball_and_another_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = fetch()
    monkeypatch.setattr(vendor, "GATEWAY", tmp_path)
    tarball = tmp_path / "package.tgz"
    with tarfile.open(tarball, "w:gz") as archive:
        info = tarfile.TarInfo("package/dist/x.js")
        info.size = len(b"alert(1)")
        archive.addfile(info, io.BytesIO(b"alert(1)"))
    file = {"path": "dist/x.js", "name": "x.js", "sha256": hashlib.sha256(b"x").hexdigest()}
    with pytest.raises(vendor.Unexpected, match=r"SHA-256 of dist/x\.js"):
        vendor.unpack({"name": "x", "into": "there", "file": [file]}, tarball)
    assert not (tmp_path / "there").exists()
    assert vendor.integrity(tarball.read_bytes()) not in {package["integrity"] for package in vendor.packages()}


def test_nothing_else_lies_among_them() -> None:
    vendor = fetch()
    named = {vendor.place(package, file) for package in vendor.packages() for file in package["file"]}
    folders = {vendor.place(package, file).parent for package in vendor.packages() for file in package["file"]}
    assert {path for folder in folders for path in folder.iterdir()} == named
