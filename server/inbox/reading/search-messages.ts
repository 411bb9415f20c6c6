import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import { snippetPieces } from "../rules";
import type { SearchHit, SearchMessagesInput } from "../schema";
import { type SearchRow, searchMessageRows } from "./thread.repository";

/** Private-use characters: no keyboard makes them, so they cannot be confused with the message's own text. */
const START = String.fromCharCode(0xe000);
const STOP = String.fromCharCode(0xe001);
/** Who sees a part of the conversations: how many hits are looked through at once, and how often. */
const DEPTH_SCOPED = 500;
const MOST_ROUNDS = 8;

/** Searches message texts by Russian and English word stems ("заказы" finds "заказ"), newest first, in what the viewer may see. */
export async function searchMessages(scope: Scope, viewer: Viewer, input: SearchMessagesInput): Promise<{ hits: SearchHit[]; nextBefore: Date | null }> {
  const depth = viewer.scope === "all" ? input.limit + 1 : DEPTH_SCOPED;
  const found: SearchRow[] = [];
  let before = input.before;
  let isEnd = false;
  for (let round = 0; round < MOST_ROUNDS && found.length <= input.limit && !isEnd; round += 1) {
    const rows = await searchMessageRows(scope, viewer, { query: input.query, before, depth, start: START, stop: STOP });
    found.push(...rows.filter((row) => row.isVisible));
    isEnd = rows.length < depth;
    before = rows.at(-1)?.sentAt;
  }
  const page = found.slice(0, input.limit);
  const more = found.length > input.limit ? page.at(-1)?.sentAt : isEnd ? undefined : before;
  return { hits: page.map(({ headline, isVisible: _, ...row }) => ({ ...row, snippet: snippetPieces(headline, START, STOP) })), nextBefore: more ?? null };
}
