import { addMessage, openChat, orderChat } from "./happenings";
import type { Chat, Market, Order, RozetkaState } from "./state";
import { ask, TOPICS } from "./talk";
import { makeBuyer } from "./trade";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A chat with its messages, each so long before now. */
export function pastChat(
  state: RozetkaState,
  market: Market,
  about: { readonly order?: Order | undefined; readonly rzItemId?: number | undefined },
  lines: readonly (readonly [sender: 2 | 3, agoMs: number, text: string])[],
): Chat {
  const nowMs = state.host.clock.nowMs();
  const atMs = nowMs - (lines[0]?.[1] ?? 0);
  const chat =
    about.order === undefined
      ? openChat(state, market, {
          type: about.rzItemId === undefined ? 2 : 1,
          buyer: makeBuyer(state.random),
          subject: about.rzItemId === undefined ? "Питання продавцю" : "Питання про товар",
          rzItemId: about.rzItemId,
          atMs,
        })
      : orderChat(state, market, about.order, atMs);
  for (const [sender, agoMs, body] of lines) addMessage(state, chat, { sender, body, atMs: nowMs - agoMs, via: "scenario" });
  return chat;
}

/** Chats of the last two weeks, two thirds of them answered. Oldest first, so that ids grow with time. */
export function fillChats(state: RozetkaState, market: Market, count: number): void {
  const { random } = state;
  const orders = [...market.orders.values()];
  for (let index = 0; index < count; index += 1) {
    const topic = TOPICS[index % TOPICS.length] ?? random.pick(TOPICS);
    const order = topic.needsOrder && orders.length > 0 ? random.pick(orders.slice(-60)) : undefined;
    const good = random.pick(market.goods);
    const agoMs = Math.round(((count - index) / count) * 14 * DAY_MS) + random.int(10 * MINUTE_MS, 60 * MINUTE_MS);
    const lines: [2 | 3, number, string][] = [[3, agoMs, ask(topic, order?.purchases[0]?.name ?? good.name)]];
    if (index % 3 !== 0) lines.push([2, agoMs - 5 * MINUTE_MS, topic.answer]);
    if (index % 3 === 2) lines.push([3, agoMs - 9 * MINUTE_MS, topic.thanks]);
    pastChat(state, market, order === undefined ? { rzItemId: good.rzItemId ?? undefined } : { order }, lines);
  }
}
