#!/usr/bin/env python3
"""Hold the running hub against docs/openapi.json, with schemathesis from PyPI.

usage: run.py BINARY       BINARY: the program passerelle
       run.py --install    make the private environment (target/schemathesis), then stop

Starts the demo on free ports of this machine, gets a token of a custom integration and one of an application, and has
every operation called with what exists and with whatever the schema allows or forbids. A 5xx, an undocumented status or
header, or a body that the schema does not have fails the run, and so does taking longer than two minutes. What is sent
is the same in each run. The environment is looked for in $PASSERELLE_SCHEMATHESIS, else in target/schemathesis.
"""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import venv
from pathlib import Path

TOOL = "schemathesis==4.32.5"
ROOT = Path(__file__).resolve().parents[2]
PLACE = Path(os.environ.get("PASSERELLE_SCHEMATHESIS") or ROOT / "target" / "schemathesis")
SCHEMA = ROOT / "docs" / "openapi.json"
SECONDS = 120
# The other checks judge a style of API (which header is missing first, what a deleted thing answers), not this one.
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "ignored_auth", "unsupported_method",
]


def install():
    """Makes the environment once."""
    done = PLACE / "installed"
    if done.exists() and done.read_text() == TOOL:
        return
    venv.create(PLACE, with_pip=True)
    pip = [PLACE / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--retries", "2", "--timeout", "20", TOOL], check=True, timeout=600)
    done.write_text(TOOL)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Demo:
    """The demo, its story told."""

    def __init__(self, binary):
        self.folder = tempfile.TemporaryDirectory(prefix="passerelle-schema-")
        self.binary = binary
        ports = [(party, free_port()) for party in ("hub", "books", "sandbox")]
        listening = [word for party, port in ports for word in (f"--{party}-listen", f"127.0.0.1:{port}")]
        command = [binary, "demo", "--json", "--data", self.folder.name, "--transactions", "600", *listening]
        self.process = subprocess.Popen([*command, "--hub-requests-per-minute", "0"], stdout=subprocess.PIPE)
        self.report = json.loads(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{ports[0][1]}"

    def register(self):
        """An application that no organization has connected, as the operator registers it."""
        words = ["--client-id", "schema", "--name", "Schema", "--redirect-uri", "https://schema.example/back"]
        command = [self.binary, "application", "--data", self.folder.name, *words]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return re.search(r"client secret {2}(\S+)", printed).group(1)

    def token(self, client_id, client_secret):
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        body = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{self.url}/oauth2/token", body) as answer:
            return json.load(answer)["access_token"]

    def get(self, path, token):
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["data"]

    def post(self, path, token, attributes):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        body = json.dumps({"data": {"attributes": attributes}}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, body, headers)) as answer:
            return json.load(answer)["data"]

    def end(self):
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()


def what_exists(demo, token):
    """Ids of things that the token may read, by the names of the schema's placeholders."""
    account = demo.get("/accounts", token)[0]
    institution = account["relationships"]["financialInstitution"]["data"]["id"]
    movements = f"/sandbox/financial-institutions/{institution}/financial-institution-accounts/{account['id']}"
    asked = {"resourceType": "account", "resourceId": account["id"], "subtype": "accountTransactionsWithUnsettled"}
    synchronization = demo.post("/synchronizations", token, {**asked, "customerIpAddress": "203.0.113.7"})
    pending = demo.get(f"/accounts/{account['id']}/pending-transactions", token)
    ids = {
        "account": account["id"],
        "institution": institution,
        "transaction": demo.get(f"/accounts/{account['id']}/transactions", token)[0]["id"],
        "synchronization": synchronization["id"],
        "movement": demo.get(f"{movements}/financial-institution-transactions", token)[0]["id"],
        "month": "2026-03",
    }
    return {**ids, "pending": pending[0]["id"]} if pending else ids


def settings(folder, tokens, ids):
    """A settings file of schemathesis: who calls, and which ids its paths have."""
    lines = ["[auth.openapi.organizationToken]", f'bearer = "{tokens[0]}"']
    lines += ["[auth.openapi.applicationToken]", f'bearer = "{tokens[1]}"']
    lines += ["[checks]", "enabled = false"] + [f"{check}.enabled = true" for check in CHECKS]
    # Readers may repeat a query key and ask from a cursor that is none: the answer is a page, on purpose.
    lines += ["[[operations]]", 'include-method = "GET"', "checks.negative_data_rejection.enabled = false"]
    if ids:
        lines += ["[parameters]"] + [f'"path.{name}" = "{value}"' for name, value in ids.items()]
    path = Path(folder) / ("with-ids.toml" if ids else "without-ids.toml")
    path.write_text("\n".join(lines) + "\n")
    return path


def run(demo, config, examples, deadline, more, schema=SCHEMA, **how):
    tool = [PLACE / "bin" / "schemathesis", "--config-file", config, "run", schema, "--url", demo.url]
    known = ["--generation-deterministic", "--max-examples", str(examples)]
    quiet = ["--continue-on-failure", "--no-color", "--warnings", "off", "--suppress-health-check", "all"]
    left = deadline - time.monotonic()
    return subprocess.run([*tool, *known, *quiet, *more], timeout=left, cwd=demo.folder.name, **how).returncode


def notices(demo, config, deadline):
    """Whether a lie in the schema is noticed: an account's number that is none, and a refusal that is not told."""
    def broken(name, lie):
        document = json.loads(SCHEMA.read_text())
        lie(document)
        path = Path(demo.folder.name) / f"{name}.json"
        path.write_text(json.dumps(document))
        more = ["--include-path", "/accounts", "--phases", "coverage,fuzzing"]
        return run(demo, config, 3, deadline, more, path, stdout=subprocess.DEVNULL) != 0

    def number(document):
        document["components"]["schemas"]["Account"]["properties"]["reference"] = {"type": "integer"}

    def silence(document):
        del document["paths"]["/accounts"]["get"]["responses"]["400"]

    return broken("wrong-type", number) and broken("untold-refusal", silence)


def main(binary):
    install()
    demo = Demo(binary)
    try:
        own = demo.report["custom_integration"]
        organization = demo.token(own["client_id"], own["client_secret"])
        tokens = (organization, demo.token("schema", demo.register()))
        ids = what_exists(demo, organization)
        started = time.monotonic()
        deadline = started + SECONDS
        existing = settings(demo.folder.name, tokens, ids)
        anything = settings(demo.folder.name, tokens, {})
        # What exists must survive the first round.
        failed = run(demo, existing, 12, deadline, ["--exclude-method", "DELETE", "--phases", "coverage,fuzzing"])
        if not notices(demo, existing, deadline):
            print("schema: lies in it were not noticed, so nothing was tested")
            failed = True
        failed = run(demo, anything, 6, deadline, ["--phases", "coverage,fuzzing,stateful"]) or failed
        print(f"schema: {'violated' if failed else 'kept'}, in {time.monotonic() - started:.0f} s")
        return 1 if failed else 0
    except subprocess.TimeoutExpired:
        print(f"schema: not done within {SECONDS} s")
        return 1
    finally:
        demo.end()


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    elif len(sys.argv) == 2:
        sys.exit(main(sys.argv[1]))
    else:
        sys.exit(__doc__)
