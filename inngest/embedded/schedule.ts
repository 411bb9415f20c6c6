import { createHash } from "node:crypto";
import { Cron } from "croner";
import { parseDuration } from "./durations";

const PREFIX = /^(?:CRON_)?TZ=(\S+)\s+/;

function read(line: string): { pattern: string; zone: string } {
  const zone = PREFIX.exec(line)?.[1] ?? "UTC";
  return { pattern: line.replace(PREFIX, "").trim(), zone };
}

function open(line: string): Cron {
  const { pattern, zone } = read(line);
  return new Cron(pattern, { timezone: zone, paused: true, mode: "5-part" });
}

/** Why a cron line cannot be used, or undefined when it can. */
export function scheduleProblem(line: string): string | undefined {
  if (line.length > 255) return "longer than 255 characters";
  try {
    return open(line).nextRun(new Date()) === null ? "never fires" : undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern:\s*/, "") : "not a cron line";
  }
}

/** The latest fire time after `since` and not after `now`. A backlog is not replayed: at most one. */
export function latestDue(line: string, since: Date, now: Date): Date | undefined {
  // previousRuns looks strictly before its reference.
  const latest = open(line).previousRuns(1, new Date(now.getTime() + 1))[0];
  return latest !== undefined && latest > since && latest <= now ? latest : undefined;
}

/** Deterministic delay in [0, jitter) so that every worker computes the same start. */
export function jitterMs(functionId: string, fireAt: Date, jitter: string | null | undefined): number {
  const range = parseDuration(jitter ?? "") ?? 0;
  if (range === 0) return 0;
  const digest = createHash("sha256").update(`${functionId} ${fireAt.toISOString()}`).digest();
  return digest.readUInt32BE(0) % range;
}
