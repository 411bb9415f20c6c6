import { newId } from "@/lib/ids";
import { inSystem, type Scope } from "@/server/platform/transaction";
import type { ListNoticeDeliveriesInput, OutsideChannel } from "../schema";

/** Rows of `notice_delivery`. A claim is a lease: `not_before` moves ahead and `attempts` rises, which fences a late settler out. */
export interface Target {
  readonly userId: string;
  readonly channel: OutsideChannel;
}

export interface Claimed {
  readonly id: string;
  readonly noticeId: string | null;
  readonly form: string;
  readonly attempts: number;
}

/**
 * Takes what is due for a person on a channel, of one form (that of the oldest), so that it leaves as one message. Rows another
 * worker is taking right now are skipped.
 */
export async function claimDue({ workspaceId, db }: Scope, { userId, channel }: Target, now: Date, leaseUntil: Date, limit: number): Promise<Claimed[]> {
  const rows = await db.$queryRaw<Claimed[]>`
    WITH due AS (
      SELECT id, form, created_at FROM notice_delivery
      WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND channel = ${channel}
        AND status = 'waiting' AND (not_before IS NULL OR not_before <= ${now})
      ORDER BY created_at, id
      LIMIT 500 FOR UPDATE SKIP LOCKED
    ), chosen AS (
      SELECT id FROM due WHERE form = (SELECT form FROM due ORDER BY created_at, id LIMIT 1) ORDER BY created_at, id LIMIT ${limit}
    )
    UPDATE notice_delivery d SET attempts = d.attempts + 1, not_before = ${leaseUntil}
    FROM chosen WHERE d.id = chosen.id
    RETURNING d.id, d.notice_id AS "noticeId", d.form, d.attempts`;
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}

export interface Outcome {
  readonly status: "waiting" | "sent" | "failed" | "skipped";
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly notBefore: Date | null;
}

/** Writes the end of a try, unless the lease ran out and somebody else has taken the row since. */
export async function settle({ workspaceId, db }: Scope, claimed: readonly Claimed[], outcome: Outcome, at: Date): Promise<void> {
  const data = { ...outcome, settledAt: outcome.status === "waiting" ? null : at };
  for (const { id, attempts } of claimed) {
    await db.noticeDelivery.updateMany({ where: { workspaceId, id, attempts, status: "waiting" }, data });
  }
}

/** When the next waiting row of a person becomes due; null when nothing waits. */
export async function nextDueAt({ workspaceId, db }: Scope, { userId, channel }: Target): Promise<Date | null> {
  const row = await db.noticeDelivery.findFirst({
    where: { workspaceId, userId, channel, status: "waiting" },
    orderBy: { notBefore: { sort: "asc", nulls: "first" } },
    select: { notBefore: true },
  });
  return row === null ? null : (row.notBefore ?? new Date(0));
}

/** People with something due, in all workspaces: for the minute sweep. */
export async function findDueTargets(now: Date, limit: number): Promise<(Target & { readonly workspaceId: string })[]> {
  return inSystem(
    (tx) => tx.$queryRaw<(Target & { workspaceId: string })[]>`
      SELECT DISTINCT workspace_id AS "workspaceId", user_id AS "userId", channel FROM notice_delivery
      WHERE status = 'waiting' AND not_before <= ${now} LIMIT ${limit}`,
  );
}

/** A sample leaves at once, outside the queue; its row is written when its end is known. */
export async function insertTest({ workspaceId, db }: Scope, target: Target, outcome: Outcome, at: Date): Promise<void> {
  await db.noticeDelivery.create({ data: { id: newId(), workspaceId, ...target, ...outcome, form: "test", attempts: 1, createdAt: at, settledAt: at } });
}

export async function findNotices({ workspaceId, db }: Scope, userId: string, noticeIds: readonly string[]) {
  return db.notice.findMany({ where: { workspaceId, userId, id: { in: [...noticeIds] } } });
}

export async function listDeliveryRows({ workspaceId, db }: Scope, userId: string | null, { statuses, channel, cursor, limit }: ListNoticeDeliveriesInput) {
  return db.noticeDelivery.findMany({
    where: {
      workspaceId,
      ...(userId === null ? {} : { userId }),
      ...(statuses === undefined || statuses.length === 0 ? {} : { status: { in: statuses } }),
      ...(channel === undefined ? {} : { channel }),
      ...(cursor === undefined ? {} : { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] }),
    },
    include: { notice: { select: { kind: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
}

export async function namesOf({ db }: Scope, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.user.findMany({ where: { id: { in: [...new Set(userIds)] } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
}
