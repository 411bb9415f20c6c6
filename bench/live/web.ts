import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { buildWeb, isBuilt } from "@/cli/launch/build";
import { type Child, superviseChild } from "@/cli/launch/children";

const READY_MS = 90_000;

/** The real web process of the production build of this tree; built first when it is not. */
export async function startWeb(folder: string): Promise<{ readonly url: string; readonly child: Child }> {
  const root = process.cwd();
  if (!isBuilt(root)) {
    process.stderr.write("  building the web application\n");
    await buildWeb(root, new AbortController().signal);
  }
  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const child = superviseChild({
    name: "web",
    args: [join(root, "node_modules", "next", "dist", "bin", "next"), "start", "-p", String(port), "-H", "127.0.0.1"],
    env: { NEXTAUTH_URL: url, NEXT_TELEMETRY_DISABLED: "1" },
    cwd: root,
    logFile: join(folder, "web.log"),
    say: (line) => process.stderr.write(`  ${line}\n`),
  });
  const deadline = Date.now() + READY_MS;
  while (!(await isReady(url))) {
    if (Date.now() > deadline) {
      await child.stop();
      throw new Error("the web process was not ready in time");
    }
    await sleep(250);
  }
  return { url, child };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health/ready`)).ok;
  } catch (error) {
    // Nobody listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
