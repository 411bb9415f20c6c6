import type { ConnectionView } from "@/server/integrations/schema";
import type { HomeSummary } from "./schema";

type Connections = NonNullable<HomeSummary["connections"]>;

const FAILING: ReadonlySet<ConnectionView["health"]["state"]> = new Set(["degraded", "auth_failed", "missing_permission", "throttled", "unreachable"]);
const WEEK_MS = 7 * 86_400_000;

/** The calendar day of an instant in a time zone, YYYY-MM-DD. */
export function localDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

export function weekBefore(day: string): string {
  return new Date(Date.parse(day) - WEEK_MS).toISOString().slice(0, 10);
}

/** What of the connections needs someone: those that fail, keys that run out, synchronisations that run or have failed. */
export function connectionTroubles(connections: readonly ConnectionView[]): Connections {
  const active = connections.filter((connection) => connection.isActive);
  return {
    total: connections.length,
    failing: active
      .filter(({ health }) => FAILING.has(health.state))
      .map(({ id, name, connectorId, health }) => ({ id, name, connectorId, health, target: targetOf(id) })),
    expiring: active.flatMap(({ id, name, connectorId, expiry, credentialsExpireAt }) =>
      expiry === null || expiry.level === "fine" || credentialsExpireAt === null
        ? []
        : [{ id, name, connectorId, expiresAt: credentialsExpireAt, daysLeft: expiry.daysLeft, level: expiry.level, target: targetOf(id) }],
    ),
    syncs: active.flatMap(syncsOf),
  };
}

const targetOf = (connectionId: string) => `/integrations/${connectionId}`;

function syncsOf(connection: ConnectionView): Connections["syncs"] {
  return connection.streams.flatMap(({ stream, isEnabled, lastRun }) => {
    if (lastRun === null || !isEnabled) return [];
    const running = lastRun.status === "queued" || lastRun.status === "running";
    if (!running && lastRun.status !== "failed") return [];
    const at = running ? (lastRun.startedAt ?? lastRun.queuedAt) : lastRun.endedAt;
    return [
      {
        connectionId: connection.id,
        name: connection.name,
        stream,
        status: running ? ("running" as const) : ("failed" as const),
        at,
        errorCode: lastRun.errorCode,
        target: targetOf(connection.id),
      },
    ];
  });
}
