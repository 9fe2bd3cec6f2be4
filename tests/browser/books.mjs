// What a bookkeeper does from the books, step by step as the help pages of such software tell it: look for the bank, see
// its provider, connect, authorise the accounts of two banks, find them filtered by the bank that was chosen, link,
// import; fetch an account that is new; see what a wrong bank, a forgotten tick and a second tab lead to.
import { atBank, person, submit } from "./hands.mjs";
import { linkInMail } from "./party.mjs";

const PROVIDER = "Passerelle hub";
const BETA = "Lys Bank";
const STABLE = "Meuse";
const COMPANY = "Vera and Daughters";
const PASSWORD = "one line for each movement";

/** Walks it in one language and at one width. */
export async function bookkeeper(browser, demo, judge, view) {
  const own = await person(browser, view);
  const page = await own.newPage();
  const walk = new Walk(page, demo.report.books_url, judge, () => judge.look(page, view));
  const login = { email: `vera-${view.language}-${view.width}@walk.example`, password: PASSWORD };
  await signUpAtHub(page, demo, login);
  await addAtHub(page, demo, "lys", 1);
  await signUpAtBooks(page, demo, login);
  await walk.confirmAddress(demo.mail, login.email);

  await walk.wrongBank();
  await addAtHub(page, demo, "meuse");
  await walk.connectTwoBanks();
  await walk.linkAndImport();
  await addAtHub(page, demo, "lys");
  await walk.fetchNewAccount();
  await walk.forgetTick();
  await walk.comeBack();
  await own.close();
}

async function signUpAtHub(page, { report: { hub_url: hub }, mail }, login) {
  await page.goto(`${hub}/sign-up`);
  await page.fill("input[name=email]", login.email);
  await submit(page, "/sign-up");
  await page.goto(await linkInMail(mail, login.email, "/sign-up/"));
  await page.fill("input[name=password]", login.password);
  await submit(page, "/sign-up/");
  await page.fill("input[name=name]", COMPANY);
  await submit(page, "/app/organizations/new");
  for (const [name, value] of [["street", "Kade 1"], ["postal_code", "9000"], ["city", "Gent"]]) {
    await page.fill(`input[name=${name}]`, value);
  }
  await submit(page, "/app/billing");
}

async function signUpAtBooks(page, { report: { books_url: books } }, login) {
  await page.goto(`${books}/sign-up`);
  await page.fill("input[name=company]", COMPANY);
  await page.fill("input[name=email]", login.email);
  await page.fill("input[name=password]", login.password);
  await submit(page, "/sign-up");
}

/** Adds accounts of a bank at the hub: all of them, or so many. */
async function addAtHub(page, { report: { hub_url: hub, sandbox_url: sandbox } }, bank, most) {
  await page.goto(`${hub}/app/link`);
  await page.fill("input[name=q]", bank);
  await page.press("input[name=q]", "Enter");
  await page.click("a.list-row");
  await submit(page, "/app/link/");
  await atBank(page, sandbox, undefined, most);
  await submit(page, "/app/link/attempts/");
  await page.waitForURL(/\/app\/link\/progress/);
  await page.waitForSelector(".badge.good", { timeout: 60_000 });
}

class Walk {
  constructor(page, books, judge, look) {
    Object.assign(this, { page, books, judge, look });
  }

  expect(holds, what) {
    if (!holds) this.judge.found(this.page.url(), what);
  }

  /** How many accounts of the chosen bank, and of others, wait on the page that links them. */
  async offered() {
    const rows = this.page.locator("select[name^=journal-]");
    const wished = await rows.evaluateAll((found) => found.map((select) => select.value));
    return { all: wished.length, proposed: wished.filter((value) => value === "new").length };
  }

