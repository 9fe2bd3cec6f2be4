// What protects people and what they share: an authenticator app, recovery codes, a passkey, a forgotten password, an
// invitation to read, an office that acts for a company.
import { createHmac } from "node:crypto";
import { person, submit } from "./hands.mjs";
import { linkInMail } from "./party.mjs";

const PASSWORD = "a kettle under the stairs";

/** Walks it all at the hub of the demo, in one language and at one width. */
export async function people(browser, demo, judge, view) {
  const own = await person(browser, view);
  const page = await own.newPage();
  judge.watch(page, demo.report.hub_url);
  const walk = {
    ...{ browser, demo, judge, view, page, hub: demo.report.hub_url, mail: demo.mail },
    email: `clara-${view.language}-${view.width}@walk.example`,
    look: () => judge.look(page, view),
    wrong: (what) => judge.found(`${page.url()} (${view.language}, ${view.width} px)`, what),
  };
  await enter(page, walk.hub, walk.mail, walk.email, "Office of Clara");
  const seed = await authenticatorApp(walk);
  await passkey(walk);
  await forgotten(walk, seed);
  await invitation(walk);
  await office(walk);
  await own.close();
}

/** Signs up by mail, names the organization, and says whom to bill. */
async function enter(page, hub, mail, email, name) {
  await page.goto(`${hub}/sign-up`);
  await page.fill("input[name=email]", email);
  await submit(page, "/sign-up");
  await page.goto(await linkInMail(mail, email, "/sign-up/"));
  await page.fill("input[name=password]", PASSWORD);
  await submit(page, "/sign-up/");
  await page.fill("input[name=name]", name);
  await submit(page, "/app/organizations/new");
  for (const [field, value] of [["street", "Kaai 3"], ["postal_code", "8000"], ["city", "Brugge"]]) {
    await page.fill(`input[name=${field}]`, value);
  }
  await submit(page, "/app/billing");
}

async function logOut({ page, hub }) {
  await page.context().clearCookies({ name: /session/ });
  await page.goto(`${hub}/login`);
}

async function present({ page, email }) {
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", PASSWORD);
  await page.press("input[name=password]", "Enter");
  await page.waitForLoadState("networkidle");
}

const inside = (page) => new URL(page.url()).pathname.startsWith("/app");

/** Sets up an app and logs in with its code, then with a recovery code, which is good once. */
async function authenticatorApp(walk) {
  const { page, hub, look, wrong } = walk;
  await page.goto(`${hub}/app/profile/security`);
  await look();
  await page.click("a[href='/app/profile/totp']");
  await look();
  const seed = (await page.locator(".once code").innerText()).trim();
  await page.fill("input[name=code]", "000000");
  await page.fill("input[name=present]", PASSWORD);
  await submit(page, "/app/profile/totp");
  if ((await page.locator("[aria-invalid=true]").count()) === 0) wrong("took a code that is not the app's");
  await look();
  await page.fill("input[name=code]", codeAt(seed, Date.now()));
  await page.fill("input[name=present]", PASSWORD);
  await submit(page, "/app/profile/totp");
  await look();
  const codes = (await page.locator(".once code").innerText()).trim().split(/\s+/);

  await logOut(walk);
  await present(walk);
  if (inside(page)) wrong("let somebody in without the second step");
  await look();
  await second(walk, codes[0]);
  if (!inside(page)) wrong("refused a recovery code");
  await logOut(walk);
  await present(walk);
  await second(walk, codes[0]);
  if (inside(page)) wrong("took a recovery code twice");
  await look();
  await second(walk, nextCode(seed));
  if (!inside(page)) wrong("refused the app's next code");
  return seed;
}

async function second({ page }, code) {
  await page.fill("input[name=code]", code);
  await submit(page, "/login/second");
}

