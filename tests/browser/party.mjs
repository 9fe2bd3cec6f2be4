// Starts the demo on free ports with a folder of its own, and ends it again.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port of the loopback interface that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Plays the demo's story; resolves with what it prints on standard output once the story is over, and its data folder. */
export async function startDemo(binary, more = []) {
  const data = await mkdtemp(join(tmpdir(), "passerelle-walk-"));
  const [hub, books, sandbox] = [await freePort(), await freePort(), await freePort()];
  const listening = [
    ["--hub-listen", hub],
    ["--books-listen", books],
    ["--sandbox-listen", sandbox],
  ].flatMap(([flag, port]) => [flag, `127.0.0.1:${port}`]);
  const child = spawn(binary, ["demo", "--json", "--data", data, ...listening, ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const report = await new Promise((resolve, reject) => {
    let printed = "";
    child.on("exit", (code) => reject(new Error(`the demo ended with code ${code} before its story was over`)));
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      try {
        resolve(JSON.parse(printed));
      } catch {
        // The object has not arrived whole yet.
      }
    });
  });
  child.removeAllListeners("exit");
  const end = async () => {
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { report, data, end, mail: join(data, "mail") };
}

/** The newest link that contains some words, in a message to an address; waits until the hub has sent one. */
export async function linkInMail(folder, address, words) {
  for (let look = 0; look < 150; look += 1) {
    const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort().reverse();
    for (const name of files) {
      const message = await readFile(join(folder, name), "utf8");
      if (!message.includes(`To: ${address}`)) continue;
      const text = message.replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
      const link = text.split(/\s+/).find((word) => word.startsWith("http") && word.includes(words));
      if (link) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${address} with a link to ${words}`);
}
