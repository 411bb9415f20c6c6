import type { SealedStore } from "@/server/platform/vault/rotation";
import { resealTransport, sealedTransports } from "./transport.repository";
import { transportSubject } from "./transport-facts";

/** What key rotation with `--data` seals anew on behalf of this room. */
export const noticeTransportStore: SealedStore = {
  name: "notice-transports",
  async list(scope, vaultKeyId, limit) {
    const rows = await sealedTransports(scope, vaultKeyId, limit);
    return rows.map((row) => ({ subject: transportSubject(row.id), vaultKeyId: row.vaultKeyId, sealed: row.sealed }));
  },
  replace: (scope, row, next) => resealTransport(scope, { id: row.subject.id, vaultKeyId: row.vaultKeyId, sealed: row.sealed }, next),
};
