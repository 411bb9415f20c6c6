import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import getPort from "get-port";

export interface Web {
  readonly url: string;
  stop(): Promise<void>;
}

/** The production build's own server. @throws Error when there is no build: `npm run demo` makes one. */
export async function startWeb(): Promise<Web> {
  if (!existsSync(join(process.cwd(), ".next", "BUILD_ID"))) throw new Error("There is no production build: run `npm run demo` or `npm start` once.");
  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const next = join(process.cwd(), "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXTAUTH_URL: url },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`${url}/api/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    if (Date.now() > deadline) throw new Error("The web application did not become ready.");
    await new Promise((wake) => setTimeout(wake, 200));
  }
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
