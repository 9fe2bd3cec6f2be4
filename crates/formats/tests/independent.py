#!/usr/bin/env python3
"""Hold what we write against readers that others wrote: mt-940, ofxtools and febelfin-coda from PyPI.

usage: independent.py FOLDER      FOLDER: NAME.expected.json with NAME.mt940, NAME.ofx, NAME.coda, NAME.camt053 beside it
       independent.py --install   make the private environment (target/independent-readers), then stop

The environment is looked for in $PASSERELLE_INDEPENDENT_READERS, else in target/independent-readers. A reader that is
not installed is named on a line that begins with SKIPPED. Exit 0 when all that ran agree, 1 when one disagrees.
"""
import json
import os
import subprocess
import sys
import venv
from decimal import Decimal
from pathlib import Path

READERS = ["mt-940==5.1.1", "ofxtools==1.1.1", "febelfin-coda==0.5.0"]
ROOT = Path(__file__).resolve().parents[3]
PLACE = Path(os.environ.get("PASSERELLE_INDEPENDENT_READERS") or ROOT / "target" / "independent-readers")


def install():
    venv.create(PLACE, with_pip=True)
    subprocess.run([PLACE / "bin" / "pip", "install", "--quiet", *READERS], check=True)


def mt940(path):
    import mt940
    statements = mt940.parse(str(path), encoding="utf-8")
    data = statements.data
    opening = data["final_opening_balance"]
    closing = data["final_closing_balance"]
    return {
        "account": data["account_identification"],
        "opening": str(opening.amount.amount),
        "closing": str(closing.amount.amount),
        "entries": [
            [str(t.data["entry_date"]), str(t.data["amount"].amount), None] for t in statements.transactions
        ],
    }


def ofx(path):
    from ofxtools.Parser import OFXTree
    tree = OFXTree()
    tree.parse(str(path))
    statement = tree.convert().statements[0]
    return {
        "account": statement.account.acctid,
        "opening": None,
        "closing": str(statement.ledgerbal.balamt),
        "entries": [
            [str(t.dtposted.date()), str(t.trnamt), t.extdname or t.name]
            if hasattr(t, "extdname") else [str(t.dtposted.date()), str(t.trnamt), t.name]
            for t in (statement.banktranlist or [])
        ],
    }


def coda(path):
    from coda import CODA
    statement = CODA(str(path), encoding="windows-1252").statements[0]
    return {
        "account": statement.account,
        "opening": str(statement.old_balance),
        "closing": str(statement.new_balance),
        "entries": [[str(m.entry_date), str(m.amount), m.counterparty_name or None] for m in statement.moves],
    }


def camt053(path):
    """The schema as an independent reader sees it, when the schema is there; our own copy is not kept."""
    schema = os.environ.get("PASSERELLE_CAMT053_XSD")
    if not schema:
        raise ImportError("PASSERELLE_CAMT053_XSD does not name camt.053.001.08.xsd")
    done = subprocess.run(["xmllint", "--noout", "--schema", schema, str(path)], capture_output=True, text=True)
    if done.returncode:
        raise ValueError(done.stderr[:2000])
    return None


def same(expected, found):
    number = lambda text: None if text is None else Decimal(text)
    if found["account"].replace(" ", "") != expected["account"]:
        return f"account {found['account']}"
    for side in ("opening", "closing"):
        if found[side] is not None and number(found[side]) != number(expected[side]):
            return f"{side} {found[side]}, expected {expected[side]}"
    if len(found["entries"]) != len(expected["entries"]):
        return f"{len(found['entries'])} entries, expected {len(expected['entries'])}"
    for index, (got, want) in enumerate(zip(found["entries"], expected["entries"])):
        if got[0] != want[0] or number(got[1]) != number(want[1]):
            return f"entry {index + 1}: {got}, expected {want}"
        if got[2] is not None and want[2] is not None and got[2] != want[2]:
            return f"entry {index + 1}: {got[2]}, expected {want[2]}"
    return None


def main():
    if sys.argv[1:] == ["--install"]:
        return install()
    site = list((PLACE / "lib").glob("python3*/site-packages")) if PLACE.exists() else []
    sys.path[:0] = map(str, site)
    bad = 0
    for read in (mt940, ofx, coda, camt053):
        agreed = 0
        for expected_path in sorted(Path(sys.argv[1]).glob("*.expected.json")):
            path = expected_path.with_name(expected_path.name.replace("expected.json", read.__name__))
            if not path.exists():
                continue
            try:
                found = read(path)
            except (ImportError, FileNotFoundError) as missing:
                print(f"SKIPPED {read.__name__}: {missing} (run crates/formats/tests/independent.py --install)")
                agreed = None
                break
            except Exception as refused:  # a reader that chokes on our file disagrees with it
                found, why = None, f"refused: {type(refused).__name__}: {refused}"
            else:
                why = found and same(json.loads(expected_path.read_text()), found)
            if why:
                bad += 1
                print(f"DISAGREES {path.name}: {why}")
            else:
                agreed += 1
        if agreed is not None:
            print(f"{read.__name__}: {agreed} files agree")
    return 1 if bad else 0


sys.exit(main())
