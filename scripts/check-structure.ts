import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What no other tool checks: every room has its README, every module and connector its parts, no file outgrows its budget. */
const HARD_LIMIT_LINES = 400;
const ROOMS = ["app", "components", "server", "inngest", "prisma", "sandbox", "lib", "cli", "scripts", "docs", "e2e", "bench", "messages"];
/** Called by functions alone. */
const NO_ROUTER = new Set(["sync"]);
const SHARED = new Set(["platform", "trpc", "integrations"]);
const MODULE_PARTS = ["README.md", "router.ts"];
const CONNECTOR_PARTS = [
  "README.md",
  "index.ts",
  "connector.ts",
  "credentials.ts",
  "client.ts",
  "schemas.ts",
  "mapper.ts",
  "errors.ts",
  "error-codes.ts",
  "sandbox/index.ts",
];
const SKIP = new Set(["node_modules", ".git", ".next", ".karavan", "generated", "migrations"]);

const folders = (path: string) => (existsSync(path) ? readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory()) : []);

function missingParts(): string[] {
  const problems: string[] = [];
  const demand = (path: string) => {
    if (!existsSync(path)) problems.push(`${path} is missing`);
  };
  for (const room of ROOMS) demand(join(room, "README.md"));
  for (const name of folders("server")) {
    if (SHARED.has(name)) demand(join("server", name, "README.md"));
    else if (!NO_ROUTER.has(name)) for (const part of MODULE_PARTS) demand(join("server", name, part));
  }
  const connectors = "server/integrations/connectors";
  for (const name of folders(connectors)) {
    for (const part of CONNECTOR_PARTS) demand(join(connectors, name, part));
    for (const registry of ["server/integrations/registry.ts", "sandbox/registry.ts"]) {
      if (!readFileSync(registry, "utf8").includes(`connectors/${name}`)) problems.push(`${registry} does not list ${name}`);
    }
  }
  return problems;
}

function* sources(path: string): Generator<string> {
  for (const name of readdirSync(path)) {
    if (SKIP.has(name)) continue;
    const full = join(path, name);
    if (statSync(full).isDirectory()) yield* sources(full);
    else if (/\.(ts|tsx|mjs)$/.test(name)) yield full;
  }
}

function tooLong(): string[] {
  const problems: string[] = [];
  for (const file of sources(".")) {
    const lines = readFileSync(file, "utf8").split("\n").length;
    if (lines > HARD_LIMIT_LINES) problems.push(`${file} has ${lines} lines; the limit is ${HARD_LIMIT_LINES}: divide it`);
  }
  return problems;
}

function badNames(): string[] {
  return [...sources(".")].filter((file) => /(^|[/-])(utils?|helpers?|misc|common|manager)\.(ts|tsx)$/.test(file)).map((file) => `${file}: say what is in it`);
}

const problems = [...missingParts(), ...tooLong(), ...badNames()];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
