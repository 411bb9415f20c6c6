import type { Clock } from "@/server/platform/clock";
import { emit } from "@/server/platform/events";
import type { Scope } from "@/server/platform/transaction";
import { afterChange } from "../after-change";
import { messageReceived } from "../events";
import type { ConversationStatus } from "../schema";
import { type HistoryEntry, recordHistory } from "../team/history.repository";
import { routeNew } from "../team/route-new";

export interface Ingested {
  readonly id: string;
  readonly isNew: boolean;
  readonly from: ConversationStatus;
  readonly to: ConversationStatus;
  /** The buyer wrote something that is news, not history: how many messages. */
  readonly news: number;
}

/** What a service told has consequences: the history says so, new and reopened conversations find their team, people hear of messages. */
export async function afterIngest(scope: Scope, ingested: readonly Ingested[], clock: Clock): Promise<void> {
  const now = clock.now();
  const moved = ingested.filter(({ isNew, from, to }) => !isNew && from !== to);
  await recordHistory(scope, { kind: "service", id: null }, now, moved.map(entryOf));
  const arrivals = ingested.filter(({ isNew, from, to }) => to === "open" && (isNew || (from !== "open" && from !== "pending")));
  await routeNew(
    scope,
    arrivals.map(({ id }) => id),
    now,
  );
  await emit(
    scope.db,
    ingested.flatMap(({ id, news }) => (news === 0 ? [] : [messageReceived.create({ workspaceId: scope.workspaceId, conversationId: id, count: news })])),
  );
  await afterChange(
    scope,
    ingested.map(({ id }) => id),
    clock,
  );
}

function entryOf({ id, from, to }: Ingested): HistoryEntry {
  return from === "snoozed" && to === "open"
    ? { conversationId: id, type: "woken", data: { by: "buyer" } }
    : { conversationId: id, type: "status", data: { from, to } };
}
