import { readFileSync } from "node:fs";
import { pool } from "@/server/platform/db";

/** The database's processes that serve this one. */
export async function listBackends(): Promise<readonly number[]> {
  const { rows } = await pool.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'");
  return rows.map(({ pid }) => pid);
}

/** Processor time so far of this process and of those, in milliseconds; where the system does not tell it of the others (not Linux), of this one alone. */
export function processorMs(pids: readonly number[]): number {
  const { user, system } = process.cpuUsage();
  return pids.reduce((sum, pid) => sum + onProcessorMs(pid), (user + system) / 1_000);
}

function onProcessorMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0] ?? 0) / 1_000_000;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return 0;
    throw error;
  }
}
