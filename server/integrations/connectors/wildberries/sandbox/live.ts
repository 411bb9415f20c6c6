import { ask, openChat, review, say } from "./happenings";
import type { Chat, Seller, WbState } from "./state";
import { about, NUDGES, OPINIONS, QUESTIONS, TOPICS, type Topic } from "./talk";
import { addEarlySale, placeOrder } from "./trade-happenings";

const SECOND = 1_000;
const NEXT: Readonly<Record<string, "sorted" | "ready_for_pickup" | "sold">> = { waiting: "sorted", sorted: "ready_for_pickup", ready_for_pickup: "sold" };

interface Talk {
  readonly topic: Topic;
  answers: number;
  isThinking: boolean;
  isNudged: boolean;
}

/**
 * Buyers who live while the demo runs. They start with the first use of the API, write, ask and review on their own,
 * and answer in a chat when the seller wrote to them through the API.
 */
export class LiveBuyers {
  private readonly talks = new Map<string, Talk>();
  private isStarted = false;

  constructor(
    private readonly state: WbState,
    private readonly seller: Seller,
    private readonly maxWaiting: number,
  ) {}

  wake(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.every(12, 30, () => this.write());
    this.every(40, 90, () => this.wonder());
    this.every(50, 110, () => this.judge());
    this.every(25, 60, () => this.order());
    this.every(30, 60, () => this.travel());
  }

  /** The seller wrote: the buyer answers once, however many messages came. */
  answerTo(chatId: string): void {
    const chat = this.seller.chats[chatId];
    if (!chat) return;
    const talk = this.talkOf(chat);
    if (talk.isThinking) return;
    talk.isThinking = true;
    talk.isNudged = false;
    this.state.host.clock.after(this.state.random.int(5 * SECOND, 11 * SECOND), () => this.reply(chat, talk));
  }

  private every(from: number, to: number, run: () => void): void {
    this.state.host.clock.after(this.state.random.int(from * SECOND, to * SECOND), () => {
      run();
      this.every(from, to, run);
    });
  }

  private write(): void {
    const waiting = this.waiting();
    const { random } = this.state;
    if (waiting.length < this.maxWaiting && random.chance(0.7)) {
      this.begin();
      return;
    }
    const patient = waiting.filter((chat) => !this.talkOf(chat).isNudged && !this.talkOf(chat).isThinking);
    if (patient.length === 0) return;
    const chat = random.pick(patient);
    this.talkOf(chat).isNudged = true;
    this.say(chat, random.pick(NUDGES));
  }

  private begin(): void {
    const { random } = this.state;
    const topic = random.pick(TOPICS);
    const product = random.pick(this.seller.products);
    const chat = openChat(this.state, this.seller, { product });
    this.talks.set(chat.id, { topic, answers: 0, isThinking: false, isNudged: false });
    this.say(chat, about(topic.question, product.title));
  }

  private reply(chat: Chat, talk: Talk): void {
    talk.isThinking = false;
    talk.answers += 1;
    if (talk.answers === 1 && talk.topic.followUp !== null) this.say(chat, talk.topic.followUp);
    else if (talk.answers <= 3) this.say(chat, talk.topic.thanks);
  }

  private wonder(): void {
    const { random } = this.state;
    if (this.seller.questions.filter((one) => one.answer === null).length >= this.maxWaiting / 3) return;
    ask(this.state, this.seller, { nmId: random.pick(this.seller.products).nmId, text: random.pick(QUESTIONS) });
  }

  private judge(): void {
    const { random } = this.state;
    if (this.seller.reviews.filter((one) => one.answer === null).length >= this.maxWaiting / 2) return;
    const opinion = random.pick(OPINIONS);
    review(this.state, this.seller, { ...opinion, tags: [...opinion.tags], nmId: random.pick(this.seller.products).nmId, withPhoto: random.chance(0.25) });
  }

  /** Somebody orders, unless too many wait already; now and then somebody thinks better of it. */
  private order(): void {
    const { random } = this.state;
    const waiting = this.seller.trade.orders.filter((one) => one.supplierStatus === "new" && one.wbStatus === "waiting");
    if (waiting.length < this.maxWaiting) placeOrder(this.state, this.seller);
    if (waiting.length > 3 && random.chance(0.1))
      Object.assign(random.pick(waiting), { wbStatus: "declined_by_client", changedAtMs: this.state.host.clock.nowMs() });
  }

  /** What was handed over goes on: sorted, at the counter, bought. */
  private travel(): void {
    const { random } = this.state;
    const nowMs = this.state.host.clock.nowMs();
    const under = this.seller.trade.orders.filter((one) => one.supplierStatus === "complete" && nowMs - one.changedAtMs > 60 * SECOND && one.wbStatus in NEXT);
    if (under.length === 0) return;
    const order = random.pick(under);
    Object.assign(order, { wbStatus: NEXT[order.wbStatus] ?? order.wbStatus, changedAtMs: nowMs });
    if (order.wbStatus !== "sold") return;
    const { nmId, priceMinor, rid } = order;
    addEarlySale(this.state, this.seller, { nmId, atMs: nowMs, priceMinor, forPayMinor: Math.round(priceMinor * 0.75), srid: rid });
  }

  private say(chat: Chat, text: string): void {
    say(this.state, this.seller, chat, { text, via: "scenario" });
  }

  /** Chats whose last word is the buyer's. */
  private waiting(): Chat[] {
    const last = new Map(this.seller.events.map((event) => [event.chatId, event.sender]));
    return Object.values(this.seller.chats).filter((chat) => last.get(chat.id) === "client");
  }

  private talkOf(chat: Chat): Talk {
    const known = this.talks.get(chat.id);
    if (known) return known;
    const talk: Talk = { topic: this.state.random.pick(TOPICS), answers: 0, isThinking: false, isNudged: false };
    this.talks.set(chat.id, talk);
    return talk;
  }
}
