import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { ConnectorError } from "../errors";
import type { ChannelRules, ConversationAction, ConversationRef, MessagingPort, OutgoingMessage } from "../ports";
import type { ExternalMessage } from "../records";
import { itWhen } from "./it-when";
import { MemoryInbox, sortedIds } from "./memory-house";
import { PIXEL, reading, UNKNOWN_OUTCOMES } from "./sending-suite";
import { type AnsweringStand, contextOf, expectLimited, onStand, portOf, type Stand, type StandMaker } from "./stand";

const CROWD = 120;
const ANSWER = "Здравствуйте! Да, всё верно, спасибо за ваш интерес.";
const STANDING: Readonly<Record<ConversationAction, "viewed" | "rejected" | "skipped">> = { mark_viewed: "viewed", reject: "rejected", skip: "skipped" };

interface Scene {
  readonly stand: Stand;
  readonly entries: AnsweringStand;
  readonly inbox: MemoryInbox;
}

/** How every channel of questions or reviews must be read and answered; the channel's own rules say what a second answer does. */
export function answeringSuite(connector: Connector, channel: string, make: StandMaker): void {
  const port = portOf(connector, "messaging");
  const rules = rulesOf(port, channel);
  const on = (work: (scene: Scene) => Promise<void>) =>
    onStand(make, (stand) => work({ stand, entries: entriesOf(stand, channel), inbox: new MemoryInbox(port, contextOf(stand), rules.stream) }));

  describe(`${channel}: reading`, () => readingTests(rules, on));
  describe(`${channel}: rights`, () => rightsTests(connector, rules, on));
  describe(`${channel}: answering`, () => answeringTests(port, rules, on));
  describe(`${channel}: a second answer`, () => secondAnswerTests(port, rules, on));
  describe(`${channel}: moderation and acts`, () => afterwardsTests(port, rules, on));
}

type On = (work: (scene: Scene) => Promise<void>) => Promise<void>;

function readingTests(rules: ChannelRules, on: On): void {
  it("reads what is answered and what is not, to the end, over several pages, and nothing twice", () =>
    on(async ({ stand, entries, inbox }) => {
      for (let index = 0; index < CROWD; index += 1) await entries.buyerPosts({ text: `Подойдёт ли для дома, вариант ${index}?`, stars: 4 });
      await inbox.stepAndDie();
      await inbox.step();
      await inbox.stepAndDie();
      await inbox.run();
      expect(inbox.ids()).toEqual(sortedIds(await entries.truth()));
      expect(inbox.pages).toBeGreaterThan(1);
      expect([inbox.duplicates, inbox.rejected, await stand.refusedForLimit()]).toEqual([0, 0, 0]);
      const sides = new Set([...inbox.messages.keys()].flatMap((id) => inbox.thread(id).map((message) => message.side)));
      expect(sides.has("buyer") && sides.has("seller")).toBe(true);
    }));

  it("brings only what is new the next time, and nothing when nothing is", () =>
    on(async ({ entries, inbox }) => {
      await inbox.run();
      expect(await inbox.run()).toBe(0);
      const { conversation } = await entries.buyerPosts({ text: "Есть ли гарантия?", stars: 5 });
      expect(await inbox.run()).toBe(1);
      expect(inbox.thread(conversation)).toHaveLength(1);
    }));

  it("carries channel, product, moment and, for a review, the stars", () =>
    on(async ({ stand, entries, inbox }) => {
      const { conversation, sku } = await entries.buyerPosts({ text: "Коробка пришла помятая", stars: 2 });
      await inbox.run();
      const held = inbox.conversations.get(conversation);
      expect(held).toMatchObject({ channel: rules.channel, sku, remoteStatus: "open" });
      expect(held?.rating).toBe(rules.kind === "review" ? 2 : undefined);
      const [message] = inbox.thread(conversation);
      expect(message).toMatchObject({ side: "buyer", authorKind: "buyer" });
      expect(message?.text).toContain("Коробка пришла помятая");
      expect(Math.abs((message?.sentAt.getTime() ?? 0) - stand.clock.now().getTime())).toBeLessThan(120_000);
    }));

  it("finds an answer given in the service's own pages", () =>
    on(async ({ stand, entries, inbox }) => {
      const { conversation } = await entries.buyerPosts({ text: "Можно ли стирать в машинке?", stars: 5 });
      await inbox.run();
      await entries.sellerAnswersElsewhere("Ответ из кабинета продавца", conversation);
      await stand.advance(entries.fullReadingMs);
      await inbox.run();
      expect(inbox.thread(conversation).at(-1)).toMatchObject({ side: "seller", text: "Ответ из кабинета продавца" });
      expect(inbox.ids()).toEqual(sortedIds(await entries.truth()));
    }));

  it("keeps its place through broken answers, outages and limits, and takes values nobody has heard of", () =>
    on(async ({ stand, entries, inbox }) => {
      await stand.fail({ kind: "malformed-json" }, entries.list);
      await expect(inbox.step()).rejects.toMatchObject({ kind: "malformed", retryable: true });
      await stand.fail({ kind: "html-gateway" }, entries.list);
      await expect(inbox.step()).rejects.toMatchObject({ kind: "unavailable", retryable: true });
      await stand.fail({ kind: "rate-limit", retryAfterSeconds: 7 }, entries.list);
      const before = await stand.requests(entries.list);
      await expectLimited(stand, inbox.step(), 7_000);
      expect((await stand.requests(entries.list)) - before).toBe(1);
      await stand.fail({ kind: "unknown-enum" }, entries.list);
      await inbox.run();
      await stand.advance(entries.fullReadingMs);
      await inbox.run();
      expect(inbox.ids()).toEqual(sortedIds(await entries.truth()));
    }));
}

