import { z } from "zod";
import { inWorkspace } from "@/server/platform/transaction";
import { findCredentials } from "../connections/connection.repository";
import { requireConnector } from "../connections/find-connector";
import { requireConnection } from "../connections/save-connection";
import { streamIdSchema } from "../schema";
import { readAccessLog, readLastUses, readNames } from "./credentials.repository";
import { permissionsOf } from "./permission-rules";
import { type CredentialsView, capabilitySchema } from "./schema";

const MOST_ENTRIES = 50;

/** What the last test kept of the key's gaps; absent where no test has succeeded. */
const testedSchema = z.object({ missingPermissions: z.array(z.object({ capability: capabilitySchema, permission: z.string() })) });
const detailsSchema = z.object({ purpose: z.string().optional(), fields: z.array(z.string()).optional() }).catch({});

/**
 * A connection's credentials without anything of them: how often and when they were changed, what they may do, what they were last used
 * for, and who had to do with them.
 * @throws AppError `connection.not_found` | `connection.unknown_connector`.
 */
export async function describeCredentials(workspaceId: string, connectionId: string): Promise<CredentialsView> {
  return inWorkspace(workspaceId, async (scope) => {
    const connection = await requireConnection(scope, connectionId);
    const connector = requireConnector(connection.connectorId);
    const stored = await findCredentials(scope, connectionId);
    const tested = testedSchema.safeParse(connection.facts);
    const log = await readAccessLog(scope, connectionId, MOST_ENTRIES);
    const people = log.flatMap(({ actorKind, actorId }) => (actorKind === "user" && actorId !== null ? [actorId] : []));
    const names = await readNames(scope, [...new Set(people)]);
    const { runs, callAt } = await readLastUses(scope, connectionId);
    return {
      version: stored?.version ?? 0,
      changedAt: stored?.updatedAt ?? null,
      permissions: permissionsOf(connector, tested.success ? tested.data.missingPermissions : null),
      lastCallAt: callAt,
      lastRuns: runs.map(({ stream, at }) => ({ stream: streamIdSchema.parse(stream), at })),
      accessLog: log.map(({ id, at, action, actorKind, actorId, details, ip }) => {
        const { purpose, fields } = detailsSchema.parse(details);
        const actorName = actorId === null ? null : (names.get(actorId) ?? null);
        return { entryId: id, at, action, actorKind, actorName, ip, purpose: purpose ?? null, fields: fields ?? [] };
      }),
    };
  });
}
