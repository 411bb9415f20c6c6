import { describe, expect, it } from "vitest";
import type { Cursor } from "../../../contract/ports";
import { NOW, scriptedContext } from "../testing/scripted-context";
import { pullQuestions } from "./questions-pull";

interface Row {
  readonly number: number;
  readonly at: string;
}

/** The list as the service keeps it: changed since, oldest change first, pages of so many. */
function serviceOf(rows: readonly Row[]) {
  return scriptedContext(({ path }) => {
    const query = new URL(`https://x${path}`).searchParams;
    const [from, page, size] = [query.get("minModifiedAt") ?? "", Number(query.get("page")), Number(query.get("size"))];
    const found = rows.filter((row) => row.at >= from).slice((page - 1) * size, page * size);
    const data = found.map(({ number, at }) => ({
      issueNumber: number,
      status: "WaitingForAnswer",
      conversations: [{ id: `m${number}`, content: "?", from: "Customer", createdAt: at, files: [] }],
      createdAt: at,
      lastModifiedAt: at,
    }));
    return { json: { data, nextPage: null } };
  });
}

async function readAll(rows: readonly Row[]): Promise<{ readonly ids: readonly string[]; readonly pages: number }> {
  const { http, context } = serviceOf(rows);
  const ids = new Set<string>();
  let cursor: Cursor | undefined;
  do {
    const page = await pullQuestions(context, { stream: "questions", cursor, knownHeads: async () => new Map() });
    for (const record of page.records) ids.add(record.externalId);
    cursor = page.next;
    if (http.seen.length > 50) throw new Error("goes in a circle");
  } while (cursor !== undefined);
  return { ids: [...ids], pages: http.seen.length };
}

const minute = (index: number) => new Date(NOW.getTime() - (1_000 - index) * 60_000).toISOString();

describe("reading questions by their last change", () => {
  it.each([0, 1, 49, 50, 51, 120, 200])("%i of different moments are all read", async (count) => {
    const rows = Array.from({ length: count }, (_, index) => ({ number: index + 1, at: minute(index) }));
    expect((await readAll(rows)).ids).toHaveLength(count);
  });

  it.each([50, 51, 100, 130])("%i of one and the same moment are all read, and the reading ends", async (count) => {
    const before = Array.from({ length: 20 }, (_, index) => ({ number: 1_000 + index, at: minute(index) }));
    const rows = [...before, ...Array.from({ length: count }, (_, index) => ({ number: index + 1, at: minute(500) })), { number: 9_999, at: minute(600) }];
    expect((await readAll(rows)).ids).toHaveLength(count + 21);
  });

  it("begins five minutes before the last run, and asks for what was asked for", async () => {
    const { http, context } = serviceOf([]);
    const heads = async () => new Map<string, string>();
    await pullQuestions(context, { stream: "questions", checkpoint: { readAt: "2026-11-21T11:00:00.000Z" }, knownHeads: heads });
    await pullQuestions(context, { stream: "questions", window: { from: new Date("2026-10-22T00:00:00Z"), to: NOW }, knownHeads: heads });
    expect(http.seen.map(({ path }) => new URL(`https://x${path}`).searchParams.get("minModifiedAt"))).toEqual([
      "2026-11-21T10:55:00.000Z",
      "2026-10-22T00:00:00.000Z",
    ]);
  });
});
