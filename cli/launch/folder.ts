import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LaunchProblem } from "./problem";

/** `.karavan/`: database, secrets, logs. One supervisor at a time. */
export interface DataFolder {
  readonly path: string;
  file(name: string): string;
  release(): void;
}

function ownerOf(lock: string): number | undefined {
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, "utf8"));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined; // ESRCH: the lock outlived its process.
  }
}

/**
 * Opens the data folder for this process alone.
 * @throws LaunchProblem when it cannot be written to or another Karavan holds it.
 */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true });
    // Others may pass through (PostgreSQL runs as its own user when we are root) but not list.
    chmodSync(path, 0o711);
    writeFileSync(join(path, ".writable"), "");
    rmSync(join(path, ".writable"));
  } catch (error) {
    throw new LaunchProblem(`The data folder ${path} cannot be written to: ${error instanceof Error ? error.message : String(error)}`);
  }
  const lock = join(path, "karavan.pid");
  const owner = ownerOf(lock);
  if (owner !== undefined && owner !== process.pid) throw new LaunchProblem(`Karavan already runs on this data folder (process ${owner}): stop it first.`);
  writeFileSync(lock, String(process.pid));
  return { path, file: (name) => join(path, name), release: () => rmSync(lock, { force: true }) };
}
