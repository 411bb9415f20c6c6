import type { Scope } from "@/server/platform/transaction";
import { searchMessageRows } from "./repository";
import { snippetPieces } from "./rules";
import type { SearchHit, SearchMessagesInput } from "./schema";

/** Private-use characters: no keyboard makes them, so they cannot be confused with the message's own text. */
const START = String.fromCharCode(0xe000);
const STOP = String.fromCharCode(0xe001);

/** Searches message texts by Russian and English word stems ("заказы" finds "заказ"), newest first. */
export async function searchMessages(scope: Scope, input: SearchMessagesInput): Promise<{ hits: SearchHit[]; nextBefore: Date | null }> {
  const rows = await searchMessageRows(scope, { query: input.query, before: input.before, limit: input.limit, start: START, stop: STOP });
  const page = rows.slice(0, input.limit);
  return {
    hits: page.map(({ headline, ...row }) => ({ ...row, snippet: snippetPieces(headline, START, STOP) })),
    nextBefore: rows.length > input.limit ? (page.at(-1)?.sentAt ?? null) : null,
  };
}
