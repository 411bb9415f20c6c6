import { z } from "zod";
import type { NoticeParams } from "../schema";

/** Enough for whatever comes within a minute; an event that comes again later finds its key gone only in a flood. */
const MOST_KEYS = 50;
const countedSchema = z.object({ countedKeys: z.array(z.string()).default([]) });

export function countedKeysOf(params: unknown): readonly string[] {
  return countedSchema.parse(params).countedKeys;
}

/** The bundle with one more event in it, or null when that event is counted already. The newest words are shown. */
export function joinBundle(
  before: NoticeParams,
  countedKeys: readonly string[],
  added: NoticeParams,
  key: string,
): { readonly params: NoticeParams; readonly countedKeys: readonly string[] } | null {
  if (countedKeys.includes(key)) return null;
  const count = (before.count ?? 1) + (added.count ?? 1);
  return { params: { ...before, ...added, count }, countedKeys: [...countedKeys, key].slice(-MOST_KEYS) };
}
