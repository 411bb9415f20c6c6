import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { ingestProducts } from "@/server/catalog/index";
import { db, pool } from "@/server/platform/db";
import { listConversationsInput, type SearchHit, searchMessagesInput } from "../schema";
import { makeInbox, type TestInbox } from "../testing/make-inbox";
import { makeChat, makeOperator, makeTeam, type TestMember, use, viewerFor } from "../testing/make-team";
import { WORD_FORMS } from "../testing/word-forms";
import { listConversations } from "./list-conversations";
import { searchMessages } from "./search-messages";
import { foldWord } from "./snippet";

const find = (inbox: TestInbox, query: string, viewer = inbox.viewer, more: object = {}) =>
  use(inbox, (scope) => searchMessages(scope, viewer, searchMessagesInput.parse({ query, ...more })));
const names = async (inbox: TestInbox, search: string, viewer = inbox.viewer) =>
  (await use(inbox, (scope) => listConversations(scope, viewer, listConversationsInput.parse({ search })))).conversations
    .map(({ externalId }) => externalId)
    .sort();
const marks = (hit: SearchHit | undefined) => hit?.snippet.filter((piece) => piece.hit).map((piece) => piece.text);

/** Whether the words made of one text answer another one asked for. */
async function answers(pairs: readonly (readonly [asked: string, text: string])[]): Promise<boolean[]> {
  const { rows } = await pool.query<{ found: boolean }>(
    `SELECT search_words(p.text) @@ search_query('"' || p.asked || '"') AS found FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p(asked, text, place) ORDER BY p.place`,
    [pairs.map(([asked]) => asked), pairs.map(([, text]) => text)],
  );
  return rows.map(({ found }) => found);
}

describe("word forms", () => {
  it.each(["ru", "uk", "tr", "en"] as const)("%s: every form of a word finds every other", async (language) => {
    const pairs = WORD_FORMS[language].flatMap((line) => {
      const forms = line.split(" ");
      return forms.flatMap((asked) => forms.map((text) => [asked, text] as const));
    });
    expect(pairs.length).toBeGreaterThan(40);
    const found = await answers(pairs);
    expect(pairs.filter((_pair, index) => !found[index])).toEqual([]);
  });

  it.each(["ru", "uk", "tr", "en"] as const)("%s: no word finds another", async (language) => {
    const words = WORD_FORMS[language].map((line) => line.split(" ")[0] ?? "");
    const pairs = words.flatMap((asked) => words.filter((text) => text !== asked).map((text) => [asked, text] as const));
    const found = await answers(pairs);
    expect(pairs.filter((_pair, index) => found[index])).toEqual([]);
  });

  it("takes the last word as a beginning, unless it is quoted", async () => {
    const { rows } = await pool.query<{ open: boolean; quoted: boolean; inside: boolean }>(
      `SELECT search_words('керамический чайник') @@ search_query('керам') AS open, search_words('керамический чайник') @@ search_query('"керам"') AS quoted,
         search_words('керамический чайник') @@ search_query('керам чайник') AS inside`,
    );
    expect(rows).toEqual([{ open: true, quoted: false, inside: false }]);
  });

  it("counts the words of any text alike, whatever stands between them", async () => {
    const texts = [
      "2abc 1e5 ab12 5шт 12,5 a_b x@y.zz http://a.b/c?d=e",
      "Ёлка—п’ять «колір» Trendyol'dan 10%",
      "😀 ①² ½ абвabc ß œ İstanbul'a",
      "",
      "—",
      "1-2-3 -4 +5 1.2.3",
    ];
    for (const text of texts) {
      const { rows } = await pool.query<{ words: number; places: number }>(
        `SELECT coalesce(cardinality(string_to_array(nullif(rtrim(search_fold($1)), ''), ' ')), 0) AS words,
           coalesce((SELECT max(p) FROM unnest(to_tsvector('search_stems', search_fold($1))) w, unnest(w.positions) p), 0)::integer AS places`,
        [text],
      );
      expect({ text, places: rows[0]?.places }).toEqual({ text, places: rows[0]?.words });
    }
  });

  it("folds as the browser's line does", async () => {
    const words = ["Ёж", "п’ять", "IŞIK", "ÇOCUĞU", "İade", "Ürün", "ЇЖАК", "Straße"];
    const { rows } = await pool.query<{ folded: string }>("SELECT rtrim(search_fold(w)) AS folded FROM unnest($1::text[]) w", [words]);
    expect(rows.map(({ folded }) => folded)).toEqual(words.map(foldWord));
  });
});