  /** Told after signing up that a letter asks for something; by that letter the address is confirmed, once. */
  async confirmAddress(mail, email) {
    this.expect((await this.page.innerText("main")).includes(email), "does not say that a letter was sent");
    await this.look();
    await this.page.goto(`${this.books}/companies`);
    this.expect((await this.page.locator(".notice.care").count()) === 1, "does not say that the address is not confirmed");
    await this.look();
    const link = await linkInMail(mail, email, "/confirm/");
    await this.page.goto(link);
    await this.look();
    await submit(this.page, "/confirm/");
    this.expect((await this.page.locator(".notice.care").count()) === 0, "asks for an address that was confirmed");
    await this.page.goto(link);
    await this.look();
  }

  /** From the list of banks to the page before leaving. */
  async choose(bank) {
    await this.page.goto(`${this.books}/banks`);
    await this.page.fill("input[name=q]", bank.toLowerCase().slice(0, 3));
    await this.page.press("input[name=q]", "Enter");
    await this.page.waitForURL(/q=/);
    const row = this.page.locator("a.list-row", { hasText: bank }).first();
    this.expect((await row.innerText()).includes(PROVIDER), `does not say who reaches ${bank}`);
    await row.click();
    await this.page.waitForURL(/\/connect\?/);
    this.expect((await this.page.innerText("main")).includes(PROVIDER), "does not name the provider");
  }

  /** Leaves for the provider, ticks there what `wanted` says of each account's text, and comes back. */
  async authorise(wanted = () => true) {
    await submit(this.page, "/connect");
    await this.page.waitForURL(/\/oauth2\/auth/);
    for (const label of await this.page.locator("label", { has: this.page.locator("input[name=accounts]") }).all()) {
      await label.locator("input[name=accounts]").setChecked(wanted(await label.innerText()));
    }
    await this.page.click("button[value=allow]");
    // The provider asks once more before an account loses access.
    const back = this.page.waitForURL(/\/connections\/[0-9a-f-]+\/accounts/);
    const sure = this.page.locator("input[name=confirm_removal]");
    const warned = await Promise.race([back.then(() => false), sure.waitFor().then(() => true)]);
    if (warned) {
        await this.look();
      await sure.check();
      await this.page.click("button[value=allow]");
    }
    await back;
    return warned;
  }

  /** A stable bank of which nothing is authorised: the page says what was authorised instead, and links nothing. */
  async wrongBank() {
    await this.choose(STABLE);
    this.expect((await this.page.locator(".badge.care").count()) === 0, "calls a stable bank anything else");
    await this.look();
    await this.authorise();
    const told = await this.page.locator(".notice.care").first().innerText();
    this.expect(told.includes(STABLE) && told.includes(BETA), "does not say which bank was authorised instead");
    this.expect(/\b0\b/.test(told), "does not count nothing as 0");
    const { all, proposed } = await this.offered();
    this.expect(all === 1 && proposed === 0, `proposes ${proposed} of ${all} accounts of a bank that was not chosen`);
    await this.look();
    await this.page.goto(`${this.books}/journals`);
    this.expect((await this.page.locator("article.card").count()) === 0, "has a journal although nothing was linked");
    await this.look();
  }

  /** The bank in beta: said before leaving; accounts of two banks are authorised and shown bank by bank. */
  async connectTwoBanks() {
    await this.choose(BETA);
    const advice = await this.page.locator(".notice").allInnerTexts();
    this.expect(advice.some((text) => /b[eê]ta/i.test(text) && text.includes(PROVIDER)), "has no advice on a bank in beta");
    await this.look();
    await this.authorise();
    const { all, proposed } = await this.offered();
    this.expect(proposed === 1 && all > 1, `proposes ${proposed} of ${all} accounts, not the one of the chosen bank`);
    const sections = await this.page.locator("form section.section").count();
    this.expect(sections === 2, `shows ${sections} groups of accounts, not the chosen bank's and the others'`);
    await this.look();
  }

