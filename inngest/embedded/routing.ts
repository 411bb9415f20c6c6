import type { CancelConfig, FunctionConfig } from "./configuration";
import { parseDuration } from "./durations";
import { type ExpressionScope, holds, keyOf } from "./expressions";
import type { WireEvent } from "./protocol";

/** Pure decisions about which functions an event starts or cancels and under which keys. */

export function nameMatches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

export function functionsStartedBy(event: WireEvent, functions: readonly FunctionConfig[]): FunctionConfig[] {
  const scope = { event };
  return functions.filter((config) => config.triggers.some((trigger) => triggerMatches(trigger, event, scope)));
}

function triggerMatches(trigger: FunctionConfig["triggers"][number], event: WireEvent, scope: ExpressionScope): boolean {
  if (trigger.event === undefined || !nameMatches(trigger.event, event.name)) return false;
  return trigger.expression === null || trigger.expression === undefined || holds(trigger.expression, scope);
}

/** Functions that an event may cancel, with the entries that name it. */
export function functionsCancelledBy(event: WireEvent, functions: readonly FunctionConfig[]): Array<{ config: FunctionConfig; entries: CancelConfig[] }> {
  return functions
    .map((config) => ({ config, entries: (config.cancel ?? []).filter((entry) => nameMatches(entry.event, event.name)) }))
    .filter((found) => found.entries.length > 0);
}

/** Whether one of the entries cancels a run that was queued at `queuedAt` for `started`. */
export function cancels(entries: readonly CancelConfig[], incoming: WireEvent, started: unknown, queuedAt: Date, now: Date): boolean {
  return entries.some((entry) => {
    const limit = parseDuration(entry.timeout ?? "");
    if (limit !== undefined && now.getTime() - queuedAt.getTime() > limit) return false;
    return entry.if === null || entry.if === undefined || holds(entry.if, { event: started, async: incoming });
  });
}

export interface ConcurrencyScope {
  readonly scope: string;
  readonly limit: number;
}

/**
 * The concurrency scopes of a run. One installation is one environment, so `env` and `account` share a namespace; there the
 * key decides who shares, as on the Inngest server. A limit of 0 means none.
 */
export function concurrencyScopes(config: FunctionConfig, event: WireEvent): ConcurrencyScope[] {
  return (config.concurrency ?? [])
    .filter((entry) => entry.limit > 0)
    .map((entry) => {
      const key = entry.key === null || entry.key === undefined ? "" : keyOf(entry.key, { event });
      const owner = entry.scope === "env" || entry.scope === "account" ? `shared:${entry.key ?? ""}` : config.id;
      return { scope: `${owner}|${key}`, limit: entry.limit };
    });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The workspace an event belongs to: its own `workspaceId`, or that of the event whose run it reports about. */
export function workspaceOf(event: Pick<WireEvent, "name" | "data">): string | undefined {
  const data = event.data as { readonly workspaceId?: unknown; readonly event?: Pick<WireEvent, "name" | "data"> } | null;
  if (typeof data !== "object" || data === null) return undefined;
  if (typeof data.workspaceId === "string") return UUID.test(data.workspaceId) ? data.workspaceId : undefined;
  const reported = event.name.startsWith("inngest/function.") ? data.event : undefined;
  return reported === undefined || typeof reported !== "object" ? undefined : workspaceOf(reported);
}

/** Names of events that some function listens to; the engine writes its own life-cycle events only for these. */
export function listensTo(name: string, functions: readonly FunctionConfig[]): boolean {
  return functions.some((config) => config.triggers.some((trigger) => trigger.event !== undefined && nameMatches(trigger.event, name)));
}