describe("one question over everything", () => {
  let inbox: TestInbox;
  let chat = "";
  beforeAll(async () => {
    inbox = await makeInbox();
    chat = await makeChat(inbox, "chat", { text: "Де мої замовлення? Чекаю на кольорові чохли 37045342-0001-1" });
    await makeChat(inbox, "plain", { text: "Здравствуйте" });
    await makeChat(inbox, "order", { orderNumber: "47870001-0002-1", text: "siparişlerim gelmedi" });
    await makeChat(inbox, "named", { text: "ok" });
    await makeChat(inbox, "catalog", { text: "ok" });
    await db.conversation.updateMany({
      where: { connectionId: inbox.connection.id, externalId: "named" },
      data: { buyerName: "Ганна Коваленко", productName: "Керамічний чайник", sku: "KETTLE-77/b" },
    });
    await db.conversation.updateMany({ where: { connectionId: inbox.connection.id, externalId: "catalog" }, data: { sku: "sku-9" } });
    await use(inbox, (scope) =>
      ingestProducts(scope, { connection: inbox.connection, products: [{ externalId: "p", sku: "sku-9", name: "Фарфоровая кружка" }] }),
    );
    await db.note.create({
      data: { id: randomUUID(), workspaceId: inbox.workspaceId, conversationId: chat, authorId: inbox.userId, text: "Просила скидку, VIP" },
    });
    await db.note.create({
      data: { id: randomUUID(), workspaceId: inbox.workspaceId, conversationId: chat, authorId: inbox.userId, text: "Убрано", deletedAt: new Date() },
    });
  });

  it.each([
    ["замовлення", ["chat"]],
    ["колір", ["chat"]],
    ["чохол", ["chat"]],
    ["37045342-0001-1", ["chat"]],
    ["37045342", ["chat"]],
    ["siparis", ["order"]],
    ["0001-0002", ["order"]],
    ["47870001", ["order"]],
    ["Коваленко", ["named"]],
    ["ковал", ["named"]],
    ["Ганни", ["named"]],
    ["чайники", ["named"]],
    ["kettle-77", ["named"]],
    ["77/B", ["named"]],
    ["кружки", ["catalog"]],
    ["sku-9", ["catalog"]],
    ["скидка", ["chat"]],
    ["убрано", []],
    ["%", []],
    ["___", []],
    ["здравствуйте замовлення", []],
  ])("%s", async (query, expected) => {
    expect(await names(inbox, query)).toEqual(expected);
  });

  it("shows where, with the words marked in the form they have there", async () => {
    expect(marks((await find(inbox, "замовленням чекати")).hits[0])).toEqual(["замовлення", "Чекаю"]);
    const byName = (await find(inbox, "чайник")).hits;
    expect(byName).toMatchObject([{ kind: "conversation", messageId: null, noteId: null, buyerName: "Ганна Коваленко" }]);
    expect(marks(byName[0])).toEqual(["чайник"]);
    expect(marks((await find(inbox, "001-0002")).hits[0])).toEqual(["001-0002"]);
    const note = (await find(inbox, "скидки")).hits;
    expect(note).toMatchObject([{ kind: "note", conversationId: chat, messageId: null, side: null }]);
    expect(marks(note[0])).toEqual(["скидку"]);
    expect((await find(inbox, "siparisim")).hits).toMatchObject([{ kind: "message", noteId: null, side: "buyer" }]);
  });

  it("follows a text that changes", async () => {
    const changing = await makeChat(inbox, "changing", { text: "первоначальный" });
    expect(await names(inbox, "первоначального")).toEqual(["changing"]);
    await db.message.updateMany({ where: { conversationId: changing }, data: { text: "исправленный" } });
    expect(await names(inbox, "первоначального")).toEqual([]);
    expect(await names(inbox, "исправленного")).toEqual(["changing"]);
  });

  it.each([
    "'; DROP TABLE message; --",
    "a & | ! <->",
    '"unclosed',
    '""',
    "(((",
    ":*",
    "\\",
    "' OR '1'='1",
    "%00",
    "\uE000\uE001",
    `${"ab ".repeat(60)}`,
    "🤷‍♀️🤷‍♀️",
    "x".repeat(200),
    `${'"'.repeat(99)}a`,
  ])("takes any text as words: %s", async (query) => {
    const { hits } = await find(inbox, query.padEnd(2, "!"));
    expect(hits.filter(({ kind }) => kind !== "conversation")).toEqual([]);
    expect(await names(inbox, query)).toEqual([]);
  });

  it("keeps a text of any length", async () => {
    await makeChat(inbox, "long", { text: `начинается ${"🤷 слово ".repeat(30_000)}` });
    expect(await names(inbox, "начинаются")).toEqual(["long"]);
    expect(marks((await find(inbox, "начинается")).hits[0])).toEqual(["начинается"]);
  });

  it("finds a merged conversation as its head", async () => {
    const [head, part] = [await makeChat(inbox, "head"), await makeChat(inbox, "part", { text: "неповторимый" })];
    await db.conversation.update({ where: { id: part }, data: { mergedIntoId: head } });
    expect(await names(inbox, "неповторимая")).toEqual(["head"]);
    expect((await find(inbox, "неповторимая")).hits).toMatchObject([{ conversationId: head }]);
  });
});