function rightsTests(connector: Connector, rules: ChannelRules, on: On): void {
  it("says clearly that the key may not read or answer here, and the connection test names what is missing", () =>
    on(async ({ stand, entries, inbox }) => {
      const { conversation } = await entries.buyerPosts({ text: "Какой размер в коробке?", stars: 3 });
      await inbox.run();
      const { kind } = await entries.withhold();
      const refusal = { name: "ConnectorError", kind, retryable: false, mayHaveTakenEffect: false };
      await expect(inbox.run()).rejects.toMatchObject(refusal);
      const port = portOf(connector, "messaging");
      await expect(port.send(contextOf(stand), { ...inbox.ref(conversation), text: ANSWER })).rejects.toMatchObject(refusal);
      const { missingPermissions } = await connector.test(contextOf(stand));
      expect(missingPermissions.find((missing) => missing.capability === rules.stream)?.permission).toBeTruthy();
      expect(await entries.arrived(conversation)).toEqual([]);
    }));
}

/** A fresh entry, read into the house. */
async function post({ entries, inbox }: Scene, stars = 5): Promise<ConversationRef> {
  const { conversation } = await entries.buyerPosts({ text: "Подскажите, какой гарантийный срок?", stars });
  await inbox.run();
  return inbox.ref(conversation);
}

function answeringTests(port: MessagingPort, rules: ChannelRules, on: On): void {
  it("answers once and finds the answer again as its own, by the id it was told", () =>
    on(async (scene) => {
      const ref = await post(scene);
      const { externalId } = await port.send(contextOf(scene.stand), { ...ref, text: ANSWER });
      expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual([ANSWER]);
      await scene.entries.moderate?.(ref.conversationExternalId, "passed");
      const found = await own(scene.stand, port, ref, ANSWER);
      expect(found).toHaveLength(1);
      if (externalId !== undefined) expect(found[0]?.externalId).toBe(externalId);
    }));

  it.each(UNKNOWN_OUTCOMES)("an unknown outcome ($kind) ends as exactly one answer", (fault) =>
    on(async (scene) => {
      const ref = await post(scene);
      await scene.stand.fail(fault, scene.entries.answer);
      await settle(scene, port, { ...ref, text: ANSWER });
      expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual([ANSWER]);
    }),
  );

  it("knows that a limited answer was not given", () =>
    on(async (scene) => {
      const ref = await post(scene);
      await scene.stand.fail({ kind: "rate-limit", retryAfterSeconds: 2 }, scene.entries.answer);
      await expectLimited(scene.stand, port.send(contextOf(scene.stand), { ...ref, text: ANSWER }), 2_000);
      expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual([]);
    }));

  it("refuses before a call what the service would refuse, and takes the shortest and the longest text", () =>
    on(async (scene) => {
      const ref = await post(scene);
      const before = await scene.stand.requests(scene.entries.answer);
      for (const content of refused(rules)) {
        await expect(port.send(contextOf(scene.stand), { ...ref, ...content })).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
      }
      expect(await scene.stand.requests(scene.entries.answer)).toBe(before);
      for (const length of [rules.minTextLength, rules.maxTextLength]) {
        const each = await post(scene);
        await port.send(contextOf(scene.stand), { ...each, text: "я".repeat(length) });
        expect(await scene.entries.arrived(each.conversationExternalId)).toEqual(["я".repeat(length)]);
      }
    }));
}

