// Follows every link of a party from a first page, one page of each kind.

const SAME = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}(-\d{2})?/g;
const MOST_PAGES = 60;

/** Two addresses that differ only in an id or a date show the same kind of page. */
function kind(url) {
  const { pathname, searchParams } = new URL(url);
  return `${pathname.replace(SAME, ":id")}?${[...searchParams.keys()].sort().join("&")}`;
}

/** Looks at the first page and at every kind of page that can be reached from it by links. */
export async function crawl(page, first, judge, view, onPage = async () => {}) {
  const host = new URL(first).host;
  const queue = [first];
  const seen = new Set([kind(first)]);
  while (queue.length > 0 && seen.size <= MOST_PAGES) {
    const url = queue.shift();
    let answer;
    try {
      answer = await page.goto(url, { waitUntil: "load" });
    } catch (error) {
      if (String(error).includes("Download is starting")) continue;
      judge.found(url, `cannot be opened: ${error}`);
      continue;
    }
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    if (answer.status() >= 400) judge.found(url, `answered ${answer.status()} to a link of our own`);
    await judge.look(page, view);
    await onPage(page);
    const links = await page.$$eval("a[href]", (found) => found.map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      url.hash = "";
      if (url.host !== host || url.pathname.startsWith("/language") || seen.has(kind(url.href))) continue;
      seen.add(kind(url.href));
      queue.push(url.href);
    }
  }
}
