import { describe, expect, it } from "vitest";
import { db } from "@/server/platform/db";
import { CONVERSATION_COLUMNS, exportInboxQuery, MESSAGE_COLUMNS } from "../schema";
import { makeInbox } from "../testing/make-inbox";
import { makeChat, makeOperator } from "../testing/make-team";
import { type ExportSession, exportInbox, type InboxExportWords } from "./export-inbox";

const same = <K extends string>(keys: readonly K[]) => Object.fromEntries(keys.map((key): [K, string] => [key, key])) as Record<K, string>;
const WORDS: InboxExportWords = {
  conversations: same(CONVERSATION_COLUMNS),
  messages: same(MESSAGE_COLUMNS),
  status: same(["open", "pending", "snoozed", "resolved", "closed"]),
  priority: same(["p0", "p1", "p2", "p3", "p4"]),
  side: same(["buyer", "seller", "system"]),
  state: same(["scheduled", "queued", "sending", "accepted", "confirmed", "rejected", "unknown"]),
};

async function lines(session: ExportSession, query: object): Promise<string[]> {
  const { body } = await exportInbox(session, exportInboxQuery.parse(query), WORDS);
  const text = await new Response(body).text();
  return text.trimEnd().split("\r\n");
}

describe("export", () => {
  it("holds what matches, page after page, in the workspace's time, with formulas made harmless, and is audited", async () => {
    const inbox = await makeInbox();
    for (let at = 0; at < 130; at += 1) {
      inbox.clock.pass(1_000);
      await makeChat(inbox, `c${at}`, { orderNumber: `46-${at}`, text: at === 0 ? '=HYPERLINK("x")' : "hello; there" });
    }
    const session = { ...inbox.session, workspace: { timeZone: "Europe/Istanbul" } };
    const all = await lines(session, { separator: "semicolon" });
    expect(all).toHaveLength(131);
    expect(new Set(all).size).toBe(131);
    expect(all[0]).toBe(CONVERSATION_COLUMNS.join(";"));
    expect(all[1]).toContain('46-129;;open;;;;;;2026-11-01 13:02:10;"hello; there"');
    expect(all.at(-1)).toContain(`'=HYPERLINK`);
    expect(await lines(session, { filter: JSON.stringify({ orderNumber: "46-77", from: "2026-10-01T00:00:00Z" }) })).toHaveLength(2);
    const audit = await db.auditEntry.findMany({ where: { workspaceId: inbox.workspaceId, action: "inbox.exported" } });
    expect(audit).toHaveLength(2);
  });

  it("holds the messages of one thread, and nothing out of the person's scope", async () => {
    const inbox = await makeInbox();
    const id = await makeChat(inbox, "c1", { text: "first" });
    inbox.clock.pass(1_000);
    await makeChat(inbox, "c1", { text: "second" });
    const session = { ...inbox.session, workspace: { timeZone: "UTC" } };
    const thread = await lines(session, { conversationId: id });
    expect(thread.slice(1).map((line) => line.split(",")[5])).toEqual(["second", "first"]);
    const own = { ...(await makeOperator(inbox, "own")).session, workspace: session.workspace };
    expect(await lines(own, {})).toHaveLength(1);
    await expect(exportInbox(own, exportInboxQuery.parse({ conversationId: id }), WORDS)).rejects.toMatchObject({ code: "inbox.conversation_not_found" });
  });

  it("refuses a filter that is none", () => {
    for (const filter of ["{", '{"statuses":["x"]}', "[]"]) expect(exportInboxQuery.safeParse({ filter }).success).toBe(false);
  });
});