function secondAnswerTests(port: MessagingPort, rules: ChannelRules, on: On): void {
  const answered = async (scene: Scene) => {
    const ref = await post(scene);
    await port.send(contextOf(scene.stand), { ...ref, text: ANSWER });
    await scene.entries.moderate?.(ref.conversationExternalId, "passed");
    await reread(scene);
    return ref;
  };
  const isOpen = ({ stand, inbox }: Scene, ref: ConversationRef) =>
    port.writeState(stand.facts ?? {}, inbox.writeInput(ref.conversationExternalId, stand.clock.now())).open;
  const expectRefused = async (scene: Scene, ref: ConversationRef, arrived: readonly string[]) => {
    expect(isOpen(scene, ref)).toBe(false);
    const sending = port.send(contextOf(scene.stand), { ...ref, text: "Ещё один ответ, лишний" });
    await expect(sending).rejects.toMatchObject({ kind: expect.stringMatching(/^(closed|conflict|invalid)$/), mayHaveTakenEffect: false });
    expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual(arrived);
  };
  const { editing, maxAnswers } = rules;

  itWhen(maxAnswers !== 1)("is one more answer", () =>
    on(async (scene) => {
      const ref = await answered(scene);
      expect(isOpen(scene, ref)).toBe(true);
      await port.send(contextOf(scene.stand), { ...ref, text: "Дополним: гарантия год." });
      expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual([ANSWER, "Дополним: гарантия год."]);
    }),
  );

  itWhen(maxAnswers === 1 && editing === undefined)("is refused, and known to be", () =>
    on(async (scene) => expectRefused(scene, await answered(scene), [ANSWER])),
  );

  itWhen(maxAnswers === 1 && editing !== undefined)("replaces the first as a newer version of it, as often and as long as the rules say", () =>
    on(async (scene) => {
      const ref = await answered(scene);
      const [first] = await own(scene.stand, port, ref, ANSWER);
      let newest = ANSWER;
      for (let time = 1; time <= (editing?.times ?? 0); time += 1) {
        await scene.stand.advance(60_000);
        expect(isOpen(scene, ref)).toBe(true);
        newest = `Исправленный ответ, раз ${time}`;
        await port.send(contextOf(scene.stand), { ...ref, text: newest });
        await scene.entries.moderate?.(ref.conversationExternalId, "passed");
      }
      expect(await scene.entries.arrived(ref.conversationExternalId)).toEqual([newest]);
      const [edited] = await own(scene.stand, port, ref, newest);
      expect(edited?.externalId).toBe(first?.externalId);
      expect(edited?.versionAt.getTime()).toBeGreaterThan(first?.versionAt.getTime() ?? Number.POSITIVE_INFINITY);
    }),
  );

  itWhen(maxAnswers === 1 && editing !== undefined)("is refused when the days for replacing it are over", () =>
    on(async (scene) => {
      const ref = await answered(scene);
      await scene.stand.advance((editing?.days ?? 0) * 86_400_000 + 3_600_000);
      await expectRefused(scene, ref, [ANSWER]);
    }),
  );
}

