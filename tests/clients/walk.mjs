// Strict clients that others wrote, against the running program on this machine: oauth4webapi for OAuth, jose for the
// signatures of webhooks, Python's requests as Odoo's community module uses it. Usage: node walk.mjs BINARY PYTHON
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { freePort, startDemo } from "../browser/party.mjs";
import { Person } from "./person.mjs";

const [binary, python] = process.argv.slice(2);
if (!python) {
  console.error("usage: node walk.mjs BINARY PYTHON");
  process.exit(2);
}

const BACK = "http://127.0.0.1:8123/back?tenant=7";
// The program speaks plain HTTP on this machine; the client has to be told that this is meant.
const plain = { [oauth.allowInsecureRequests]: true };
const steps = [];

/** Where events arrive, with the raw bytes that were signed. */
const events = [];
const hookPort = await freePort();
const hook = createServer((request, answer) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    events.push({ signature: request.headers.signature, body: Buffer.concat(parts) });
    answer.writeHead(204).end();
  });
}).listen(hookPort, "127.0.0.1");

const demo = await startDemo(binary, ["--transactions", "900", "--hub-webhooks-to-private-addresses", "true"]);
try {
  await step("Odoo's calls with Python's requests", odoo);
  const software = register("ledger", ["--webhook", `http://127.0.0.1:${hookPort}/hook`]);
  const native = register("pocket", ["--native"]);
  const server = await discover();
  const person = new Person(demo.report.hub_url);
  await person.logIn(demo.report.login);
  const way = { server, person, client: { client_id: software.id }, proof: oauth.ClientSecretBasic(software.secret) };
  await step("code with PKCE, introspection and refresh", () => codeAndRefresh(way));
  await step("a replayed refresh token ends its family", () => replayedRefresh(way));
  await step("a replayed code ends its family", () => replayedCode(way));
  await step("native software on a free port", () => withoutSecret({ ...way, client: { client_id: native.id }, proof: oauth.None() }));
  await step("an application's own token, secret in the body", () => ownToken(way, software));
  await step("events are signed", () => signedEvents(software));
  await step("revocation ends the integration", () => revocation(way));
} finally {
  hook.close();
  await demo.end();
}
console.log(`clients of others: ${steps.length} steps passed`);

async function step(name, run) {
  await run();
  steps.push(name);
  console.log(`  ${name}`);
}

/** Registers an application as an operator does, while the hub runs. */
function register(id, more) {
  const words = ["application", "--data", demo.data, "--client-id", id, "--name", `Software ${id}`, "--redirect-uri", BACK];
  const printed = execFileSync(binary, [...words, ...more], { encoding: "utf8" });
  return { id, secret: /client secret {2}(\S+) {3}\(shown/.exec(printed)?.[1] };
}

async function discover() {
  const issuer = new URL(demo.report.hub_url);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...plain });
  return oauth.processDiscoveryResponse(issuer, answer);
}

/** From the authorization page to tokens, checked by the client at every step. */
async function authorize({ server, person, client, proof }, { back = BACK, scope = "offline_access ai name", wanted } = {}) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const address = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: client.client_id,
    redirect_uri: back,
    response_type: "code",
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  const consent = await person.allow(address, wanted);
  // This refuses an answer of another issuer (RFC 9207) or with another state.
  const answer = oauth.validateAuthResponse(server, client, consent.back, state);
  const exchange = async () => {
    const sent = await oauth.authorizationCodeGrantRequest(server, client, proof, answer, back, verifier, plain);
    return oauth.processAuthorizationCodeResponse(server, client, sent);
  };
  return { tokens: await exchange(), exchange, ticked: consent.ticked };
}

async function refresh({ server, client, proof }, token, scope) {
  const additionalParameters = scope ? { scope } : undefined;
  const sent = await oauth.refreshTokenGrantRequest(server, client, proof, token, { additionalParameters, ...plain });
  return oauth.processRefreshTokenResponse(server, client, sent);
}

async function introspect({ server, client, proof }, token) {
  const sent = await oauth.introspectionRequest(server, client, proof, token, plain);
  return oauth.processIntrospectionResponse(server, client, sent);
}

function call(path, token) {
  return oauth.protectedResourceRequest(token, "GET", new URL(`${demo.report.hub_url}${path}`), undefined, undefined, plain);
}

async function accounts(token) {
  const answer = await call("/ponto-connect/accounts?limit=100", token);
  assert.equal(answer.status, 200);
  return (await answer.json()).data.map((account) => account.id);
}

async function isOver(token) {
  await assert.rejects(call("/ponto-connect/accounts", token), (error) => error.cause[0].parameters.error === "invalid_token");
}

