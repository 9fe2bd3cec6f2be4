// A company does everything by hand, with script on: it signs up, adds an account, searches, connects its books, imports,
// renews and revokes.
import { atBank, person, submit } from "./hands.mjs";
import { linkInMail } from "./party.mjs";

const PASSWORD = "across the river twice";

/** Walks the whole way of one new company, in one language and at one width. */
export async function company(browser, demo, judge, view) {
  const own = await person(browser, view);
  const walk = {
    ...{ page: await own.newPage(), judge, view, mail: demo.mail },
    ...{ hub: demo.report.hub_url, books: demo.report.books_url, sandbox: demo.report.sandbox_url },
    email: `bruno-${view.language}-${view.width}@walk.example`,
  };
  walk.look = () => judge.look(walk.page, view);
  walk.wrong = (what) => judge.found(`${walk.page.url()} (${view.language}, ${view.width} px)`, what);
  await signUp(walk);
  await addAccount(walk);
  await search(walk);
  await renew(walk);
  await connectBooks(walk);
  await revoke(walk);
  await own.close();
}

async function signUp({ page, hub, email, mail, look, wrong }) {
  await page.goto(`${hub}/sign-up`);
  await page.fill("input[name=email]", email);
  await submit(page, "/sign-up");
  await look();
  await page.goto(await linkInMail(mail, email, "/sign-up/"));
  await look();
  await page.fill("input[name=password]", PASSWORD);
  await submit(page, "/sign-up/");
  await look();
  // A VAT number whose checksum is wrong is refused beside its field, and what was typed stays.
  await page.fill("input[name=name]", "Walk and Sons");
  await page.fill("input[name=vat_number]", "BE0123456780");
  await submit(page, "/app/organizations/new");
  if ((await page.locator("[aria-invalid=true]").count()) === 0) wrong("took a VAT number whose checksum is wrong");
  if ((await page.inputValue("input[name=name]")) !== "Walk and Sons") wrong("lost what was typed");
  await look();
  await page.fill("input[name=vat_number]", "BE0403019261");
  await submit(page, "/app/organizations/new");
  await look();
  for (const [name, value] of [["street", "Kade 1"], ["postal_code", "9000"], ["city", "Gent"]]) {
    await page.fill(`input[name=${name}]`, value);
  }
  await submit(page, "/app/billing");
}

/** Search, consent, the bank's own pages with a wrong code first, the choice, the first history. */
async function addAccount({ page, hub, sandbox, look, wrong }) {
  await page.goto(`${hub}/app/link`);
  await page.fill("input[name=q]", "lys");
  await page.press("input[name=q]", "Enter");
  await page.click("a.list-row");
  await look();
  await submit(page, "/app/link/");
  await atBank(page, sandbox, "000000");
  await submit(page, "/app/link/attempts/");
  await page.waitForURL(/\/app\/link\/progress/);
  await page.waitForSelector(".badge.good", { timeout: 60_000 });
  await look();
  await page.goto(`${hub}/app/accounts`);
  if ((await page.locator("tbody tr").count()) !== 2) wrong("does not show the two accounts");
}

/** What is searched for is found, and nothing else. */
async function search({ page, hub, look, wrong }) {
  await page.goto(`${hub}/app/transactions`);
  const titles = () => page.locator("td.lead").evaluateAll((cells) => cells.map((cell) => cell.firstElementChild?.firstChild?.textContent ?? cell.textContent));
  const name = (await titles()).at(-1).trim();
  await page.fill("input[name=q]", name);
  await page.press("input[name=q]", "Enter");
  await page.waitForURL(/[?&]q=[^&]/);
  const rows = await page.locator("tbody tr").allInnerTexts();
  if (rows.length === 0) wrong(`does not find '${name}'`);
  if (!(await titles()).some((title) => title.includes(name))) wrong(`does not show '${name}' among what it found`);
  await look();
  await page.fill("input[name=q]", "nobodyiscalledso");
  await page.press("input[name=q]", "Enter");
  await page.waitForURL(/nobody/);
  if ((await page.locator("tbody tr").count()) !== 0) wrong("found what is not there");
  await look();
}

/** Before the end: the same accounts, no new ones. */
async function renew({ page, hub, sandbox, wrong }) {
  await page.goto(`${hub}/app/accounts`);
  await page.click("tbody a");
  const account = page.url();
  await page.click("form[action$='/renew'] button");
  await atBank(page, sandbox);
  await page.goto(`${hub}/app/accounts`);
  if ((await page.locator("tbody tr").count()) !== 2) wrong("shows other accounts after renewing");
  await page.goto(account);
}

/** An institution in beta is said to be one; connect, tick all, link, import. */
async function connectBooks({ page, hub, books, email, look, wrong }) {
  await page.goto(`${books}/sign-up`);
  await page.fill("input[name=company]", "Walk and Sons");
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", PASSWORD);
  await submit(page, "/sign-up");
  await page.goto(`${books}/banks?q=lys`);
  await page.click("a.list-row");
  await page.waitForURL(/\/connect\?/);
  if (!/b[eê]ta/i.test(await page.innerText("main"))) wrong("does not say that this bank is in beta");
  await look();
  await submit(page, "/connect");
  await page.waitForURL(`${hub}/oauth2/auth**`);
  await look();
  for (const box of await page.locator("input[name=accounts]").all()) await box.check();
  await page.click("button[value=allow]");
  await page.waitForURL(/\/connections\/[0-9a-f-]+\/accounts/);
  await look();
  await submit(page, "/accounts");
  await page.waitForSelector("[data-import=ended]", { timeout: 60_000 });
  await look();
  await page.goto(`${books}/journals`);
  if ((await page.locator("article.card").count()) !== 2) wrong("does not show the two journals");
}

/** Revoked at the hub: the books say so in a sentence. */
async function revoke({ page, hub, books, look }) {
  await page.goto(`${hub}/app/integrations`);
  await page.click("main a.list-row");
  await look();
  await page.click("a[href$='/revoke']");
  await look();
  await submit(page, "/revoke");
  await page.goto(`${books}/connections`);
  await page.click("main a.list-row");
  await submit(page, "/import");
  await page.waitForSelector("[data-import=ended], .badge.bad", { timeout: 60_000 });
  await look();
}