function afterwardsTests(port: MessagingPort, rules: ChannelRules, on: On): void {
  for (const verdict of ["passed", "failed"] as const) {
    itWhen(rules.isModerated)(`tells that moderation has ${verdict}`, () =>
      on(async (scene) => {
        const ref = await post(scene);
        await port.send(contextOf(scene.stand), { ...ref, text: ANSWER });
        await reread(scene);
        const pending = scene.inbox.thread(ref.conversationExternalId).find((message) => message.side === "seller");
        expect(pending?.moderation ?? "pending").toBe("pending");
        await scene.entries.moderate?.(ref.conversationExternalId, verdict);
        await reread(scene);
        const judged = scene.inbox.thread(ref.conversationExternalId).filter((message) => message.side === "seller");
        expect(judged.map((message) => message.moderation)).toEqual([verdict]);
      }),
    );
  }

  it.each(rules.actions)("%s changes what the service thinks of it, and twice is the same as once", (action) =>
    on(async (scene) => {
      const ref = await post(scene);
      const input = { ...ref, action, ...(action === "reject" ? { text: "Вопрос не о товаре" } : {}) };
      await port.act?.(contextOf(scene.stand), input);
      expect(await scene.entries.standing(ref.conversationExternalId)).toBe(STANDING[action]);
      await port.act?.(contextOf(scene.stand), input);
      expect(await scene.entries.standing(ref.conversationExternalId)).toBe(STANDING[action]);
      await reread(scene);
      const isSettled =
        scene.inbox.conversations.get(ref.conversationExternalId)?.remoteStatus === "closed" ||
        scene.inbox.thread(ref.conversationExternalId).at(-1)?.side === "seller";
      expect(isSettled).toBe(action !== "mark_viewed");
    }),
  );

  it("refuses an act this channel does not have", () =>
    on(async (scene) => {
      const ref = await post(scene);
      for (const action of (["mark_viewed", "reject", "skip"] as const).filter((each) => !rules.actions.includes(each))) {
        if (port.act === undefined) continue;
        await expect(port.act(contextOf(scene.stand), { ...ref, action })).rejects.toMatchObject({ kind: "invalid" });
      }
      expect(await scene.entries.standing(ref.conversationExternalId)).toBe("new");
    }));
}

function rulesOf(port: MessagingPort, channel: string): ChannelRules {
  const rules = port.channels.find((entry) => entry.channel === channel);
  if (rules === undefined || rules.kind === "chat") throw new Error(`${channel} is no channel of questions or reviews`);
  return rules;
}

function entriesOf(stand: Stand, channel: string): AnsweringStand {
  const entries = stand.answering?.[channel];
  if (entries === undefined) throw new Error(`this stand has no ${channel}`);
  return entries;
}

/** Waits for the next full reading, then reads. */
async function reread({ stand, entries, inbox }: Scene): Promise<void> {
  await stand.advance(entries.fullReadingMs);
  await inbox.run();
}

async function own(stand: Stand, port: MessagingPort, ref: ConversationRef, text: string): Promise<ExternalMessage[]> {
  const { messages } = await port.readConversation(contextOf(stand), reading(ref));
  return messages.filter((message) => port.isSame({ text }, message));
}

/** Texts and files the channel's rules refuse. */
function refused(rules: ChannelRules): Pick<OutgoingMessage, "text" | "file">[] {
  const tooShort = rules.minTextLength > 1 ? [{ text: "я".repeat(rules.minTextLength - 1) }] : [];
  const file = rules.files.allowed ? [] : [{ file: { name: "photo.png", content: PIXEL } }];
  return [{ text: "я".repeat(rules.maxTextLength + 1) }, { text: "  \n" }, ...tooShort, ...file];
}

/**
 * What the outbox does: on an unknown outcome it looks first and sends again only what is not there. A look that cannot tell
 * (the answer may be with the moderators) is repeated once they have decided.
 */
async function settle({ stand, entries }: Scene, port: MessagingPort, message: OutgoingMessage): Promise<void> {
  const since = new Date(stand.clock.now().getTime() - 60_000);
  const look = async () => {
    const { messages } = await port.readConversation(contextOf(stand), { ...reading(message), since });
    return messages.some((found) => port.isSame({ text: message.text }, found));
  };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await port.send(contextOf(stand), message);
      return;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      expect(error.mayHaveTakenEffect).toBe(true);
      const isThere = await look().catch(async (blind: unknown) => {
        expect(blind).toMatchObject({ name: "ConnectorError", retryable: true });
        await entries.moderate?.(message.conversationExternalId, "passed");
        return look();
      });
      if (isThere) return;
    }
  }
  throw new Error("not settled in three attempts");
}