describe("a viewer's scope", () => {
  let inbox: TestInbox;
  let own: TestMember;
  let mate: TestMember;
  let teamId = "";

  /** Everything that can be found, all with one word, in a conversation of each kind. */
  async function secretChat(name: string, data: { assigneeId?: string; teamId?: string }): Promise<void> {
    const id = await makeChat(inbox, name, { text: `тайна ${name}`, orderNumber: `ТАЙНА-${name}` });
    await db.conversation.update({ where: { id }, data: { ...data, buyerName: `Тайна ${name}`, productName: `Тайна ${name}`, sku: `тайна-${name}` } });
    await db.note.create({
      data: { id: randomUUID(), workspaceId: inbox.workspaceId, conversationId: id, authorId: inbox.userId, text: `тайна заметки ${name}` },
    });
  }

  beforeAll(async () => {
    inbox = await makeInbox();
    own = await makeOperator(inbox, "own");
    mate = await makeOperator(inbox, "team");
    teamId = await makeTeam(inbox, [mate]);
    await secretChat("own", { assigneeId: own.userId });
    await secretChat("team", { teamId });
    await secretChat("mate", { assigneeId: mate.userId });
    await secretChat("nobody", {});
    await use(inbox, (scope) =>
      ingestProducts(scope, { connection: inbox.connection, products: [{ externalId: "p", sku: "тайна-nobody", name: "Тайна каталога" }] }),
    );
  });

  it.each(["тайна", "тайны", "ТАЙНА-", "каталога", "заметки"])("own and team see theirs of %s, and nothing else", async (query) => {
    const everything = await names(inbox, query);
    expect(everything).toContain("nobody");
    const [mine, theirs] = [viewerFor(own), viewerFor(mate, [teamId])];
    const kept = (wanted: readonly string[]) => wanted.filter((name) => everything.includes(name));
    expect(await names(inbox, query, mine)).toEqual(kept(["own"]));
    expect(await names(inbox, query, theirs)).toEqual(kept(["mate", "team"]));
    for (const viewer of [mine, theirs]) {
      const answer = JSON.stringify(await find(inbox, query, viewer));
      expect(answer).not.toContain("nobody");
      expect(answer).not.toContain(viewer === mine ? "mate" : " own");
    }
    expect((await find(inbox, query)).hits.length).toBeGreaterThan((await find(inbox, query, theirs)).hits.length);
  });

  it("finds theirs behind a wall of other people's", async () => {
    const nobody = await db.conversation.findFirstOrThrow({ where: { connectionId: inbox.connection.id, externalId: "nobody" } });
    await db.message.createMany({
      data: Array.from({ length: 4_000 }, (_, index) => ({
        id: randomUUID(),
        workspaceId: inbox.workspaceId,
        connectionId: inbox.connection.id,
        conversationId: nobody.id,
        side: "buyer" as const,
        authorKind: "buyer",
        text: "тайна",
        externalId: `wall-${index}`,
        sentAt: new Date("2026-12-01T00:00:00Z"),
        sourceVersionAt: new Date("2026-12-01T00:00:00Z"),
      })),
    });
    expect(await names(inbox, "тайна", viewerFor(own))).toEqual(["own"]);
    expect((await find(inbox, "тайна", viewerFor(own))).hits.map(({ kind }) => kind)).toEqual(["conversation", "note", "message"]);
  });

  it("shows nothing of another workspace", async () => {
    const stranger = await makeInbox();
    expect(await names(stranger, "тайна")).toEqual([]);
    expect((await find(stranger, "тайна")).hits).toEqual([]);
    expect((await find(stranger, "каталога")).hits).toEqual([]);
  });
});
