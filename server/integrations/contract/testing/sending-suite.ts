import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { ConnectorError } from "../errors";
import type { ConversationRef, MessagingPort, OutgoingMessage } from "../ports";
import { itWhen } from "./it-when";
import { MemoryInbox } from "./memory-house";
import { chatsOf, closeOf } from "./messaging-suite";
import {
  chatChannel,
  contextOf,
  expectLimited,
  FULL_MESSAGING,
  type MessagingTraits,
  onStand,
  portOf,
  type Stand,
  type StandFault,
  type StandMaker,
} from "./stand";

/** A picture of one pixel. */
export const PIXEL = Uint8Array.from(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));

/** Answers after which nobody but the service knows whether a write took effect. */
export const UNKNOWN_OUTCOMES = [
  { kind: "timeout-after-accept" },
  { kind: "error-after-accept" },
  { kind: "drop-after-accept" },
  { kind: "error-before" },
  { kind: "html-gateway" },
  { kind: "malformed-json" },
] as const satisfies readonly StandFault[];

/** How every connector must send: once, with the outcome known or settled from history before anything is tried again. */
export function sendingSuite(connector: Connector, make: StandMaker, traits: MessagingTraits = FULL_MESSAGING): void {
  const port = portOf(connector, "messaging");
  const rules = chatChannel(port);
  const begin = async (stand: Stand, text: string, conversation?: string) => {
    const written = await chatsOf(stand).buyerWrites(text, conversation);
    const inbox = new MemoryInbox(port, contextOf(stand), rules.stream);
    await inbox.run();
    return { inbox, ref: inbox.ref(written.conversation), conversation: written.conversation };
  };
  const isOpen = async (stand: Stand, conversation: string) => {
    const inbox = new MemoryInbox(port, contextOf(stand), rules.stream);
    await inbox.run();
    return port.writeState(stand.facts ?? {}, inbox.writeInput(conversation, stand.clock.now())).open;
  };

  describe(`${connector.id}: sending`, () => {
    it("sends a text and finds it again as its own", () =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "Здравствуйте");
        const text = 'Добрый день!\nОтвет *со звёздочкой*, [скобками] и https://example.test/x?a=1&b=2 "в кавычках"';
        await port.send(contextOf(stand), { ...ref, text });
        expect(await chatsOf(stand).arrived(ref.conversationExternalId)).toHaveLength(1);
        const { messages } = await port.readConversation(contextOf(stand), reading(ref));
        expect(messages.filter((message) => port.isSame({ text }, message))).toHaveLength(1);
      }));

    itWhen(rules.files.allowed)("sends a file and finds it again as its own", () =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "Здравствуйте");
        await port.send(contextOf(stand), { ...ref, file: { name: "фото.png", content: PIXEL } });
        expect(await chatsOf(stand).arrived(ref.conversationExternalId)).toHaveLength(1);
        const { messages } = await port.readConversation(contextOf(stand), reading(ref));
        expect(messages.filter((message) => port.isSame({ fileName: "фото.png" }, message))).toHaveLength(1);
      }),
    );

    it.each(UNKNOWN_OUTCOMES)("an unknown outcome ($kind) ends as exactly one message", (fault) =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "Есть размер L?");
        await stand.fail(fault, "send");
        await settle(stand, port, { ...ref, text: "Да, есть" });
        expect(await chatsOf(stand).arrived(ref.conversationExternalId)).toEqual(["Да, есть"]);
      }),
    );

    it("knows that a limited send did not happen", () =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "Есть размер L?");
        await stand.fail({ kind: "rate-limit", retryAfterSeconds: 2 }, "send");
        await expectLimited(stand, port.send(contextOf(stand), { ...ref, text: "Да, есть" }), 2_000);
        expect(await chatsOf(stand).arrived(ref.conversationExternalId)).toEqual([]);
      }));

    it("refuses before a call what the service would refuse: too long, empty, a forbidden file", () =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "?");
        const sent = async () => (await stand.requests("send")) + (await stand.requests("send-file"));
        const before = await sent();
        for (const content of refusedContents(rules.maxTextLength)) {
          await expect(port.send(contextOf(stand), { ...ref, ...content })).rejects.toMatchObject({ kind: "invalid", mayHaveTakenEffect: false });
        }
        expect(await sent()).toBe(before);
        await port.send(contextOf(stand), { ...ref, text: "я".repeat(rules.maxTextLength) });
      }));

    itWhen(rules.windows.length > 0)("knows when the reply window is closed, before and after asking", () =>
      onStand(make, async (stand) => {
        const { replyOnly } = chatsOf(stand);
        if (replyOnly === undefined) throw new Error("the channel states windows and the stand has no conversation with one");
        const late = await replyOnly.conversation();
        expect(await isOpen(stand, late)).toBe(true);
        const { ref } = await begin(stand, "И ещё", late);
        await stand.advance(replyOnly.windowMs + 60_000);
        expect(await isOpen(stand, late)).toBe(false);
        await expect(port.send(contextOf(stand), { ...ref, text: "Поздно" })).rejects.toMatchObject({ kind: "closed", mayHaveTakenEffect: false });
        await chatsOf(stand).buyerWrites("Ещё вопрос", late);
        expect(await isOpen(stand, late)).toBe(true);
        expect(await chatsOf(stand).arrived(late)).toEqual([]);
      }),
    );

    itWhen(traits.closes)("knows when a chat is closed, before and after asking", () =>
      onStand(make, async (stand) => {
        const { ref } = await begin(stand, "Здравствуйте");
        await closeOf(chatsOf(stand))(ref.conversationExternalId);
        expect(await isOpen(stand, ref.conversationExternalId)).toBe(false);
        await expect(port.send(contextOf(stand), { ...ref, text: "Закрыто" })).rejects.toMatchObject({ kind: "closed", mayHaveTakenEffect: false });
        expect(await chatsOf(stand).arrived(ref.conversationExternalId)).toEqual([]);
      }),
    );
  });
}

/** What a house asks when it looks for something it sent. */
export function reading(ref: ConversationRef) {
  return { externalId: ref.conversationExternalId, channel: ref.channel, remoteContext: ref.remoteContext };
}

/** Contents every channel refuses; files of kinds and sizes no channel takes. */
function refusedContents(maxTextLength: number): readonly Pick<OutgoingMessage, "text" | "file">[] {
  return [
    { text: "я".repeat(maxTextLength + 1) },
    { text: "  \n" },
    { file: { name: "virus.exe", content: PIXEL } },
    { file: { name: "empty.png", content: new Uint8Array() } },
  ];
}

/** What the outbox does: on an unknown outcome it looks into history first and sends again only what is not there. */
async function settle(stand: Stand, port: MessagingPort, message: OutgoingMessage): Promise<void> {
  const since = new Date(stand.clock.now().getTime() - 60_000);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await port.send(contextOf(stand), message);
      return;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      expect(error.mayHaveTakenEffect).toBe(true);
      const { messages } = await port.readConversation(contextOf(stand), { ...reading(message), since });
      if (messages.some((found) => port.isSame({ text: message.text }, found))) return;
    }
  }
  throw new Error("not settled in three attempts");
}
