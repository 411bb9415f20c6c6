import { productNames } from "@/server/catalog/index";
import type { Scope } from "@/server/platform/transaction";
import { countViews, listConversationRows, type SummaryRow } from "./repository";
import type { ConversationPage, ConversationSummary, ListConversationsInput, ViewCounts } from "./schema";

export async function listConversations(scope: Scope, userId: string, input: ListConversationsInput): Promise<ConversationPage> {
  const rows = await listConversationRows(scope, userId, input);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  const at = input.sort === "waiting" ? last?.waitingSince : last?.lastMessageAt;
  return { conversations: await withProductNames(scope, page), nextCursor: last === undefined || at === undefined || at === null ? null : { at, id: last.id } };
}

export async function withProductNames(scope: Scope, rows: readonly SummaryRow[]): Promise<ConversationSummary[]> {
  const names = await productNames(
    scope,
    rows.flatMap((row) => (row.sku === null ? [] : [{ connectionId: row.connectionId, sku: row.sku }])),
  );
  return rows.map((row) => ({ ...row, productName: row.sku === null ? null : (names.get(`${row.connectionId} ${row.sku}`) ?? null) }));
}

/** How much is in each view, for the person who asks (unread is theirs). */
export async function countConversations(scope: Scope, userId: string): Promise<ViewCounts> {
  return countViews(scope, userId);
}
