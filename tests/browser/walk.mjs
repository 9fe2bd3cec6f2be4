// Walks hub and books in Chromium as a company and its bookkeeper would: signing up, adding an account, searching,
// connecting, linking, renewing, revoking; then looks at every page that links lead to, in English and French, on a
// desktop and on a phone. Usage: node walk.mjs BINARY [--screenshots FOLDER]
import { chromium } from "playwright-core";
import { crawl } from "./crawl.mjs";
import { Judge } from "./judge.mjs";
import { linkInMail, startDemo } from "./party.mjs";
import { takeScreenshots } from "./screenshots.mjs";

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOCALES = { en: "en-GB", fr: "fr-BE" };

const [binary, flag, folder] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node walk.mjs BINARY [--screenshots FOLDER]");
  process.exit(2);
}

const demo = await startDemo(binary);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const judge = new Judge();
try {
  for (const language of ["en", "fr"]) {
    for (const viewport of [DESKTOP, PHONE]) {
      await look(language, viewport);
    }
  }
  await company();
  if (flag === "--screenshots") await takeScreenshots(browser, demo.report, folder);
} finally {
  await browser.close();
  await demo.end();
}
process.exitCode = judge.verdict("browser walk");

async function context(language, viewport) {
  return browser.newContext({ locale: LOCALES[language], viewport });
}

/** Looks at every page of both parties, first as a stranger, then logged in. */
async function look(language, viewport) {
  const view = { language, width: viewport.width };
  for (const party of [demo.report.hub_url, demo.report.books_url]) {
    const own = await context(language, viewport);
    const page = await own.newPage();
    judge.watch(page, party);
    for (const path of party === demo.report.hub_url ? ["/sign-up", "/login", "/password"] : ["/sign-up", "/login"]) {
      await page.goto(party + path);
      await judge.look(page, view);
    }
    await logIn(page, party, demo.report.login);
    await crawl(page, page.url(), judge, view);
    await own.close();
  }
}

async function logIn(page, party, { email, password }) {
  await page.goto(`${party}/login`);
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await page.press("input[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

/** A second company does everything by hand, with script on, on a phone. */
async function company() {
  const { hub_url: hub, books_url: books, sandbox_url: sandbox } = demo.report;
  const view = { language: "en", width: PHONE.width };
  const own = await context("en", PHONE);
  const page = await own.newPage();
  const login = { email: "bruno@walk.example", password: "across the river twice" };

  await page.goto(`${hub}/sign-up`);
  await page.fill("input[name=email]", login.email);
  await submit(page, "/sign-up");
  await judge.look(page, view);
  await page.goto(await linkInMail(demo.mail, login.email, "/sign-up/"));
  await judge.look(page, view);
  await page.fill("input[name=password]", login.password);
  await submit(page, "/sign-up/");
  await page.fill("input[name=name]", "Walk and Sons");
  await submit(page, "/app/organizations/new");
  for (const [name, value] of [["street", "Kade 1"], ["postal_code", "9000"], ["city", "Gent"]]) {
    await page.fill(`input[name=${name}]`, value);
  }
  await submit(page, "/app/billing");

  // Add an account: search, consent, the bank's own pages with a wrong code first, the choice, the first history.
  await page.goto(`${hub}/app/link`);
  await page.fill("input[name=q]", "lys");
  await page.press("input[name=q]", "Enter");
  await page.click("a.list-row");
  await judge.look(page, view);
  await submit(page, "/app/link/");
  await atBank(page, sandbox, "000000");
  await submit(page, "/app/link/attempts/");
  await page.waitForURL(/\/app\/link\/progress/);
  await page.waitForSelector(".badge.good", { timeout: 60_000 });
  await judge.look(page, view);
  await page.goto(`${hub}/app/accounts`);
  if ((await page.locator("tbody tr").count()) !== 2) judge.found(page.url(), "does not show the two accounts");

  // Renew before the end: the same accounts, no new ones.
  await page.click("tbody a");
  const account = page.url();
  await page.click("form[action$='/renew'] button");
  await atBank(page, sandbox);
  await page.goto(`${hub}/app/accounts`);
  if ((await page.locator("tbody tr").count()) !== 2) judge.found(page.url(), "shows other accounts after renewing");
  await page.goto(account);

  // The books: an institution in beta is said to be one; connect, tick all, link, import.
  await page.goto(`${books}/sign-up`);
  await page.fill("input[name=company]", "Walk and Sons");
  await page.fill("input[name=email]", login.email);
  await page.fill("input[name=password]", login.password);
  await submit(page, "/sign-up");
  await page.goto(`${books}/banks?q=lys`);
  await page.click("a.list-row");
  await page.waitForURL(/\/connect\?/);
  if (!/beta/i.test(await page.innerText("main"))) judge.found(page.url(), "does not say that this bank is in beta");
  await judge.look(page, view);
  await submit(page, "/connect");
  await page.waitForURL(`${hub}/oauth2/auth**`);
  await judge.look(page, view);
  for (const box of await page.locator("input[name=accounts]").all()) await box.check();
  await page.click("button[value=allow]");
  await page.waitForURL(/\/connections\/[0-9a-f-]+\/accounts/);
  await judge.look(page, view);
  await submit(page, "/accounts");
  await page.waitForSelector("[data-import=ended]", { timeout: 60_000 });
  await judge.look(page, view);
  await page.goto(`${books}/journals`);
  if ((await page.locator("article.card").count()) !== 2) judge.found(page.url(), "does not show the two journals");

  // Revoke at the hub: the books say so in a sentence.
  await page.goto(`${hub}/app/integrations`);
  await page.click("main a.list-row");
  await page.click("a[href$='/revoke']");
  await judge.look(page, view);
  await submit(page, "/revoke");
  await page.goto(`${books}/connections`);
  await page.click("main a.list-row");
  await submit(page, "/import");
  await page.waitForSelector("[data-import=ended], .badge.bad", { timeout: 60_000 });
  await judge.look(page, view);
  await own.close();
}

/** Sends the form whose address contains a text, and waits for the answer. */
async function submit(page, action) {
  const button = page.locator(`form[method=post][action*='${action}'] button[type=submit]`).first();
  await Promise.all([page.waitForLoadState("load"), button.click()]);
  await page.waitForLoadState("networkidle");
}

/** The bank's pages: login, code, choice of accounts. */
async function atBank(page, sandbox, wrongCode) {
  await page.waitForURL((url) => url.href.startsWith(sandbox));
  await page.click("button.main");
  if (wrongCode) {
    await page.fill("input[name=code]", wrongCode);
    await page.click("button.main");
    await page.waitForSelector("[role=alert]");
  }
  await page.fill("input[name=code]", "123456");
  await page.click("button.main");
  await page.waitForSelector("input[name=accounts]");
  await page.click("button.main");
  await page.waitForURL((url) => !url.href.startsWith(sandbox));
}
