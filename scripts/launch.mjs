// The door for every npm script. Plain JavaScript without dependencies, because on a fresh clone there are none yet:
// checks Node, installs what is missing, prepares it, then hands over to the TypeScript side in this same process.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const MINIMUM = [20, 19];

function fail(sentence) {
  process.stderr.write(`\n  ✗ ${sentence}\n\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  fail(`Karavan needs Node ${MINIMUM.join(".")} or newer; this is ${process.versions.node}.`);
}

function isInstalled() {
  const marker = join(root, "node_modules", ".package-lock.json");
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs - 1_000;
}

function install() {
  if (isInstalled()) return;
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`The folder ${root} cannot be written to: the dependencies cannot be installed there.`);
  }
  process.stdout.write("  Installing dependencies (once, about a minute)…\n");
  const npm = process.env["npm_execpath"];
  const [command, ...head] = npm === undefined ? ["npm"] : [process.execPath, npm];
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional packages, which some registries do not carry.
  const result = spawnSync(command, [...head, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (result.status !== 0) fail("The dependencies could not be installed; npm's own message is above.");
}

checkNode();
process.chdir(root);
install();
try {
  const { setup } = await import("./setup.mjs");
  setup();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
const { register } = await import("tsx/esm/api");
register();
await import("./commands.ts");
