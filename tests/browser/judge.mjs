// What must hold on every page, whatever it shows.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Collects what is wrong; a walk fails when anything is. */
export class Judge {
  /** `pictures` is a folder for one picture of each page looked at. */
  constructor(pictures) {
    this.pictures = pictures;
    this.findings = [];
    this.pages = 0;
  }

  found(where, what) {
    this.findings.push(`${where}: ${what}`);
  }

  /** Listens to a page for errors of script, failed requests and requests that leave the party. */
  watch(page, party) {
    const own = new URL(party).host;
    // A page that answers 404 because it is asked for something that is gone is judged by who asked, not here.
    const pages = new Set();
    page.on("pageerror", (error) => this.found(page.url(), `script error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !pages.has(message.location().url)) this.found(page.url(), `console: ${message.text()}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (request.isNavigationRequest()) pages.add(request.url());
      const loaded = !request.isNavigationRequest() && url.protocol.startsWith("http");
      if (loaded && url.host !== own) this.found(page.url(), `loads ${url} from another host`);
    });
    page.on("response", (response) => {
      if (response.status() >= 500) this.found(response.url(), `answered ${response.status()}`);
    });
  }

  /** Judges the page as it stands. */
  async look(page, { language, width }) {
    this.pages += 1;
    const where = `${page.url()} (${language}, ${width} px)`;
    const seen = await page.evaluate(() => ({
      language: document.documentElement.lang,
      title: document.title,
      headings: document.querySelectorAll("h1").length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      text: document.body.innerText,
    }));
    if (this.pictures) await page.screenshot({ path: this.#picture(page, language, width), fullPage: true });
    if (!seen.language.startsWith(language)) this.found(where, `is in '${seen.language}'`);
    if (!seen.title.trim()) this.found(where, "has no title");
    if (seen.headings !== 1) this.found(where, `has ${seen.headings} main headings`);
    if (seen.overflow > 0) this.found(where, `is ${seen.overflow} px wider than the screen`);
    const unresolved = seen.text.match(/\b(undefined|NaN|null)\b|\{ *\$?[a-z-]+ *\}/);
    if (unresolved) this.found(where, `shows '${unresolved[0]}'`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, help, nodes } of violations) {
      if (impact === "serious" || impact === "critical") {
        this.found(where, `${impact} ${id}: ${help} at ${nodes[0].target.join(" ")} (${nodes.length}×)`);
      }
    }
  }

  #picture(page, language, width) {
    const { hostname, port, pathname } = new URL(page.url());
    const name = `${hostname}-${port}${pathname}`.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id").replaceAll(/[^\w-]+/g, "_");
    return join(this.pictures, `${name.slice(0, 100)}-${language}-${width}-${this.pages}.png`);
  }

  /** Prints what was found and returns the exit code. */
  verdict(what) {
    const findings = [...new Set(this.findings)];
    findings.forEach((finding) => console.error(finding));
    console.log(`${what}: ${this.pages} pages looked at, ${findings.length} findings`);
    return findings.length === 0 ? 0 : 1;
  }
}
