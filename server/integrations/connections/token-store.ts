import { type Clock, systemClock } from "@/server/platform/clock";
import { AppError, describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { SealedStore } from "@/server/platform/vault/rotation";
import { processVault, type Subject } from "@/server/platform/vault/vault";
import type { AccessToken, TokenStore } from "../contract/ports";
import { deleteToken, deleteTokens, findToken, listSealedTokens, putToken, replaceSealedToken } from "./token.repository";

const PURPOSE = "connection-token";
/** A token this close to its end is not worth starting with. */
const LEAST_LEFT_MS = 60_000;

const subjectOf = (connectionId: string, name: string): Subject => ({ purpose: PURPOSE, id: `${connectionId}/${name}` });

/** One making at a time in this process; of several processes the last one's token stays, and each is good where it was made. */
const making = new Map<string, Promise<AccessToken>>();

/**
 * The tokens of a stored connection: sealed like its credentials, and remembered in clear for as long as this object lives (one piece
 * of work), so that not every call opens the vault. Another process may renew one meanwhile: a remembered token the service refuses
 * is dropped, and the next `get` looks into the store again.
 */
export function storedTokens(workspaceId: string, connectionId: string, clock: Clock = systemClock): TokenStore {
  const remembered = new Map<string, AccessToken>();
  const isGood = (token: AccessToken) => token.expiresAt.getTime() - clock.now().getTime() > LEAST_LEFT_MS;
  const remember = (name: string, token: AccessToken) => {
    remembered.set(name, token);
    return token.value;
  };
  const read = (name: string) => inWorkspace(workspaceId, (scope) => openToken(scope, connectionId, name));
  const keep = (name: string, token: AccessToken) =>
    inWorkspace(workspaceId, async (scope) => {
      const sealed = await processVault().vault.seal(scope, subjectOf(connectionId, name), token.value);
      await putToken(scope, { connectionId, name, ...sealed, expiresAt: token.expiresAt });
    });
  return {
    async get(name, make) {
      const held = remembered.get(name);
      if (held !== undefined && isGood(held)) return held.value;
      const known = await read(name);
      if (known !== null && isGood(known)) return remember(name, known);
      const key = `${connectionId}/${name}`;
      const running = making.get(key);
      if (running !== undefined) return remember(name, await running);
      const promise = make().then(async (token) => {
        await keep(name, token);
        return token;
      });
      making.set(key, promise);
      try {
        return remember(name, await promise);
      } finally {
        making.delete(key);
      }
    },
    async drop(name, value) {
      if (remembered.get(name)?.value === value) remembered.delete(name);
      await inWorkspace(workspaceId, async (scope) => {
        if ((await openToken(scope, connectionId, name))?.value === value) await deleteToken(scope, connectionId, name);
      });
    },
  };
}

/** A new key has nothing to do with the tokens of the old one. */
export async function forgetTokens(scope: Scope, connectionId: string): Promise<void> {
  await deleteTokens(scope, connectionId);
}

/** A token that cannot be opened any more (a lost key) is as good as none: another is made. */
async function openToken(scope: Scope, connectionId: string, name: string): Promise<AccessToken | null> {
  const row = await findToken(scope, connectionId, name);
  if (row === null) return null;
  try {
    const value = await processVault().vault.open(scope, subjectOf(connectionId, name), row);
    return { value: Buffer.from(value).toString("utf8"), expiresAt: row.expiresAt };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.warn({ err: describeError(error), connectionId }, "a stored token could not be opened");
    return null;
  }
}

/** What key rotation with `--data` seals anew. */
export const tokenStore: SealedStore = {
  name: PURPOSE,
  async list(scope, vaultKeyId, limit) {
    const rows = await listSealedTokens(scope, vaultKeyId, limit);
    return rows.map((row) => ({ subject: subjectOf(row.connectionId, row.name), vaultKeyId: row.vaultKeyId, sealed: row.sealed }));
  },
  async replace(scope, row, next) {
    const [connectionId = "", name = ""] = row.subject.id.split("/");
    return replaceSealedToken(scope, { connectionId, name, vaultKeyId: row.vaultKeyId, sealed: row.sealed }, next);
  },
};
