import type { Viewer } from "@/server/access/index";
import type { Scope } from "@/server/platform/transaction";
import type { SearchHit, SearchMessagesInput } from "../schema";
import { type SearchRow, searchConversationRows, searchMessageRows, searchNoteRows } from "./search.repository";
import { snippetOf } from "./snippet";

/** Whoever looks for a name or a number finds it among the first. */
const MOST_CONVERSATIONS = 10;

/**
 * Searches what the viewer may see: names of buyers and products, order and article numbers (on the first page), then messages and
 * notes, newest first. Words are found in any form of Russian, Ukrainian, Turkish and English ("заказы" finds "заказ"), the last one
 * as the beginning of a word, too.
 */
export async function searchMessages(scope: Scope, viewer: Viewer, input: SearchMessagesInput): Promise<{ hits: SearchHit[]; nextBefore: Date | null }> {
  const { query, before, limit } = input;
  const conversations = before === undefined ? await searchConversationRows(scope, viewer, { query, limit: MOST_CONVERSATIONS }) : [];
  const messages = await searchMessageRows(scope, viewer, { query, before, limit: limit + 1 });
  const notes = await searchNoteRows(scope, viewer, { query, before, limit: limit + 1 });
  const texts = [...messages, ...notes].sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
  const page = texts.slice(0, limit);
  const fragment = /\s/.test(query) ? "" : query;
  return {
    hits: [...conversations.map((row) => toHit(row, fragment)), ...page.map((row) => toHit(row, ""))],
    nextBefore: texts.length > limit ? (page.at(-1)?.sentAt ?? null) : null,
  };
}

function toHit({ text, found, ...row }: SearchRow, fragment: string): SearchHit {
  return { ...row, snippet: snippetOf(text, found, fragment) };
}
