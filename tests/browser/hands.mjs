// What hands do on a page: the few gestures that every walk is made of.

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
const LOCALES = { en: "en-GB", fr: "fr-BE", nl: "nl-BE", de: "de-DE" };

/** A browser of its own for one person, in a language and at a width; `view` names both for the judge. */
export async function person(browser, { language, width }) {
  const viewport = width === PHONE.width ? PHONE : DESKTOP;
  return browser.newContext({ locale: LOCALES[language], viewport });
}

/** Logs in at a party with a password. */
export async function logIn(page, party, { email, password }) {
  await page.goto(`${party}/login`);
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await page.press("input[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

/** Sends the form whose address contains a text, and waits for the answer. */
export async function submit(page, action) {
  const button = page.locator(`form[method=post][action*='${action}'] button[type=submit]`).first();
  await Promise.all([page.waitForLoadState("load"), button.click()]);
  await page.waitForLoadState("networkidle");
}

/** The bank's pages: login, code, choice of accounts; all of them, or so many. */
export async function atBank(page, sandbox, wrongCode, most = Infinity) {
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
  for (const box of (await page.locator("input[name=accounts]").all()).slice(most)) await box.uncheck();
  await page.click("button.main");
  await page.waitForURL((url) => !url.href.startsWith(sandbox));
}