function refused(code) {
  return (error) => error instanceof oauth.ResponseBodyError && error.error === code && error.status === 400;
}

async function odoo() {
  const { client_id, client_secret, base_url } = demo.report.custom_integration;
  const pulled = JSON.parse(execFileSync(python, [new URL("oca.py", import.meta.url).pathname, base_url, client_id, client_secret], { encoding: "utf8" }));
  const lines = Object.values(pulled).reduce((sum, count) => sum + count, 0);
  assert.equal(lines, demo.report.hub_transactions);
  assert.ok(Object.keys(pulled).length >= demo.report.accounts_authorized);
}

async function codeAndRefresh(way) {
  const first = await authorize(way, { wanted: (id, place) => place < 2 });
  assert.deepEqual((await accounts(first.tokens.access_token)).sort(), [...first.ticked].sort());
  const told = await introspect(way, first.tokens.access_token);
  assert.deepEqual([told.active, told.client_id, told.scope], [true, way.client.client_id, "offline_access ai name"]);
  const second = await refresh(way, first.tokens.refresh_token);
  assert.notEqual(second.refresh_token, first.tokens.refresh_token);
  const narrow = await refresh(way, second.refresh_token, "ai");
  assert.equal(narrow.scope, "ai");
  await assert.rejects(refresh(way, narrow.refresh_token, "ai payments"), refused("invalid_scope"));
  assert.equal((await accounts(narrow.access_token)).length, 2);
}

async function replayedRefresh(way) {
  const { tokens } = await authorize(way);
  const second = await refresh(way, tokens.refresh_token);
  const third = await refresh(way, second.refresh_token);
  await assert.rejects(refresh(way, tokens.refresh_token), refused("invalid_grant"));
  await isOver(third.access_token);
  await assert.rejects(refresh(way, third.refresh_token), refused("invalid_grant"));
}

async function replayedCode(way) {
  const { tokens, exchange } = await authorize(way);
  await accounts(tokens.access_token);
  await assert.rejects(exchange(), refused("invalid_grant"));
  await isOver(tokens.access_token);
  await assert.rejects(refresh(way, tokens.refresh_token), refused("invalid_grant"));
}

async function withoutSecret(way) {
  const { tokens } = await authorize(way, { back: BACK.replace("8123", "49152") });
  const next = await refresh(way, tokens.refresh_token);
  assert.ok((await accounts(next.access_token)).length > 0);
}

async function ownToken({ server, client }, software) {
  const proof = oauth.ClientSecretPost(software.secret);
  const sent = await oauth.clientCredentialsGrantRequest(server, client, proof, {}, plain);
  const own = await oauth.processClientCredentialsResponse(server, client, sent);
  const answer = await call("/ponto-connect/integration-accounts", own.access_token);
  assert.ok((await answer.json()).data.length > 0);
}

async function signedEvents(software) {
  const discovery = await (await fetch(`${demo.report.hub_url}/webhooks`)).json();
  const keys = createRemoteJWKSet(new URL(discovery.links.keys));
  const wanted = { issuer: demo.report.hub_url, audience: software.id, algorithms: ["RS512"], requiredClaims: ["jti", "iat", "exp", "digest"] };
  const told = () => new Set(events.map(({ body }) => JSON.parse(body).data.type));
  const kinds = ["created", "accountAdded"].map((kind) => `pontoConnect.integration.${kind}`);
  await until(() => kinds.every((kind) => told().has(kind)), `events ${kinds.join(" and ")}`);
  for (const { signature, body } of events) {
    const { payload, protectedHeader } = await jwtVerify(signature, keys, { ...wanted, clockTolerance: 60 });
    assert.ok(protectedHeader.kid);
    assert.equal(payload.digest, createHash("sha512").update(body).digest("base64"));
    assert.notEqual(payload.digest, createHash("sha512").update(`${body} `).digest("base64"));
  }
  const [{ signature }] = events;
  const forged = `${signature.slice(0, -8)}${signature.endsWith("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA"}`;
  await assert.rejects(jwtVerify(forged, keys, wanted));
  await assert.rejects(jwtVerify(signature, keys, { ...wanted, audience: "another" }));
}

async function revocation(way) {
  const { tokens } = await authorize(way);
  const sent = await oauth.revocationRequest(way.server, way.client, way.proof, tokens.refresh_token, plain);
  await oauth.processRevocationResponse(sent);
  await isOver(tokens.access_token);
  assert.equal((await introspect(way, tokens.access_token)).active, false);
  await assert.rejects(refresh(way, tokens.refresh_token), refused("invalid_grant"));
}

/** Looks again every tenth of a second, for at most twenty seconds. */
async function until(holds, what) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`there were no ${what} within twenty seconds`);
}
