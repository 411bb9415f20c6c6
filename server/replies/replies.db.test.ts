import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeSignedIn, makeWorkspace } from "@/server/access/testing/make-workspace";
import { sendingOutlook, sendMessage } from "@/server/inbox/index";
import { conversationOf, makeInbox, poll } from "@/server/inbox/testing/make-inbox";
import { db } from "@/server/platform/db";
import { inWorkspace } from "@/server/platform/transaction";
import { archiveMacro, listMacros, saveMacro } from "./manage-macros";
import { archiveTemplate, listTemplates, saveTemplate, useTemplate } from "./manage-templates";
import { type MacroDeps, runMacro } from "./run-macro";
import type { MacroAction, SaveTemplateInput } from "./schema";

const template = (fields: Partial<SaveTemplateInput>): SaveTemplateInput => ({
  title: "Приветствие",
  shortcut: "hi",
  text: "Здравствуйте!",
  channels: [],
  isShared: false,
  ...fields,
});
const titles = async (workspaceId: string, userId: string, query = "", channel?: string) =>
  (await inWorkspace(workspaceId, (scope) => listTemplates(scope, userId, { query, channel, limit: 50 }))).templates.map(({ title }) => title);

describe("templates", () => {
  it("are one's own or everybody's, and another person's private one is not there", async () => {
    const { workspaceId } = await makeWorkspace();
    const [anna, boris] = [
      { userId: randomUUID(), mayShare: true },
      { userId: randomUUID(), mayShare: false },
    ];
    const save = (author: typeof anna, fields: Partial<SaveTemplateInput>) =>
      inWorkspace(workspaceId, (scope) => saveTemplate(scope, author, template(fields)));
    await save(anna, { title: "Общий", isShared: true });
    const mine = await save(anna, { title: "Только Анны" });
    expect(await titles(workspaceId, anna.userId)).toEqual(["Общий", "Только Анны"]);
    expect(await titles(workspaceId, boris.userId)).toEqual(["Общий"]);
    await expect(save(boris, { templateId: mine.id })).rejects.toMatchObject({ code: "replies.template_not_found" });
    await expect(save(boris, { isShared: true })).rejects.toMatchObject({ code: "replies.sharing_forbidden" });
    await expect(inWorkspace(workspaceId, (scope) => archiveTemplate(scope, boris, mine.id))).rejects.toMatchObject({ code: "replies.template_not_found" });
    await inWorkspace(workspaceId, (scope) => archiveTemplate(scope, anna, mine.id));
    expect(await titles(workspaceId, anna.userId)).toEqual(["Общий"]);
  });

  it("are found by shortcut first, then title, then words; what is used most comes first", async () => {
    const { workspaceId } = await makeWorkspace();
    const author = { userId: randomUUID(), mayShare: true };
    const save = (fields: Partial<SaveTemplateInput>) => inWorkspace(workspaceId, (scope) => saveTemplate(scope, author, template(fields)));
    await save({ title: "В тексте", shortcut: null, text: "Оформите возврат" });
    await save({ title: "Возврат денег", shortcut: null });
    const short = await save({ title: "Другое", shortcut: "возврат" });
    await save({ title: "100%_скидка", shortcut: null, channels: ["ozon.chat"] });
    expect(await titles(workspaceId, author.userId, "возврат")).toEqual(["Другое", "Возврат денег", "В тексте"]);
    expect(await titles(workspaceId, author.userId, "%_")).toEqual(["100%_скидка"]);
    expect(await titles(workspaceId, author.userId, "", "wildberries.chat")).toHaveLength(3);
    await inWorkspace(workspaceId, (scope) => useTemplate(scope, author.userId, short.id));
    expect((await titles(workspaceId, author.userId))[0]).toBe("Другое");
  });

  it("tell what the guard would stop, and refuse placeholders that mean nothing", async () => {
    const { workspaceId } = await makeWorkspace();
    const author = { userId: randomUUID(), mayShare: true };
    const save = (text: string) => inWorkspace(workspaceId, (scope) => saveTemplate(scope, author, template({ text })));
    expect((await save("Пишите в телеграм @shop_best")).warnings).toMatchObject([{ kind: "messenger" }]);
    expect((await save("{{buyer_name|Здравствуйте}}!")).warnings).toEqual([]);
    await expect(save("{{buyer}}")).rejects.toMatchObject({ code: "replies.unknown_variable", params: { name: "buyer" } });
  });
});

