import type { ConnectionFacts, Connector } from "../contract/connector";

type Capability = ConnectionFacts["missingPermissions"][number]["capability"];

export interface PermissionLine {
  readonly capability: Capability;
  /** unknown: the key was never tested. */
  readonly state: "granted" | "missing" | "unknown";
  /** What the service calls the permission that is missing. */
  readonly permission: string | null;
}

/** Everything a connector can do, and whether this key may: as the last test told it. */
export function permissionsOf(connector: Connector, missing: ConnectionFacts["missingPermissions"] | null): PermissionLine[] {
  const capabilities: Capability[] = [
    ...connector.streams.map(({ id }) => id),
    ...(connector.messaging === undefined ? [] : (["send"] as const)),
    ...(connector.orders === undefined ? [] : (["order_changes"] as const)),
    ...(connector.offers === undefined ? [] : (["stock", "price"] as const)),
  ];
  return capabilities.map((capability) => {
    if (missing === null) return { capability, state: "unknown", permission: null };
    const lacking = missing.find((entry) => entry.capability === capability);
    return { capability, state: lacking === undefined ? "granted" : "missing", permission: lacking?.permission ?? null };
  });
}
