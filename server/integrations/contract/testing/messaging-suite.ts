import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { itWhen } from "./it-when";
import { MemoryInbox, sortedIds } from "./memory-house";
import {
  chatChannel,
  contextOf,
  expectLimited,
  FULL_MESSAGING,
  type MessagingStand,
  type MessagingTraits,
  onStand,
  portOf,
  type Stand,
  type StandMaker,
} from "./stand";

/** How every connector with chats must read them: to the end, resumable, nothing twice, nothing lost. */
export function messagingSuite(connector: Connector, make: StandMaker, traits: MessagingTraits = FULL_MESSAGING): void {
  const port = portOf(connector, "messaging");
  const { stream } = chatChannel(port);
  const begin = (stand: Stand) => ({ chats: chatsOf(stand), inbox: new MemoryInbox(port, contextOf(stand), stream) });
  const crowd = async (chats: MessagingStand) => {
    for (let index = 0; index < traits.crowd; index += 1) await chats.buyerWrites(`Вопрос ${index}`);
  };

  describe(`${connector.id}: reading conversations`, () => {
    it("reads everything to the end, every id with all its digits", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        await crowd(chats);
        await inbox.run();
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
        expect(inbox.pages).toBeGreaterThan(1);
        expect(inbox.rejected).toBe(0);
        expect(await stand.refusedForLimit()).toBe(0);
      }));

    it("goes on where it stood after dying between pages and before a commit", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        await crowd(chats);
        await inbox.stepAndDie();
        expect(await inbox.step()).toBe(true);
        await inbox.stepAndDie();
        await inbox.run();
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
        expect(inbox.duplicates).toBe(0);
      }));

    it("brings only what is new the next time, and nothing when nothing is", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        await inbox.run();
        expect(await inbox.run()).toBe(0);
        const written = await chats.buyerWrites("Когда придёт?");
        await chats.buyerWrites("Ау", written.conversation);
        expect(await inbox.run()).toBe(2);
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
      }));

    it("finds what was written in the service's own pages", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        const { conversation } = await chats.buyerWrites("Здравствуйте");
        await inbox.run();
        await chats.sellerWritesElsewhere("Ответ из кабинета", conversation);
        await stand.advance(chats.fullReadingMs);
        await inbox.run();
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
        expect(inbox.thread(conversation).at(-1)).toMatchObject({ side: "seller", text: "Ответ из кабинета" });
      }));

    itWhen(traits.closes)("finds what was closed in the service's own pages", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        const { conversation } = await chats.buyerWrites("Здравствуйте");
        await inbox.run();
        expect(inbox.conversations.get(conversation)?.remoteStatus).not.toBe("closed");
        await closeOf(chats)(conversation);
        await stand.advance(chats.fullReadingMs);
        await inbox.run();
        expect(inbox.conversations.get(conversation)?.remoteStatus).toBe("closed");
      }),
    );

    itWhen(connector.webhook !== undefined)("gives each message once when a push and a pull bring it both, in any order, and heals a push that was lost", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        await inbox.run();
        const first = await chats.buyerWrites("раз");
        const lost = await chats.buyerWrites("два", first.conversation);
        const pushed = await chats.buyerWrites("три", first.conversation);
        inbox.take(await port.readConversation(contextOf(stand), { externalId: first.conversation, messageIds: [pushed.message] }));
        expect(inbox.ids().get(first.conversation)).toContain(lost.message);
        await inbox.run();
        inbox.take(await port.readConversation(contextOf(stand), { externalId: first.conversation, messageIds: [first.message] }));
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
      }),
    );

    it("takes values nobody has heard of without failing, and loses nothing by them", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        for (const target of traits.reads) {
          await stand.fail({ kind: "unknown-enum" }, target, target === "list" ? 1 : 3);
          await chats.buyerWrites("Есть кто?");
          await inbox.run();
        }
        await stand.advance(chats.fullReadingMs);
        await inbox.run();
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
      }));

    it("keeps its place through broken answers, outages, dropped connections and limits", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        for (const target of traits.reads) {
          await stand.fail({ kind: "malformed-json" }, target);
          await expect(inbox.step()).rejects.toMatchObject({ kind: "malformed", retryable: true });
          await stand.fail({ kind: "html-gateway" }, target);
          await expect(inbox.step()).rejects.toMatchObject({ kind: "unavailable", retryable: true });
          await stand.fail({ kind: "drop-before" }, target);
          await expect(inbox.step()).rejects.toMatchObject({ kind: "unavailable", retryable: true });
          await stand.fail({ kind: "rate-limit", retryAfterSeconds: 7 }, target);
          await expectLimited(stand, inbox.step(), 7_000);
        }
        await inbox.run();
        expect(inbox.ids()).toEqual(sortedIds(await chats.truth()));
      }));

    it("does not hammer a service that says wait", () =>
      onStand(make, async (stand) => {
        const { inbox } = begin(stand);
        const first = traits.reads[0] ?? "list";
        await stand.fail({ kind: "rate-limit", retryAfterSeconds: 7 }, first, 5);
        const before = await stand.requests(first);
        await expect(inbox.step()).rejects.toMatchObject({ kind: "rate-limited" });
        expect((await stand.requests(first)) - before).toBe(1);
      }));

    itWhen(port.fetchAttachment !== undefined)("gives an image of a buyer back and fetches nothing from anywhere else", () =>
      onStand(make, async (stand) => {
        const { chats, inbox } = begin(stand);
        const { conversation } = await chats.buyerWrites("Вот фото");
        await chats.buyerSendsImage(conversation);
        await inbox.run();
        const attachment = inbox.thread(conversation).at(-1)?.attachments[0];
        expect(attachment?.kind).toBe("image");
        const fetched = await port.fetchAttachment?.(contextOf(stand), attachment?.url ?? "");
        expect(fetched?.contentType).toMatch(/^image\//);
        expect(fetched?.content.byteLength).toBeGreaterThan(0);
        await expect(port.fetchAttachment?.(contextOf(stand), `${stand.baseUrl}/etc/passwd`)).rejects.toMatchObject({ kind: "invalid" });
      }),
    );
  });
}

export function chatsOf(stand: Stand): MessagingStand {
  if (stand.messaging === undefined) throw new Error("this stand has no conversations");
  return stand.messaging;
}

export function closeOf(chats: MessagingStand): (conversation: string) => Promise<void> {
  if (chats.close === undefined) throw new Error("this stand cannot close chats although its traits say so");
  return chats.close;
}
