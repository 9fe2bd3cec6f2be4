// Walks hub and books in Chromium, in English and French, on a desktop and on a phone: every page that links lead to, then
// what companies and their people do by hand; and every page of the books in Dutch and German. Usage: node walk.mjs BINARY [--screenshots FOLDER | --pictures FOLDER]
// `--screenshots` takes the pictures of the README; `--pictures` keeps one of each page that was looked at.
import { chromium } from "playwright-core";
import { bookkeeper } from "./books.mjs";
import { company } from "./company.mjs";
import { crawl } from "./crawl.mjs";
import { DESKTOP, PHONE, logIn, person } from "./hands.mjs";
import { Judge } from "./judge.mjs";
import { people } from "./people.mjs";
import { startDemo } from "./party.mjs";
import { takeScreenshots } from "./screenshots.mjs";

const [binary, flag, folder] = process.argv.slice(2);
if (!binary) {
  console.error("usage: node walk.mjs BINARY [--screenshots FOLDER | --pictures FOLDER]");
  process.exit(2);
}

const demo = await startDemo(binary);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const judge = new Judge(flag === "--pictures" ? folder : undefined);
try {
  for (const language of ["en", "fr"]) {
    for (const { width } of [DESKTOP, PHONE]) {
      await look({ language, width });
      await company(browser, demo, judge, { language, width });
      await bookkeeper(browser, demo, judge, { language, width });
    }
  }
  for (const view of [{ language: "nl", width: PHONE.width }, { language: "de", width: DESKTOP.width }]) {
    await look(view, [demo.report.books_url]);
  }
  for (const view of [{ language: "en", width: PHONE.width }, { language: "fr", width: DESKTOP.width }]) {
    await people(browser, demo, judge, view);
  }
  if (flag === "--screenshots") await takeScreenshots(browser, demo.report, folder);
} finally {
  await browser.close();
  await demo.end();
}
process.exitCode = judge.verdict("browser walk");

/** Looks at every page of parties, both if none is named, first as a stranger, then logged in. */
async function look(view, parties = [demo.report.hub_url, demo.report.books_url]) {
  for (const party of parties) {
    const own = await person(browser, view);
    const page = await own.newPage();
    judge.watch(page, party);
    for (const path of ["/sign-up", "/login", "/password"]) {
      await page.goto(party + path);
      await judge.look(page, view);
    }
    await logIn(page, party, demo.report.login);
    await crawl(page, page.url(), judge, view);
    await own.close();
  }
}
