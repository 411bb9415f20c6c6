import { addMessage, openChat, orderChat, setStatus } from "./happenings";
import type { Chat, Market, Order, RozetkaState } from "./state";
import { ask, NUDGES, TOPICS, type Topic } from "./talk";
import { makeBuyer, someOrder } from "./trade";

const SECOND = 1_000;
const MOST_ORDERS = 500;
/** What the service itself does with a parcel once it has a waybill. */
const ON_ITS_WAY: Readonly<Record<number, number>> = { 61: 3, 3: 4, 4: 5, 5: 6 };

interface Talk {
  topic: Topic;
  answers: number;
  thinking: boolean;
  nudged: boolean;
}

/**
 * Buyers who live while the demo runs: they order, write, cancel now and then, and answer when the shop wrote. The carrier moves what
 * has a waybill, and moderators pass what the shop says.
 */
export class LiveBuyers {
  private readonly talks = new Map<number, Talk>();
  private started = false;

  constructor(
    private readonly state: RozetkaState,
    private readonly market: Market,
    private readonly mostChats: number,
  ) {}

  /** The API was used: the first order comes within seconds. */
  wake(): void {
    if (this.started) return;
    this.started = true;
    this.after(4 * SECOND, 8 * SECOND, () => this.order());
    this.after(5 * SECOND, 10 * SECOND, () => this.write());
    this.after(20 * SECOND, 40 * SECOND, () => this.carry());
    this.after(15 * SECOND, 25 * SECOND, () => this.moderate());
  }

  /** The shop wrote: the buyer answers once, however many messages came. */
  answerTo(chat: Chat): void {
    const talk = this.talkOf(chat);
    if (talk.thinking) return;
    talk.thinking = true;
    talk.nudged = false;
    this.after(5 * SECOND, 12 * SECOND, () => this.reply(chat, talk));
  }

  private get random() {
    return this.state.random;
  }

  private after(fromMs: number, toMs: number, run: () => void): void {
    this.state.host.clock.after(this.random.int(fromMs, toMs), run);
  }

  private order(): void {
    this.after(40 * SECOND, 80 * SECOND, () => this.order());
    if (this.market.orders.size < MOST_ORDERS) someOrder(this.state, this.market, this.state.host.clock.nowMs());
  }

  private write(): void {
    this.after(15 * SECOND, 35 * SECOND, () => this.write());
    const chats = [...this.market.chats.values()];
    const waiting = chats.filter((chat) => chat.messages.at(-1)?.sender === 3 && !this.talkOf(chat).nudged && !this.talkOf(chat).thinking);
    if (waiting.length > 0 && (chats.length >= this.mostChats || this.random.chance(0.25))) {
      const chat = this.random.pick(waiting);
      this.talkOf(chat).nudged = true;
      this.say(chat, this.random.pick(NUDGES));
    } else if (chats.length < this.mostChats) this.begin();
  }

  private begin(): void {
    const topic = this.random.pick(TOPICS);
    const atMs = this.state.host.clock.nowMs();
    const orders = [...this.market.orders.values()].slice(-40);
    const order: Order | undefined = topic.needsOrder && orders.length > 0 ? this.random.pick(orders) : undefined;
    const good = this.random.pick(this.market.goods);
    const chat =
      order === undefined
        ? openChat(this.state, this.market, {
            type: 1,
            buyer: makeBuyer(this.random),
            subject: "Питання про товар",
            rzItemId: good.rzItemId ?? undefined,
            atMs,
          })
        : orderChat(this.state, this.market, order, atMs);
    this.talks.set(chat.id, { topic, answers: 0, thinking: false, nudged: false });
    this.say(chat, ask(topic, order?.purchases[0]?.name ?? good.name));
  }

  private reply(chat: Chat, talk: Talk): void {
    talk.thinking = false;
    if (talk.answers >= 2) return;
    talk.answers += 1;
    this.say(chat, talk.answers === 1 && talk.topic.followUp !== null && this.random.chance(0.6) ? talk.topic.followUp : talk.topic.thanks);
  }

  /** One parcel goes a step further; now and then a buyer cancels what is still new. */
  private carry(): void {
    this.after(25 * SECOND, 50 * SECOND, () => this.carry());
    const atMs = this.state.host.clock.nowMs();
    const orders = [...this.market.orders.values()];
    const moving = orders.find((order) => order.ttn !== "" && order.status in ON_ITS_WAY);
    const next = moving === undefined ? undefined : ON_ITS_WAY[moving.status];
    if (moving !== undefined && next !== undefined) setStatus(moving, next, atMs);
    const fresh = orders.filter((order) => order.status === 1);
    if (fresh.length > 5 && this.random.chance(0.15)) setStatus(this.random.pick(fresh), 45, atMs);
  }

  private moderate(): void {
    this.after(15 * SECOND, 25 * SECOND, () => this.moderate());
    for (const chat of this.market.chats.values()) for (const message of chat.messages) if (message.status < 2) message.status = 3;
  }

  private say(chat: Chat, body: string): void {
    addMessage(this.state, chat, { body, sender: 3, via: "scenario", atMs: this.state.host.clock.nowMs() });
  }

  private talkOf(chat: Chat): Talk {
    const known = this.talks.get(chat.id);
    if (known !== undefined) return known;
    const first = chat.messages[0]?.body ?? "";
    const topic = TOPICS.find((candidate) => first.startsWith(candidate.question.slice(0, 14))) ?? this.random.pick(TOPICS);
    const talk: Talk = { topic, answers: 0, thinking: false, nudged: false };
    this.talks.set(chat.id, talk);
    return talk;
  }
}
