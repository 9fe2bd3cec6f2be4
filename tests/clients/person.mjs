// A person at the hub's pages: cookies and forms, no script.
export class Person {
  #cookies = new Map();

  constructor(hub) {
    this.hub = hub;
  }

  async #fetch(address, options = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { accept: "text/html", cookie, ...options.headers };
    const answer = await fetch(new URL(address, this.hub), { redirect: "manual", ...options, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [pair] = set.split(";");
      const at = pair.indexOf("=");
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: answer.status, location: answer.headers.get("location"), html: await answer.text() };
  }

  open(address) {
    return this.#fetch(address);
  }

  submit(address, fields) {
    return this.#fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  }

  async logIn({ email, password }) {
    const answer = await this.submit("/login", [["email", email], ["password", password]]);
    if (answer.status !== 303) throw new Error(`the log-in was answered with ${answer.status}`);
  }

  /** Opens an authorization address, allows these accounts (all by default), and tells where it leads back to. */
  async allow(address, wanted = () => true) {
    const page = await this.open(address);
    if (page.status !== 200) throw new Error(`the consent page was answered with ${page.status}: ${page.location}`);
    const values = (name) => [...page.html.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, "g"))].map((match) => match[1]);
    const accounts = values("accounts");
    const ticked = accounts.filter(wanted);
    const fields = [["request", values("request")[0]], ["organization", values("organization")[0]], ["decision", "allow"]];
    fields.push(...values("shown").map((id) => ["shown", id]), ...ticked.map((id) => ["accounts", id]));
    const answer = await this.submit("/oauth2/auth", fields);
    if (answer.status !== 303) throw new Error(`the consent was answered with ${answer.status}`);
    return { back: new URL(answer.location), ticked };
  }
}
