"""Pulls every account of a hub with Python's requests, call by call as Odoo's community module for Ponto does.

Usage: oca.py HUB CLIENT_ID CLIENT_SECRET. Prints one JSON object: lines per account number.
"""

import base64
import json
import sys
from datetime import datetime

import requests

HUB, CLIENT_ID, CLIENT_SECRET = sys.argv[1:4]


def log_in():
    pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    answer = requests.post(
        f"{HUB}/oauth2/token",
        params={"grant_type": "client_credentials"},
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Authorization": f"Basic {pair}",
        },
        timeout=60,
    )
    assert answer.request.headers["Content-Length"] == "0" and not answer.request.body
    told = read(answer)
    assert isinstance(told["expires_in"], int) and told["expires_in"] > 60, told
    return {"Accept": "application/json", "Authorization": f"Bearer {told['access_token']}"}


def read(answer):
    assert answer.status_code in (200, 201), f"{answer.status_code}: {answer.text}"
    return json.loads(answer.text)


def lines_of(account, headers):
    params = {"limit": 100}
    seen = []
    while True:
        url = f"{HUB}/accounts/{account}/transactions"
        rows = read(requests.get(url, params=params, headers=headers, timeout=(60, 300)))["data"]
        if not rows:
            return seen
        for row in rows:
            told = row["attributes"]
            for name in ("executionDate", "valueDate"):
                datetime.strptime(told[name], "%Y-%m-%dT%H:%M:%S.%fZ")
            assert isinstance(told["amount"], (int, float)), told
            texts = [told.get(name) or "" for name in ("description", "counterpartName", "counterpartReference")]
            assert told.get("remittanceInformation", " ".join(texts)) is not None, told
        seen += [row["id"] for row in rows]
        params["after"] = rows[-1]["id"]


headers = log_in()
accounts = read(requests.get(f"{HUB}/accounts", params={"limit": 100}, headers=headers, timeout=60))["data"]
pulled = {}
for account in accounts:
    number = account["attributes"]["reference"].replace(" ", "").upper()
    ids = lines_of(account["id"], headers)
    assert len(ids) == len(set(ids)), f"{number} has a row twice"
    pulled[f"{number} {account['attributes']['currency']}"] = len(ids)
print(json.dumps(pulled))
