import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";

/**
 * Applies the ordinary Prisma migrations with Prisma's own engine in its WebAssembly form: the native engine would have to
 * be downloaded. Same table (`_prisma_migrations`), same checksums; `prisma migrate` can take over at any time.
 */
const FILTERS = { externalTables: [], externalEnums: [] };

let loaded: Promise<typeof import("@prisma/schema-engine-wasm")> | undefined;

/** The engine guards its lock with a 10 s timer it never clears, which would hold the process that long after the work is done. */
async function withoutLingeringTimers<T>(work: () => Promise<T>): Promise<T> {
  const original = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign(((...args: Parameters<typeof setTimeout>) => original(...args).unref()) as typeof setTimeout, original);
  try {
    return await work();
  } finally {
    globalThis.setTimeout = original;
  }
}

/** The glue code keeps one instance in module state: a second instantiation would read the first one's memory. */
function loadEngine(): Promise<typeof import("@prisma/schema-engine-wasm")> {
  loaded ??= instantiate();
  return loaded;
}

async function instantiate(): Promise<typeof import("@prisma/schema-engine-wasm")> {
  const require = createRequire(import.meta.url);
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as typeof import("@prisma/schema-engine-wasm") & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  // The package's entry imports the .wasm file as a module, which Node cannot do: instantiate it by hand.
  const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const module = await WebAssembly.compile(readFileSync(file));
  const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
  return glue;
}

function readSchema(root: string): [string, string][] {
  const folder = join(root, "prisma", "schema");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => [join(folder, name), readFileSync(join(folder, name), "utf8")]);
}

function readMigrations(root: string): MigrationList {
  const baseDir = join(root, "prisma", "migrations");
  const folders = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: folders.map((path) => ({
      path,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: readFileSync(join(baseDir, path, "migration.sql"), "utf8") } },
    })),
  };
}

/**
 * The adapter's own `executeScript` cuts a script at every semicolon, also inside function bodies. PostgreSQL takes a
 * whole script in one simple query, and runs it as one transaction.
 */
class WholeScriptAdapter extends PrismaPg {
  private readonly opened: { dispose(): Promise<void> }[] = [];

  /** The engine does not close what it opened. */
  async close(): Promise<void> {
    await Promise.all(this.opened.map((adapter) => adapter.dispose()));
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    this.opened.push(adapter);
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

async function withEngine<T>(root: string, url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const adapter = new WholeScriptAdapter({ connectionString: url });
  const engine = await SchemaEngine.new({ datamodels: readSchema(root) }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
  try {
    return await withoutLingeringTimers(() => work(engine));
  } finally {
    engine.free();
    await adapter.close();
  }
}

/** Applies what is not applied yet. @returns the names of the migrations it applied, in order. */
export async function applyMigrations(root: string, url: string): Promise<readonly string[]> {
  return withEngine(root, url, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: readMigrations(root), filters: FILTERS });
    return result.appliedMigrationNames;
  });
}

/** The SQL that builds the schema files from nothing. The drift test runs it beside the migrations and compares the results. */
export async function schemaAsSql(root: string, url: string): Promise<string> {
  return withEngine(root, url, async (engine) => {
    const files = readSchema(root).map(([path, content]) => ({ path, content }));
    // From "empty" rather than from the database: the WebAssembly engine cannot describe one ("char" columns of the catalogue).
    const result = await engine.diff({ from: { tag: "empty" }, to: { tag: "schemaDatamodel", files }, script: true, exitCode: null, filters: FILTERS });
    return result.stdout ?? "";
  });
}
