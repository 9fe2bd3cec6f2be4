// Starts the demo on free ports with a folder of its own, and ends it again.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
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

/** Plays the demo's story; resolves with what it prints on standard output once the story is over. */
export async function startDemo(binary) {
  const data = await mkdtemp(join(tmpdir(), "passerelle-walk-"));
  const [hub, books, sandbox] = [await freePort(), await freePort(), await freePort()];
  const listening = [
    ["--hub-listen", hub],
    ["--books-listen", books],
    ["--sandbox-listen", sandbox],
  ].flatMap(([flag, port]) => [flag, `127.0.0.1:${port}`]);
  const child = spawn(binary, ["demo", "--json", "--data", data, ...listening], {
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
  return { report, end };
}
