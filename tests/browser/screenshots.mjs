// Pictures of the main screens for the README, from the demo's own story.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

/** What is pictured: a name, a party, and how to get there from the party's first page. */
const SHOTS = [
  ["hub-overview", "hub_url", async (page) => page],
  ["hub-accounts", "hub_url", async (page, party) => page.goto(`${party}/app/accounts`)],
  ["hub-account", "hub_url", async (page, party) => {
    await page.goto(`${party}/app/accounts`);
    await page.click("tbody a");
  }],
  ["hub-proof", "hub_url", async (page, party) => {
    await page.goto(`${party}/app/accounts`);
    await page.click("tbody a");
    await page.goto(`${page.url().split("?")[0]}/proof`);
  }],
  ["hub-usage", "hub_url", async (page, party) => page.goto(`${party}/app/billing/usage`)],
  ["hub-transactions", "hub_url", async (page, party) => page.goto(`${party}/app/transactions`)],
  ["hub-add-account", "hub_url", async (page, party) => page.goto(`${party}/app/link?country=`)],
  ["hub-integrations", "hub_url", async (page, party) => page.goto(`${party}/app/integrations`)],
  ["books-journals", "books_url", async (page, party) => page.goto(`${party}/journals`)],
  ["books-journal", "books_url", async (page, party) => {
    await page.goto(`${party}/journals`);
    await page.click("article.card h2 a");
  }],
  ["books-targets", "books_url", async (page, party) => page.goto(`${party}/targets`)],
  ["books-banks", "books_url", async (page, party) => page.goto(`${party}/banks`)],
  ["books-connection", "books_url", async (page, party) => {
    await page.goto(`${party}/connections`);
    await page.click("main a.list-row");
  }],
];

/** Takes every picture in English on a desktop, and the two dashboards on a phone and in French. */
export async function takeScreenshots(browser, report, folder) {
  await mkdir(folder, { recursive: true });
  await take(browser, report, folder, "en-GB", DESKTOP, SHOTS, "");
  const dashboards = SHOTS.filter(([name]) => ["hub-accounts", "books-journals"].includes(name));
  await take(browser, report, folder, "en-GB", PHONE, dashboards, "-phone");
  await take(browser, report, folder, "fr-BE", DESKTOP, dashboards, "-fr");
}

async function take(browser, report, folder, locale, viewport, shots, suffix) {
  for (const [name, party, go] of shots) {
    const context = await browser.newContext({ locale, viewport });
    const page = await context.newPage();
    await page.goto(`${report[party]}/login`);
    await page.fill("input[name=email]", report.login.email);
    await page.fill("input[name=password]", report.login.password);
    await page.press("input[name=password]", "Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
    await go(page, report[party]);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: join(folder, `${name}${suffix}.png`) });
    await context.close();
  }
}
