"""No secret lies in the repository's files. detect-secrets has the patterns of two dozen vendors, and of entropy."""

import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ALLOWED: list[dict[str, Any]] = tomllib.loads((HERE / "secrets.toml").read_text("utf-8"))["allowed"]
HASHES_ALONE = {"uv.lock", "deploy/local/watchfloor_local/jars.lock", "tests/supply_chain/secrets.toml"}
"""Files that are made of hashes."""


def kept() -> list[str]:
    """The files that git has, or would take."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as failure:
        pytest.skip(f"git does not say which files are the repository's: {failure}")
    names = [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
    return sorted(set(names) - HASHES_ALONE)


def finds(root: Path, names: list[str]) -> list[tuple[str, PotentialSecret]]:
    """What looks like a secret, with the file it is in."""
    secrets = SecretsCollection(str(root))
    with default_settings():
        secrets.scan_files(*names)
    return [(name, secret) for name, secret in secrets if secret.type]


def is_meant(entry: dict[str, Any], name: str, secret: PotentialSecret) -> bool:
    """Whether an entry of the allow list is about this find."""
    hashed = entry.get("hashed")
    return (
        fnmatch(name, entry["path"])
        and secret.type == entry["kind"]
        and (hashed is None or any(secret.secret_hash.startswith(start) for start in hashed))
    )


def test_no_secret_lies_in_the_repository() -> None:
    found = finds(ROOT, kept())
    unknown = [
        f"{name}:{secret.line_number}: {secret.type} ({secret.secret_hash[:12]})"
        for name, secret in found
        if not any(is_meant(entry, name, secret) for entry in ALLOWED)
    ]
    unused = [entry for entry in ALLOWED if not any(is_meant(entry, name, secret) for name, secret in found)]
    assert unknown == [], "remove and revoke it; or, where it is none, say why in secrets.toml"
    assert unused == []


# In pieces, so that no scanner takes this file for what it looks for.
PLANTED = {
    "AWS Access Key": "key = '" + "AKIA" + "QYLPMN5HNM4OX3KD" + "'",
    "GitHub Token": "token: " + "ghp_" + "wWPw5k4aXcaT4" * 2 + "fNP0UcnZwJ",
    "Private Key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "Basic Auth Credentials": "https://" + "desk:Tr0ub4dor@broker.example/",
    "Slack Token": "xox" + "b-" + "123456789012-" * 2 + "abcdefghijkl" * 2,
    "Secret Keyword": "pass" + "word = 'hunter2-and-more'",
}


@pytest.mark.parametrize(("kind", "line"), PLANTED.items())
def test_a_secret_that_is_planted_is_found(kind: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(line + "\n", "utf-8")
    assert kind in {secret.type for _, secret in finds(tmp_path, ["settings.py"])}


def test_every_exception_has_its_reason() -> None:
    assert all(entry["reason"] for entry in ALLOWED)