  /** Counts first, links once, and again from a page that another tab kept open. */
  async linkAndImport() {
    const stale = await this.page.context().newPage();
    await stale.goto(this.page.url());
    await this.page.click("button[name=count]");
    await this.page.waitForSelector("[data-lines]");
    const counted = Number(await this.page.locator("[data-lines]").first().getAttribute("data-lines"));
    await this.look();
    await submit(this.page, "/accounts");
    await this.page.waitForSelector("[data-import=ended]", { timeout: 60_000 });
    await this.look();
    await submit(stale, "/accounts");
    this.expect((await stale.locator("[role=alert]").count()) === 1, "says nothing to a form that came too late");
    await stale.close();
    const lines = await this.lines();
    this.expect(lines.length === 1, `has ${lines.length} journals, not one`);
    this.expect(lines[0] > 0 && lines[0] === counted, `imported ${lines[0]} lines where ${counted} were announced`);
    await this.look();
  }

  /** How many lines each journal holds. */
  async lines() {
    await this.page.goto(`${this.books}/journals`);
    const cards = await this.page.locator("article.card h2 a").evaluateAll((found) => found.map((link) => link.href));
    const counts = [];
    for (const card of cards) {
      await this.page.goto(card);
      const months = await this.page.locator("[data-lines]").evaluateAll((found) => found.map((row) => row.dataset.lines));
      counts.push(months.reduce((sum, lines) => sum + Number(lines), 0));
    }
    return counts;
  }

  /** To the page of the connection to the bank in beta. */
  async connection() {
    await this.page.goto(`${this.books}/connections`);
    await this.page.locator("a.list-row", { hasText: BETA }).first().click();
    await this.page.waitForURL(/\/connections\/[0-9a-f-]+$/);
  }

  async again(purpose) {
    await this.connection();
    await this.page.click(`a[href*='purpose=${purpose}']`);
    await this.page.waitForURL(/\/connect\?/);
  }

  /** Fetch accounts: what must stay ticked is named; the new account is told to be new, and linked. */
  async fetchNewAccount() {
    await this.again("fetch-accounts");
    this.expect((await this.page.locator(".notice li").count()) === 1, "does not name the account to keep ticked");
    await this.look();
    await this.authorise();
    const { proposed } = await this.offered();
    this.expect(proposed === 1, `proposes ${proposed} accounts, not the new one`);
    this.expect((await this.page.locator(".badge.good").count()) === 1, "does not show the account that is linked");
    await this.look();
    await submit(this.page, "/accounts");
    await this.page.waitForSelector("[data-import=ended]", { timeout: 60_000 });
    this.before = await this.lines();
    this.expect(this.before.length === 2, `has ${this.before.length} journals after a new account, not two`);
  }

  /** Update credentials with one account left out: what is lost is named, and only gone once that is confirmed. */
  async forgetTick() {
    await this.again("update-credentials");
    let left = false;
    const warned = await this.authorise((text) => {
      const leave = !left && text.includes(BETA);
      left ||= leave;
      return !leave;
    });
    this.expect(warned, "was reached without a warning at the provider that an account was left out");
    const told = this.page.locator(".notice.bad");
    this.expect((await told.locator("li").count()) === 1, "does not name the account that is lost");
    this.expect((await told.locator("form[action$='/losses']").count()) === 1, "does not ask to confirm the loss");
    await this.look();
    await this.page.goto(`${this.books}/journals`);
    this.expect((await this.page.locator(".notice.bad, .badge.bad").count()) > 0, "says nothing of a journal without access");
    await this.look();
  }

  /** Authorised once more, the account is the one it was: no journal, no line comes twice. */
  async comeBack() {
    await this.again("fetch-accounts");
    await this.authorise();
    this.expect((await this.page.locator(".notice.bad").count()) === 0, "still warns of an account that is back");
    await this.connection();
    await submit(this.page, "/import");
    await this.page.waitForSelector("[data-import=ended]", { timeout: 60_000 });
    const after = await this.lines();
    this.expect(String(after) === String(this.before), `has ${after} lines after a new consent, and had ${this.before}`);
  }
}
