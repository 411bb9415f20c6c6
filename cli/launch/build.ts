import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LaunchProblem } from "./problem";

/** What the build is made of; a change anywhere here makes a new one. */
const SOURCES = [
  "app",
  "components",
  "server",
  "inngest",
  "lib",
  "messages",
  "i18n",
  "prisma/schema",
  "public",
  "next.config.ts",
  "proxy.ts",
  "instrumentation.ts",
  "postcss.config.json",
  "tsconfig.json",
  "package-lock.json",
];

function* filesBelow(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name !== "generated" && name !== "node_modules") yield* filesBelow(join(path, name));
  }
}

/** Fingerprint by content, so that a fresh clone with a copied build is recognised and a touched file is not a change. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source))) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

export function isBuilt(root: string): boolean {
  const marker = join(root, ".next", "karavan-fingerprint");
  return existsSync(join(root, ".next", "BUILD_ID")) && existsSync(marker) && readFileSync(marker, "utf8") === fingerprint(root);
}

/** @throws LaunchProblem with the tail of Next's own output; AbortError when `signal` ended it. */
export async function buildWeb(root: string, signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-3_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new LaunchProblem(`The web application could not be built:\n${output}`);
  writeFileSync(join(root, ".next", "karavan-fingerprint"), fingerprint(root));
}
