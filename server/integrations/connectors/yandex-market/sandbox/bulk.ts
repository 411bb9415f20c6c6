import { lazySeq } from "@/sandbox/kit/seq";
import { type Message, MessageLog } from "./chats";
import { openChat } from "./events";
import { type Business, messageIdAt, type YandexState } from "./state";
import { NUDGES, TOPICS } from "./talk";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Chats that share `messages` messages by a formula: nothing is stored per message, so their number costs no memory. */
export function fillBulk(state: YandexState, business: Business, size: { readonly chats: number; readonly messages: number }): void {
  const nowMs = state.host.clock.nowMs();
  for (let index = 0; index < size.chats; index += 1) {
    const count = Math.floor(size.messages / size.chats) + (index < size.messages % size.chats ? 1 : 0);
    const lastAtMs = nowMs - DAY_MS + Math.floor((index * DAY_MS) / 20_000) - MINUTE_MS;
    const make = (position: number): Message => {
      const createdAtMs = lastAtMs - (count - 1 - position) * 7 * MINUTE_MS;
      const topic = TOPICS[(index + position) % TOPICS.length];
      const isBuyer = (count - position) % 2 === 1;
      return {
        id: (messageIdAt(createdAtMs) + BigInt(index % 10)).toString(),
        createdAtMs,
        sender: isBuyer ? "CUSTOMER" : "PARTNER",
        text: `${isBuyer ? (topic?.question ?? NUDGES[0]) : topic?.answer} (${index}/${position})`,
        payload: [],
        via: "scenario",
      };
    };
    const chat = openChat(state, { type: "DIRECT", offerId: business.goods[index % business.goods.length]?.offerId, atMs: lastAtMs - count * 7 * MINUTE_MS });
    business.chats.set(chat.chatId, { ...chat, status: "WAITING_FOR_PARTNER", updatedAtMs: lastAtMs, messages: new MessageLog(lazySeq(count, make)) });
  }
  state.lastMessageId = messageIdAt(nowMs);
}
