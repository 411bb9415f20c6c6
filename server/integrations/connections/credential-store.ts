import { credentialsSubject } from "@/server/platform/vault/credentials";
import type { SealedStore } from "@/server/platform/vault/rotation";

/** What key rotation with `--data` seals anew on behalf of this room. A credential changed meanwhile is left as it is. */
export const credentialStore: SealedStore = {
  name: "connection-credentials",
  async list(scope, vaultKeyId, limit) {
    const rows = await scope.db.connectionCredential.findMany({ where: { workspaceId: scope.workspaceId, vaultKeyId }, take: limit });
    return rows.map((row) => ({ subject: credentialsSubject(row.connectionId), vaultKeyId: row.vaultKeyId, sealed: row.sealed }));
  },
  async replace(scope, row, next) {
    const where = { workspaceId: scope.workspaceId, connectionId: row.subject.id, vaultKeyId: row.vaultKeyId, sealed: row.sealed };
    return (await scope.db.connectionCredential.updateMany({ where, data: next })).count === 1;
  },
};
