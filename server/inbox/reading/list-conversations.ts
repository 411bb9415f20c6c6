import type { Viewer } from "@/server/access/index";
import { productNames } from "@/server/catalog/index";
import { type Clock, systemClock } from "@/server/platform/clock";
import type { Scope } from "@/server/platform/transaction";
import { deadlineOf, kindOfChannel } from "../rules";
import type { ConversationPage, ConversationSummary, ListConversationsInput, ViewCounts } from "../schema";
import { countViews } from "./counts.repository";
import { listConversationRows, type SummaryRow } from "./list.repository";

/** A page of what the viewer may see; merged conversations stand behind their head. */
export async function listConversations(scope: Scope, viewer: Viewer, input: ListConversationsInput, clock: Clock = systemClock): Promise<ConversationPage> {
  const rows = await listConversationRows(scope, viewer, input, clock.now());
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return { conversations: await toSummaries(scope, page), nextCursor: last === undefined ? null : cursorOf(last, input.sort) };
}

function cursorOf(row: SummaryRow, sort: ListConversationsInput["sort"]): ConversationPage["nextCursor"] {
  const at = sort === "waiting" ? row.waitingSince : sort === "due" ? row.nextDeadlineAt : row.lastMessageAt;
  if (at === null) return null;
  return { at, id: row.id, ...(sort === "priority" ? { priority: row.priority } : {}) };
}

/** Rows as the browser gets them; a product without a name of its own takes the catalog's. */
export async function toSummaries(scope: Scope, rows: readonly SummaryRow[]): Promise<ConversationSummary[]> {
  const names = await productNames(
    scope,
    rows.flatMap(({ sku, productName, connectionId }) => (sku === null || productName !== null ? [] : [{ connectionId, sku }])),
  );
  return rows.map(({ assigneeId, assigneeName, teamId, teamName, nextDeadlineAt, nextDeadlineKind, deadlineState, ...row }) => ({
    ...row,
    labels: [...row.labels],
    kind: kindOfChannel(row.channel),
    productName: row.productName ?? names.get(`${row.connectionId} ${row.sku}`) ?? null,
    // Somebody who is not a member any more has no name to show, but the conversation is not free.
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? "" },
    team: teamId === null ? null : { id: teamId, name: teamName ?? "" },
    deadline: deadlineOf({ at: nextDeadlineAt, kind: nextDeadlineKind, state: deadlineState }),
  }));
}

/** How much of what the viewer may see is in each view. */
export async function countConversations(scope: Scope, viewer: Viewer, clock: Clock = systemClock): Promise<ViewCounts> {
  return countViews(scope, viewer, clock.now());
}
