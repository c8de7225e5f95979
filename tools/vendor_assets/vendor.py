"""Build and copy the front-end assets that the desk ships, and write their manifest.

Run by hand when a pin in ``package.json`` changes::

    python tools/vendor_assets/vendor.py

Needs ``node`` and ``npm`` on the machine that vendors, and nowhere else: the results are
committed, and neither an install nor a test runs Node. The packages' own scripts are never
run, and no lock file is kept, because it would hold the addresses of a registry; the manifest
holds the digest of every file instead, and ``check`` compares them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STATIC = ROOT / "src/rogatory_node/look/static/rogatory_node"
FOR_TESTS = ROOT / "tests/browser/vendor"


class Asset(NamedTuple):
    """One file that is kept, and the package it comes from."""

    package: str
    source: str
    target: str
    licence: str


SHIPPED = (
    Asset("govuk-frontend", "govuk-frontend.min.css", "govuk-frontend.min.css", "MIT"),
    Asset("govuk-frontend", "govuk-frontend.rtl.min.css", "govuk-frontend.rtl.min.css", "MIT"),
    Asset(
        "govuk-frontend",
        "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js",
        "govuk-frontend.min.js",
        "MIT",
    ),
    Asset("htmx.org", "node_modules/htmx.org/dist/htmx.min.js", "htmx.min.js", "0BSD"),
    Asset("htmx.org", "node_modules/htmx.org/dist/ext/hx-sse.min.js", "hx-sse.min.js", "0BSD"),
    Asset("htmx.org", "node_modules/htmx.org/LICENSE", "licences/htmx.txt", "0BSD"),
    Asset("govuk-frontend", "govuk-frontend.LICENSE.txt", "licences/govuk-frontend.txt", "MIT"),
)
TESTING = (
    Asset("axe-core", "node_modules/axe-core/axe.min.js", "axe.min.js", "MPL-2.0"),
    Asset("axe-core", "node_modules/axe-core/LICENSE", "axe.LICENSE.txt", "MPL-2.0"),
)


def build(folder: Path) -> None:
    """Install the pinned packages into ``folder`` and build both style sheets there."""
    for name in ("package.json", "rogatory.scss", "govuk-frontend.LICENSE.txt"):
        shutil.copy(HERE / name, folder)

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    run("npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund")
    sheet, mirrored = "govuk-frontend.min.css", "govuk-frontend.rtl.min.css"
    run(
        "npx",
        "--no-install",
        "sass",
        "--no-source-map",
        "--style=compressed",
        "--load-path=node_modules",
        "rogatory.scss",
        sheet,
    )
    run("npx", "--no-install", "rtlcss", sheet, mirrored)


def copy(assets: tuple[Asset, ...], source: Path, target: Path) -> None:
    """Copy the assets without their source-map lines, and write ``VENDORED.json`` beside them."""
    pins = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    rows = []
    for asset in assets:
        to = target / asset.target
        to.parent.mkdir(parents=True, exist_ok=True)
        text = (source / asset.source).read_text(encoding="utf-8-sig")
        kept = "\n".join(line for line in text.splitlines() if not line.startswith("//# sourceMappingURL"))
        kept = kept.split("//# sourceMappingURL", 1)[0].rstrip() + "\n"
        to.write_text(kept, encoding="utf-8")
        rows.append(
            {
                "file": asset.target,
                "name": asset.package,
                "version": pins[asset.package],
                "licence": asset.licence,
                "sha256": hashlib.sha256(to.read_bytes()).hexdigest(),
            }
        )
    text = json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    (target / "VENDORED.json").write_text(text, encoding="utf-8")


def check(target: Path) -> list[str]:
    """Return the files under ``target`` that differ from their manifest; empty when all agree."""
    rows = json.loads((target / "VENDORED.json").read_text(encoding="utf-8"))
    return [
        row["file"]
        for row in rows
        if hashlib.sha256((target / row["file"]).read_bytes()).hexdigest() != row["sha256"]
    ]


def main(arguments: list[str]) -> int:
    """Vendor everything, or with ``check`` only compare what is kept with the manifests."""
    if arguments == ["check"]:
        changed = check(STATIC) + check(FOR_TESTS)
        print("\n".join(f"changed since vendoring: {name}" for name in changed) or "all as vendored")
        return 1 if changed else 0
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        copy(SHIPPED, Path(folder), STATIC)
        copy(TESTING, Path(folder), FOR_TESTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