/** The six digits of RFC 6238 for a seed in base 32. */
function codeAt(seed, now) {
  const bits = [...seed].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = digest.at(-1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The code of the step after this one: a clock that is half a minute fast, and a code that was not used yet. */
const nextCode = (seed) => codeAt(seed, Date.now() + 30_000);

/** Adds a passkey with Chromium's own authenticator, logs in with it alone, and removes it. */
async function passkey(walk) {
  const { page, hub, look, wrong } = walk;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const kind = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: { ...kind, automaticPresenceSimulation: true } });
  await page.goto(`${hub}/app/profile/security`);
  const form = "form[data-passkey=create]";
  await page.fill(`${form} input[name=name]`, "Clara's phone");
  await page.fill(`${form} input[name=present]`, PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click(`${form} button`)]);
  if (!(await page.innerText("main")).includes("Clara's phone")) wrong("does not show the passkey");
  await look();

  await logOut(walk);
  await Promise.all([page.waitForNavigation(), page.click("form[data-passkey=get] button")]);
  await page.waitForLoadState("networkidle");
  if (!inside(page)) wrong("did not let the passkey in");

  await page.goto(`${hub}/app/profile/security`);
  const remove = page.locator("form[action$='/remove']").first();
  await remove.locator("input[name=present]").fill(PASSWORD);
  await Promise.all([page.waitForNavigation(), remove.locator("button").click()]);
  if ((await page.innerText("main")).includes("Clara's phone")) wrong("still shows the removed passkey");

  // An authenticator that no longer has it, and one that the person refuses: the page says so and stays usable.
  await logOut(walk);
  await page.click("form[data-passkey=get] button");
  await page.waitForLoadState("networkidle");
  await page.locator("[role=alert]").first().waitFor({ timeout: 10_000 }).catch(() => wrong("says nothing when a passkey is refused"));
  if (inside(page)) wrong("let a removed passkey in");
  await look();
  await devtools.send("WebAuthn.disable");
  await devtools.detach();
}

/** A forgotten password: a link by mail, good once; the second factor is asked for all the same. */
async function forgotten(walk, seed) {
  const { page, hub, mail, email, look, wrong } = walk;
  await page.goto(`${hub}/password`);
  await page.fill("input[name=email]", email);
  await submit(page, "/password");
  await look();
  const link = await linkInMail(mail, email, "/password/");
  await page.goto(link);
  await look();
  await page.fill("input[name=password]", PASSWORD);
  await submit(page, "/password/");
  await page.goto(link);
  if ((await page.locator("input[name=password]").count()) > 0) wrong("opens the same link twice");
  await look();
  await page.goto(`${hub}/login`);
  await present(walk);
  if (inside(page)) wrong("forgot the second factor with the password");
  await page.waitForTimeout(30_000 - (Date.now() % 30_000));
  await second(walk, nextCode(seed));
  if (!inside(page)) wrong("refused the app's code after a new password");
}

/** Somebody invited to read sees the accounts and may change nothing. */
async function invitation(walk) {
  const { page, hub, mail, email, judge, view, browser, look, wrong } = walk;
  const guest = `guest-of-${email}`;
  await page.goto(`${hub}/app/people`);
  await page.fill("form[action$='/invitations'] input[name=email]", guest);
  await page.selectOption("form[action$='/invitations'] select", "accountant");
  await submit(page, "/invitations");
  await look();
  const own = await person(browser, view);
  const other = await own.newPage();
  await other.goto(await linkInMail(mail, guest, "/invitation/"));
  await judge.look(other, view);
  await other.fill("input[name=password]", PASSWORD);
  await submit(other, "/invitation/");
  if (!inside(other)) wrong("did not let the invited person in");
  await judge.look(other, view);
  await other.goto(`${hub}/app/people`);
  if ((await other.locator("form[action$='/invitations'], form[action$='/role']").count()) > 0) wrong("offers a reader to manage people");
  const answer = await other.goto(`${hub}/app/integrations/new`);
  if (answer.status() !== 403) wrong(`answered ${answer.status()} to a reader who would share accounts`);
  await judge.look(other, view);
  await own.close();
}

/** The office asks by link, the company of the demo gives one account, the office sees that one, the company ends it. */
async function office(walk) {
  const { page, hub, demo, judge, view, browser, look, wrong } = walk;
  await page.goto(`${hub}/app/clients`);
  await page.fill("input[name=label]", "Demo");
  await submit(page, "/app/clients/links");
  await look();
  const link = (await page.locator(".once code").innerText()).trim();
  const own = await person(browser, view);
  const company = await own.newPage();
  await company.goto(`${hub}/login`);
  await company.fill("input[name=email]", demo.report.login.email);
  await company.fill("input[name=password]", demo.report.login.password);
  await company.press("input[name=password]", "Enter");
  await company.waitForURL(/\/app/);
  await company.goto(link);
  await judge.look(company, view);
  await company.locator("input[name=account]").first().check();
  await submit(company, "/app/mandate/");
  await judge.look(company, view);
  await page.goto(`${hub}/app/clients`);
  await page.click("main a.list-row");
  const client = page.url();
  if ((await page.locator("main a.list-row").count()) !== 1) wrong("shows other accounts than the one that was chosen");
  await look();
  await page.click("main a.list-row");
  await look();
  await submit(company, "/end");
  if ((await page.goto(client)).status() !== 404) wrong("still opens the client's page after the mandate ended");
  await own.close();
}
