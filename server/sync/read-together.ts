import { countOf } from "@/server/integrations/contract/ports";
import type { ExternalConversation } from "@/server/integrations/contract/records";
import { type OpenConnection, reportOutcome, settleDeliveries } from "@/server/integrations/index";
import type { Clock } from "@/server/platform/clock";
import { AppError } from "@/server/platform/errors";
import { inWorkspace } from "@/server/platform/transaction";
import { ingestPage } from "./ingest-page";
import { type Hinted, joinHints } from "./join-hints";

/** A push whose conversation could not be read. */
export interface Unread {
  readonly id: string;
  readonly error: unknown;
}

/**
 * Reads what several pushes name, each conversation once, applies it as one page and settles them in the same transaction.
 * @returns those whose conversation could not be read; nothing is written of them.
 * @throws AppError `connection.no_messaging`.
 */
export async function readTogether(
  ref: { readonly workspaceId: string; readonly connectionId: string },
  open: OpenConnection,
  deliveries: readonly Hinted[],
  clock: Clock,
): Promise<Unread[]> {
  const { messaging } = open.connector;
  if (messaging === undefined) throw new AppError("connection.no_messaging", { status: 400 });
  const records: ExternalConversation[] = [];
  const failures = new Map<string, unknown>();
  await Promise.all(
    joinHints(deliveries).map((hint) =>
      messaging.readConversation(open.context, hint).then(
        (record) => records.push(record),
        (error: unknown) => failures.set(hint.externalId, error),
      ),
    ),
  );
  const unread = deliveries.flatMap(({ id, hints }): Unread[] => {
    const failed = hints.find(({ externalId }) => failures.has(externalId));
    return failed === undefined ? [] : [{ id, error: failures.get(failed.externalId) }];
  });
  if (records.length === 0) return unread;
  const without = new Set(unread.map(({ id }) => id));
  const answered = deliveries.map(({ id }) => id).filter((id) => !without.has(id));
  await inWorkspace(ref.workspaceId, async (scope) => {
    const at = clock.now();
    const received = records.reduce((sum, record) => sum + countOf(record), 0);
    const deliveryId = answered.length === 1 ? answered[0] : undefined;
    await ingestPage(
      scope,
      { connection: open.connection, deliveryId, source: "push", isSame: messaging.isSame },
      { stream: "chats", page: { records, rejected: [], received } },
      at,
    );
    await settleDeliveries(scope, answered, { status: "processed", at });
  });
  await reportOutcome(ref.workspaceId, ref.connectionId, null, clock);
  return unread;
}
