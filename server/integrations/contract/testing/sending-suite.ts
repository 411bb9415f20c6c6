import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { ConnectorError } from "../errors";
import type { MessagingPort, OutgoingMessage } from "../ports";
import { chatsOf } from "./messaging-suite";
import { contextOf, onStand, portOf, type Stand, type StandFault, type StandMaker } from "./stand";

const PIXEL = Uint8Array.from(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));

/** How every connector must send: once, with the outcome known or settled from history before anything is tried again. */
export function sendingSuite(connector: Connector, make: StandMaker): void {
  const port = portOf(connector, "messaging");

  describe(`${connector.id}: sending`, () => {
    it("sends a text and a file and finds both again as its own", () =>
      onStand(make, async (stand) => {
        const { conversation } = await chatsOf(stand).buyerWrites("Здравствуйте");
        const text = 'Добрый день!\nОтвет *со звёздочкой*, [скобками] и https://example.test/x?a=1&b=2 "в кавычках"';
        await port.send(contextOf(stand), { conversationExternalId: conversation, text });
        await port.send(contextOf(stand), { conversationExternalId: conversation, file: { name: "фото.png", content: PIXEL } });
        expect(await chatsOf(stand).arrived(conversation)).toHaveLength(2);
        const { messages } = await port.readConversation(contextOf(stand), { externalId: conversation });
        expect(messages.filter((message) => port.isSame({ text }, message))).toHaveLength(1);
        expect(messages.filter((message) => port.isSame({ fileName: "фото.png" }, message))).toHaveLength(1);
      }));

    it.each([
      { kind: "timeout-after-accept" },
      { kind: "error-after-accept" },
      { kind: "drop-after-accept" },
      { kind: "error-before" },
      { kind: "html-gateway" },
      { kind: "malformed-json" },
    ] satisfies StandFault[])("an unknown outcome ($kind) ends as exactly one message", (fault) =>
      onStand(make, async (stand) => {
        const { conversation } = await chatsOf(stand).buyerWrites("Есть размер L?");
        await stand.fail(fault, "send");
        await settle(stand, port, { conversationExternalId: conversation, text: "Да, есть" });
        expect(await chatsOf(stand).arrived(conversation)).toEqual(["Да, есть"]);
      }),
    );

    it("knows that a limited send did not happen", () =>
      onStand(make, async (stand) => {
        const { conversation } = await chatsOf(stand).buyerWrites("Есть размер L?");
        await stand.fail({ kind: "rate-limit", retryAfterSeconds: 2 }, "send");
        const sending = port.send(contextOf(stand), { conversationExternalId: conversation, text: "Да" });
        await expect(sending).rejects.toMatchObject({ kind: "rate-limited", retryAfterMs: 2_000, mayHaveTakenEffect: false });
        expect(await chatsOf(stand).arrived(conversation)).toEqual([]);
      }));

    it("refuses before a call what the service would refuse: too long, empty, a forbidden file", () =>
      onStand(make, async (stand) => {
        const { conversation } = await chatsOf(stand).buyerWrites("?");
        const max = port.channels[0]?.maxTextLength ?? 0;
        const bad: Omit<OutgoingMessage, "conversationExternalId">[] = [
          { text: "я".repeat(max + 1) },
          { text: "  \n" },
          { file: { name: "virus.exe", content: PIXEL } },
          { file: { name: "empty.png", content: new Uint8Array() } },
        ];
        const before = (await stand.requests("send")) + (await stand.requests("send-file"));
        for (const message of bad) {
          await expect(port.send(contextOf(stand), { conversationExternalId: conversation, ...message })).rejects.toMatchObject({
            kind: "invalid",
            mayHaveTakenEffect: false,
          });
        }
        expect((await stand.requests("send")) + (await stand.requests("send-file"))).toBe(before);
        await port.send(contextOf(stand), { conversationExternalId: conversation, text: "я".repeat(max) });
      }));

    it("knows when writing is closed, before and after asking: the reply window and a closed chat", () =>
      onStand(make, async (stand) => {
        const chats = chatsOf(stand);
        const late = await chats.replyOnlyConversation();
        const stateOf = async (externalId: string) => {
          const read = await port.readConversation(contextOf(stand), { externalId });
          const lastBuyerMessageAt = read.messages.filter((message) => message.side === "buyer").at(-1)?.sentAt;
          return port.writeState({}, { remoteStatus: "open", lastBuyerMessageAt, order: read.order, now: stand.clock.now() });
        };
        expect(await stateOf(late)).toMatchObject({ open: true });
        await stand.advance(chats.replyWindowMs + 60_000);
        expect(await stateOf(late)).toMatchObject({ open: false });
        await expect(port.send(contextOf(stand), { conversationExternalId: late, text: "Поздно" })).rejects.toMatchObject({
          kind: "closed",
          mayHaveTakenEffect: false,
        });
        await chats.buyerWrites("Ещё вопрос", late);
        expect(await stateOf(late)).toMatchObject({ open: true });
        await chats.close(late);
        await expect(port.send(contextOf(stand), { conversationExternalId: late, text: "Закрыто" })).rejects.toMatchObject({ kind: "closed" });
        expect(await chats.arrived(late)).toEqual([]);
      }));
  });
}

/** What the outbox does: on an unknown outcome it looks into history first and sends again only what is not there. */
async function settle(stand: Stand, port: MessagingPort, message: OutgoingMessage): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await port.send(contextOf(stand), message);
      return;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      expect(error.mayHaveTakenEffect).toBe(true);
      const { messages } = await port.readConversation(contextOf(stand), { externalId: message.conversationExternalId });
      if (messages.some((found) => port.isSame({ text: message.text }, found))) return;
    }
  }
  throw new Error("not settled in three attempts");
}
