#!/usr/bin/env python3
"""Hold what we write against readers that others wrote: mt-940, ofxtools, febelfin-coda and pyiso20022 from PyPI.

usage: independent.py FOLDER      FOLDER: NAME.expected.json with NAME.mt940, NAME.ofx, NAME.coda, NAME.camt053 beside it
       independent.py --install   make the private environment (target/independent-readers), then stop

The environment is looked for in $PASSERELLE_INDEPENDENT_READERS, else in target/independent-readers. A reader that is
not installed is named on a line that begins with SKIPPED. Exit 0 when all that ran agree, 1 when one disagrees.
"""
import dataclasses
import enum
import json
import os
import re
import subprocess
import sys
import typing
import venv
import xml.etree.ElementTree
from decimal import Decimal
from pathlib import Path

READERS = ["mt-940==5.1.1", "ofxtools==1.1.1", "febelfin-coda==0.5.0", "pyiso20022==1.6.2", "xsdata==26.10"]
ROOT = Path(__file__).resolve().parents[3]
PLACE = Path(os.environ.get("PASSERELLE_INDEPENDENT_READERS") or ROOT / "target" / "independent-readers")

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def install():
    """Makes the environment once. Without a network that is said, and soon; it fails nothing."""
    done = PLACE / "installed"
    if done.exists() and done.read_text().split() == READERS:
        return
    try:
        venv.create(PLACE, with_pip=True)
        pip = [PLACE / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--retries", "1", "--timeout", "20", *READERS], check=True, timeout=600)
        done.write_text("\n".join(READERS))
    except Exception as why:  # no network, no pip, no room: whatever it is, the tests that need this say SKIPPED
        print(f"SKIPPED installing {', '.join(READERS)}: {why}")


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
    """Read with the classes that others generated from the official schema, whose rules stand in them."""
    from pyiso20022.camt import camt_053_001_08 as schema
    tree = xml.etree.ElementTree.parse(path)
    broken = broken_rule(tree.getroot(), schema.Document, "Document")
    if broken:
        raise ValueError(broken)
    official = os.environ.get("PASSERELLE_CAMT053_XSD")
    if official:
        done = subprocess.run(["xmllint", "--noout", "--schema", official, str(path)], capture_output=True, text=True)
        if done.returncode:
            raise ValueError(done.stderr[:2000])
    from xsdata.formats.dataclass.parsers import XmlParser
    statement = XmlParser().from_path(path, schema.Document).bk_to_cstmr_stmt.stmt[0]
    signed = lambda part: str(part.amt.value if part.cdt_dbt_ind.value == "CRDT" else -part.amt.value)
    balance = {kind.tp.cd_or_prtry.cd: signed(kind) for kind in statement.bal}
    return {
        "account": statement.acct.id.iban,
        "opening": balance.get("OPBD"),
        "closing": balance.get("CLBD"),
        "entries": [[str(entry.bookg_dt.dt), signed(entry), None] for entry in statement.ntry],
    }


def broken_rule(element, kind, path):
    """The first rule of the schema that an element or what is in it breaks: `kind` is the class made for its type."""
    fields = dataclasses.fields(kind)
    hints = typing.get_type_hints(kind)
    for attribute in (field for field in fields if field.metadata.get("type") == "Attribute"):
        value = element.get(attribute.metadata["name"])
        if value is None and attribute.metadata.get("required"):
            return f"{path} has no {attribute.metadata['name']}"
        if value is not None and not allowed(value, attribute.metadata, hints[attribute.name]):
            return f"{path}/@{attribute.metadata['name']} is {value!r}"
    text = next((field for field in fields if "type" not in field.metadata and "name" not in field.metadata), None)
    if text:
        fits = allowed(element.text or "", text.metadata, hints[text.name])
        return None if fits else f"{path} is {element.text!r}"
    order = [field for field in fields if field.metadata.get("type") == "Element"]
    places = {field.metadata.get("name", field.name): place for place, field in enumerate(order)}
    before, seen = 0, {}
    for child in element:
        name = child.tag.split("}")[-1]
        if child.tag != f"{{{NAMESPACE}}}{name}" or name not in places:
            return f"{path} may not hold {child.tag}"
        place = places[name]
        if place < before:
            return f"{path}/{name} comes too late"
        before = place
        seen[name] = seen.get(name, 0) + 1
        field = order[place]
        inner = [part for part in typing.get_args(hints[field.name]) if part is not type(None)] or [hints[field.name]]
        most = field.metadata.get("max_occurs", 10**9 if typing.get_origin(hints[field.name]) is list else 1)
        if seen[name] > most:
            return f"{path}/{name} comes {seen[name]} times"
        if dataclasses.is_dataclass(inner[0]):
            broken = broken_rule(child, inner[0], f"{path}/{name}")
            if broken:
                return broken
        elif len(child) or not allowed(child.text or "", field.metadata, inner[0]):
            return f"{path}/{name} is {child.text!r}"
    for name, place in places.items():
        least = 1 if order[place].metadata.get("required") else order[place].metadata.get("min_occurs", 0)
        if seen.get(name, 0) < least:
            return f"{path} has no {name}"
    if kind.__name__.endswith("Choice") and len(seen) != 1:
        return f"{path} holds {sorted(seen)}, and one of its alternatives was wanted"
    return None


def allowed(text, rules, kind):
    """Whether a text fits its simple type."""
    kind = next((part for part in typing.get_args(kind) if part is not type(None)), kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return text in {member.value for member in kind}
    if kind is bool:
        return text in ("true", "false", "0", "1")
    if kind is Decimal:
        whole, _, fraction = text.lstrip("+-").partition(".")
        digits = len(whole.lstrip("0")) + len(fraction)
        return (
            re.fullmatch(r"[+-]?\d+(\.\d*)?", text) is not None
            and digits <= rules.get("total_digits", 99)
            and len(fraction) <= rules.get("fraction_digits", 99)
            and Decimal(text) >= rules.get("min_inclusive", Decimal("-Infinity"))
        )
    if kind is not str:
        try:
            kind.from_string(text)
        except ValueError:
            return False
        return True
    return (
        rules.get("min_length", 0) <= len(text) <= rules.get("max_length", 10**9)
        and re.fullmatch(rules.get("pattern", ".*"), text, re.DOTALL) is not None
    )


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
