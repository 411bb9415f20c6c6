import { newId } from "@/lib/ids";
import type { Actor } from "@/server/access/index";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { hashToken, newToken } from "@/server/platform/crypto";
import { notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { type ApiTokenView, apiTokenOutput, type CreateTokenInput } from "../schema";
import { blockedScopes, isGone } from "./maker-rules";
import { insertToken, listMakers, listTokenRows, revokeTokenRow, type TokenRow } from "./token.repository";

/** Known at a glance in logs and to secret scanners. */
export const TOKEN_PREFIX = "krv_";
const SHOWN_CHARS = TOKEN_PREFIX.length + 6;
const DAY_MS = 86_400_000;

/** Makes a token. It is returned this once: only its hash is kept. */
export async function createToken(
  workspaceId: string,
  input: CreateTokenInput,
  actor: Actor & { readonly id: string },
  clock: Clock = systemClock,
): Promise<{ token: string; created: ApiTokenView }> {
  const token = `${TOKEN_PREFIX}${newToken()}`;
  const now = clock.now();
  const expiresAt = input.expiresInDays === null ? null : new Date(now.getTime() + input.expiresInDays * DAY_MS);
  const row = await inWorkspace(workspaceId, async (scope) => {
    const { name } = input;
    const scopes = [...new Set(input.scopes)];
    const created = await insertToken(scope, {
      id: newId(),
      name,
      prefix: token.slice(0, SHOWN_CHARS),
      tokenHash: hashToken(token),
      scopes,
      createdBy: actor.id,
      createdAt: now,
      expiresAt,
    });
    await writeAudit(scope, { ...named(actor), action: "api_token.created", subject: { type: "api-token", id: created.id }, details: { name, scopes } });
    const [view] = await views(scope, [created]);
    if (view === undefined) throw new Error("a token that was made has no view");
    return view;
  });
  return { token, created: row };
}

/** All tokens, revoked ones too, newest first. */
export async function listTokens(workspaceId: string): Promise<ApiTokenView[]> {
  return inWorkspace(workspaceId, async (scope) => views(scope, await listTokenRows(scope)));
}

async function views(scope: Scope, rows: readonly Omit<TokenRow, "tokenHash">[]): Promise<ApiTokenView[]> {
  const makers = await listMakers(
    scope,
    rows.map(({ createdBy }) => createdBy),
  );
  return rows.map((row) => {
    const maker = makers.get(row.createdBy) ?? null;
    return apiTokenOutput.parse({ ...row, makerName: maker?.name ?? null, blockedScopes: blockedScopes(row.scopes, maker), isMakerGone: isGone(maker) });
  });
}

/** Ends a token; the next request with it is refused. @throws AppError `api.token_not_found`. */
export async function revokeToken(workspaceId: string, id: string, actor: Actor, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    if (!(await revokeTokenRow(scope, id, clock.now()))) throw notFound("api.token_not_found");
    await writeAudit(scope, { ...named(actor), action: "api_token.revoked", subject: { type: "api-token", id } });
  });
}

function named({ kind, id, ip }: Actor) {
  return { actor: { kind, id }, ...(ip === undefined ? {} : { ip }) };
}