async function macroStory(actions: MacroAction[]) {
  const inbox = await makeInbox();
  inbox.service.says("buyer", "Где заказ?");
  await poll(inbox);
  const signedIn = await makeSignedIn(inbox.workspaceId, "operator");
  const { id: conversationId } = await conversationOf(inbox);
  const author = { userId: signedIn.userId, mayShare: false };
  const { id: macroId } = await inWorkspace(inbox.workspaceId, (scope) =>
    saveMacro(scope, author, { title: "В пути", actions, channels: [], isShared: false }),
  );
  const deps: MacroDeps = {
    clock: inbox.clock,
    outlook: (scope, id) => sendingOutlook(scope, id, { gateway: inbox.service.gateway, clock: inbox.clock }),
    send: (workspaceId, sender, input) => sendMessage(workspaceId, sender, input, inbox.sendDeps),
  };
  return { inbox, signedIn, author, conversationId, macroId, deps };
}

describe("macros", () => {
  it("reply like a person, then do the rest", async () => {
    const story = await macroStory([
      { kind: "reply", text: "{{buyer_name|Здравствуйте}}, заказ в пути" },
      { kind: "assign_me" },
      { kind: "priority", priority: 3 },
      { kind: "note", text: "Проверить завтра" },
      { kind: "status", status: "pending" },
    ]);
    const run = { macroId: story.macroId, conversationId: story.conversationId, sendId: randomUUID() };
    const first = await runMacro(story.signedIn, run, story.deps);
    expect(first.releaseAt).toEqual(new Date(story.inbox.clock.now().getTime() + 10_000));
    expect(await runMacro(story.signedIn, run, story.deps)).toMatchObject({ messageId: first.messageId });
    const conversation = await db.conversation.findUniqueOrThrow({ where: { id: story.conversationId } });
    expect(conversation).toMatchObject({ assigneeId: story.signedIn.userId, priority: 3, status: "pending" });
    expect(await db.message.findMany({ where: { conversationId: story.conversationId, side: "seller" } })).toMatchObject([
      { origin: "macro", text: "Здравствуйте, заказ в пути", sendState: "scheduled", authorUserId: story.signedIn.userId },
    ]);
  });

  it.each<[string, string, string]>([
    ["the guard stops its reply", "Звоните +7 912 345-67-89", "inbox.guard_blocked"],
    ["the conversation has no value for its reply", "Заказ {{order_number}} в пути", "replies.macro_missing_values"],
  ])("do nothing at all when %s", async (_name, text, code) => {
    const story = await macroStory([
      { kind: "reply", text },
      { kind: "status", status: "resolved" },
    ]);
    const run = { macroId: story.macroId, conversationId: story.conversationId, sendId: randomUUID() };
    await expect(runMacro(story.signedIn, run, story.deps)).rejects.toMatchObject({ code });
    expect(await db.conversation.findUniqueOrThrow({ where: { id: story.conversationId } })).toMatchObject({ status: "open" });
    expect(await db.message.count({ where: { conversationId: story.conversationId, side: "seller" } })).toBe(0);
  });

  it("are not there for others, nor after they were put away", async () => {
    const story = await macroStory([{ kind: "assign_me" }]);
    const other = await makeSignedIn(story.inbox.workspaceId, "operator");
    const run = { macroId: story.macroId, conversationId: story.conversationId, sendId: randomUUID() };
    await expect(runMacro(other, run, story.deps)).rejects.toMatchObject({ code: "replies.macro_not_found" });
    await inWorkspace(story.inbox.workspaceId, (scope) => archiveMacro(scope, story.author, story.macroId));
    await expect(runMacro(story.signedIn, run, story.deps)).rejects.toMatchObject({ code: "replies.macro_not_found" });
    expect((await inWorkspace(story.inbox.workspaceId, (scope) => listMacros(scope, story.author.userId, { query: "" }))).macros).toEqual([]);
  });
});
