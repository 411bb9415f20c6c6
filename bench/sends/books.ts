import { z } from "zod";
import type { Shop } from "./shops";

const sentSchema = z.array(z.object({ chatId: z.string(), messageId: z.string(), text: z.string() }));
const deskSent = z.union([sentSchema, z.object({ result: sentSchema }).transform(({ result }) => result)]);

/** Every message the simulated service has taken through its API, by text, in the order it took them. */
export type Books = ReadonlyMap<string, readonly { readonly chatId: string; readonly at: number }[]>;

export async function readBooks(sandboxUrl: string, { clientId }: Pick<Shop, "clientId">): Promise<Books> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${sandboxUrl}/_control/ozon/sent`, { method: "POST", headers, body: JSON.stringify({ clientId }) });
  const books = new Map<string, { chatId: string; at: number }[]>();
  for (const [at, { chatId, text }] of deskSent.parse(await answer.json()).entries()) {
    const entries = books.get(text) ?? [];
    entries.push({ chatId, at });
    books.set(text, entries);
  }
  return books;
}

/** One message somebody wrote. */
export interface SendStory {
  readonly sendId: string;
  readonly text: string;
  readonly chatId: string;
}

export interface SendTally {
  readonly sent: number;
  /** Copies beyond the first in the service's books. */
  readonly duplicates: number;
  /** Neither in the books nor in front of a person: the row is gone, or says that it arrived. */
  readonly lost: number;
  readonly confirmed: number;
  /** Waits for a person, with both readings shown. */
  readonly askedAPerson: number;
  readonly rejected: number;
  /** A message that reached its buyer before one that was written earlier into the same conversation. */
  readonly outOfOrder: number;
}

export async function tally(stories: readonly SendStory[], books: Books): Promise<SendTally> {
  const { db } = await import("@/server/platform/db");
  const rows = await db.message.findMany({ where: { sendId: { not: null } }, select: { sendId: true, sendState: true } });
  const states = new Map(rows.map((row) => [row.sendId, row.sendState]));
  const visible = new Set(["unknown", "rejected", "queued", "sending"]);
  const lost = stories.filter(({ text, sendId }) => !books.has(text) && !visible.has(states.get(sendId) ?? "gone"));
  const count = (state: string) => stories.filter(({ sendId }) => states.get(sendId) === state).length;
  return {
    sent: stories.length,
    duplicates: stories.reduce((sum, { text }) => sum + Math.max(0, (books.get(text)?.length ?? 0) - 1), 0),
    lost: lost.length,
    confirmed: count("confirmed"),
    askedAPerson: count("unknown"),
    rejected: count("rejected"),
    outOfOrder: outOfOrder(stories, books),
  };
}

function outOfOrder(stories: readonly SendStory[], books: Books): number {
  const last = new Map<string, number>();
  let wrong = 0;
  for (const { text, chatId } of stories) {
    const at = books.get(text)?.[0]?.at;
    if (at === undefined) continue;
    if (at < (last.get(chatId) ?? -1)) wrong += 1;
    last.set(chatId, Math.max(at, last.get(chatId) ?? -1));
  }
  return wrong;
}
