import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { conflict, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import type { Prisma } from "@/server/platform/generated/client";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import type { RejectedRecord } from "../contract/records";
import { deadLetterReplayRequested } from "../events";
import type { ListDeadLettersInput } from "../schema";

export type DeadLetterRow = Prisma.DeadLetterGetPayload<object>;

/** PostgreSQL's jsonb holds neither bigint nor U+0000 nor half a surrogate pair; dates become ISO texts. */
export function storableJson(value: unknown): Prisma.InputJsonValue {
  const text = JSON.stringify(value ?? null, (_key, entry: unknown) =>
    typeof entry === "bigint" ? entry.toString() : typeof entry === "string" ? storable(entry) : entry,
  );
  return JSON.parse(text);
}

export interface DeadLetterOrigin {
  readonly connectionId: string;
  readonly runId?: string | undefined;
  readonly deliveryId?: string | undefined;
}

/**
 * Keeps records that could not be applied. A source that gives the same bad record at every poll fills one row, not one a
 * minute: an unresolved letter with the same id (or, without an id, the same content) is brought up to date instead.
 */
export async function keepDeadLetters({ workspaceId, db }: Scope, origin: DeadLetterOrigin, records: readonly RejectedRecord[]): Promise<void> {
  for (const record of records) {
    const payload = JSON.stringify(storableJson(record.payload));
    const changed = await db.$executeRaw`
      UPDATE dead_letter SET payload = ${payload}::jsonb, error_code = ${record.errorCode}, error_text = ${record.errorText.slice(0, 2_000)}, run_id = ${origin.runId ?? null}::uuid
      WHERE workspace_id = ${workspaceId}::uuid AND connection_id = ${origin.connectionId}::uuid AND kind = ${record.kind} AND resolved_at IS NULL
        AND ((external_id IS NOT NULL AND external_id = ${record.externalId ?? null}) OR (external_id IS NULL AND ${record.externalId ?? null}::text IS NULL AND payload = ${payload}::jsonb))`;
    if (changed > 0) continue;
    await db.$executeRaw`
      INSERT INTO dead_letter (id, workspace_id, connection_id, run_id, delivery_id, kind, external_id, payload, error_code, error_text)
      VALUES (${newId()}::uuid, ${workspaceId}::uuid, ${origin.connectionId}::uuid, ${origin.runId ?? null}::uuid, ${origin.deliveryId ?? null}::uuid,
        ${record.kind}, ${record.externalId ?? null}, ${payload}::jsonb, ${record.errorCode}, ${record.errorText.slice(0, 2_000)})`;
  }
}

export async function findDeadLetter({ workspaceId, db }: Scope, id: string): Promise<DeadLetterRow | null> {
  return db.deadLetter.findFirst({ where: { id, workspaceId } });
}

/** Marks letters whose record has arrived after all, named by id or by the record they hold. */
export async function resolveDeadLetters({ workspaceId, db }: Scope, where: Prisma.DeadLetterWhereInput, at: Date): Promise<number> {
  return (await db.deadLetter.updateMany({ where: { ...where, workspaceId, resolvedAt: null }, data: { resolvedAt: at } })).count;
}

/** Resolves the letters of records that now have been applied, whichever way they came. Costs one look where there are none. */
export async function resolveArrived(
  scope: Scope,
  connectionId: string,
  applied: readonly { readonly kind: RejectedRecord["kind"]; readonly externalId: string }[],
  at: Date,
): Promise<number> {
  const open = await scope.db.deadLetter.findMany({
    where: { workspaceId: scope.workspaceId, connectionId, resolvedAt: null, externalId: { not: null } },
    select: { id: true, kind: true, externalId: true },
    take: 10_000,
  });
  if (open.length === 0) return 0;
  const arrived = new Set(applied.map((record) => `${record.kind} ${record.externalId}`));
  const ids = open.filter((letter) => arrived.has(`${letter.kind} ${letter.externalId ?? ""}`)).map((letter) => letter.id);
  return ids.length === 0 ? 0 : resolveDeadLetters(scope, { id: { in: ids } }, at);
}

export async function noteReplayFailure({ workspaceId, db }: Scope, id: string, errorCode: string, errorText: string): Promise<void> {
  await db.deadLetter.updateMany({ where: { id, workspaceId }, data: { errorCode, errorText: errorText.slice(0, 2_000) } });
}

export async function listDeadLetters(workspaceId: string, input: ListDeadLettersInput): Promise<DeadLetterRow[]> {
  return inWorkspace(workspaceId, ({ db }) =>
    db.deadLetter.findMany({
      where: {
        workspaceId,
        ...(input.connectionId === undefined ? {} : { connectionId: input.connectionId }),
        ...(input.includeResolved ? {} : { resolvedAt: null }),
        ...(input.before === undefined ? {} : { createdAt: { lt: input.before } }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: input.limit,
    }),
  );
}

/**
 * Asks for another try of one dead letter; a durable function does it.
 * @throws AppError `sync.dead_letter_not_found` | `sync.dead_letter_resolved`.
 */
export async function requestDeadLetterReplay(workspaceId: string, id: string): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const row = await findDeadLetter(scope, id);
    if (row === null) throw notFound("sync.dead_letter_not_found");
    if (row.resolvedAt !== null) throw conflict("sync.dead_letter_resolved");
    await emit(scope.db, [deadLetterReplayRequested.create({ workspaceId, deadLetterId: id, connectionId: row.connectionId })]);
  });
}
