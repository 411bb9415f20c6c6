import type { Random } from "@/sandbox/kit/random";
import { type Chat, compareIds } from "./chats";
import type { Events } from "./events";
import { openChat } from "./past-chats";
import type { PostingStatus } from "./postings";
import { makePosting, RFBS_BUYER } from "./shop";
import type { OzonState, Seller } from "./state";
import { ask, NUDGES, TOPICS, type Topic } from "./talk";

const SECOND = 1_000;
const MAX_POSTINGS = 500;
const NEXT_STATUS: Partial<Record<PostingStatus, PostingStatus>> = {
  awaiting_packaging: "awaiting_deliver",
  awaiting_deliver: "delivering",
  delivering: "delivered",
};

interface Talk {
  topic: Topic;
  /** How many times the buyer has answered us. */
  answers: number;
  /** An answer is on its way. */
  thinking: boolean;
  nudged: boolean;
}

/**
 * Buyers who live while the demo runs. They start with the first use of the API, write on their own every 6–15 s,
 * and answer only when the seller wrote to them through the API.
 */
export class LiveBuyers {
  private readonly talks = new Map<string, Talk>();
  private started = false;
  private serial: number;

  constructor(
    private readonly state: OzonState,
    private readonly events: Events,
    private readonly seller: Seller,
    private readonly maxOpenChats: number,
  ) {
    // Restarted demos go on counting after the postings they already have.
    this.serial = 9_000 + seller.postings.all().length;
  }

  /** The API was used: the first message comes within 5 s. */
  wake(): void {
    if (this.started) return;
    this.started = true;
    this.state.host.clock.after(this.random.int(2 * SECOND, 4_500), () => this.write());
    this.state.host.clock.after(20 * SECOND, () => this.trade());
  }

  /** The seller wrote: the buyer reads it, then answers once, however many messages came. */
  answerTo(chatId: string): void {
    const chat = this.seller.chats.get(chatId);
    if (!chat?.type.startsWith("BUYER_SELLER")) return;
    const talk = this.talkOf(chat);
    if (talk.thinking) return;
    talk.thinking = true;
    talk.nudged = false;
    const { clock } = this.state.host;
    clock.after(this.random.int(1 * SECOND, 3 * SECOND), () => this.events.readByBuyer(this.seller, chat));
    clock.after(this.random.int(4 * SECOND, 9 * SECOND), () => this.reply(chat, talk));
  }

  private get random(): Random {
    return this.state.random;
  }

  private write(): void {
    this.state.host.clock.after(this.random.int(6 * SECOND, 15 * SECOND), () => this.write());
    const open = this.seller.chats.newestFirst().filter((chat) => chat.status === "OPENED" && chat.type.startsWith("BUYER_SELLER"));
    if (open.length < this.maxOpenChats && this.random.chance(0.75)) {
      this.begin();
      return;
    }
    const waiting = open.filter((chat) => chat.messages.last()?.userType === "Customer" && !this.talkOf(chat).nudged && !this.talkOf(chat).thinking);
    if (waiting.length === 0) {
      if (open.length < this.maxOpenChats) this.begin();
      return;
    }
    const chat = this.random.pick(waiting);
    this.talkOf(chat).nudged = true;
    this.say(chat, this.random.pick(NUDGES));
  }

  private begin(): void {
    const topic = this.random.pick(TOPICS);
    const postings = this.seller.postings.all().slice(-60);
    const posting = topic.needsOrder && postings.length > 0 ? this.random.pick(postings) : undefined;
    const product = posting?.products[0] ?? this.random.pick(this.seller.products);
    const chat = openChat(this.state, this.random, { posting, sku: product.sku }, this.state.host.clock.nowMs());
    this.seller.chats.add(chat);
    this.talks.set(chat.id, { topic, answers: 0, thinking: false, nudged: false });
    this.say(chat, ask(topic, product.name));
  }

  private reply(chat: Chat, talk: Talk): void {
    talk.thinking = false;
    if (chat.status === "CLOSED") return;
    talk.answers += 1;
    if (talk.answers === 1 && talk.topic.followUp !== null && this.random.chance(0.6)) {
      this.say(chat, talk.topic.followUp);
      return;
    }
    if (talk.answers > 3) return;
    const thanks = this.say(chat, talk.topic.thanks);
    this.state.host.clock.after(this.random.int(15 * SECOND, 40 * SECOND), () => {
      const isQuiet = compareIds(chat.messages.last()?.id ?? "0", thanks) <= 0;
      if (chat.status === "OPENED" && isQuiet) this.events.closeChat(this.seller, chat);
    });
  }

  /** Orders go on too: something is bought, something arrives. */
  private trade(): void {
    this.state.host.clock.after(this.random.int(30 * SECOND, 50 * SECOND), () => this.trade());
    const moving = this.seller.postings.all().filter((posting) => NEXT_STATUS[posting.status] !== undefined);
    const oldest = moving[0];
    const next = oldest && NEXT_STATUS[oldest.status];
    if (oldest && next) this.events.setStatus(this.seller, oldest, next);
    if (this.seller.postings.all().length >= MAX_POSTINGS) return;
    this.serial += 1;
    const made = makePosting(this.random, this.seller.products, this.serial, this.state.host.clock.nowMs());
    // Now and then one that the seller delivers.
    if (made.scheme === "FBS" && this.serial % 3 === 0) made.bySeller = { ...RFBS_BUYER, lastMile: false };
    this.events.newPosting(this.seller, made);
  }

  private say(chat: Chat, text: string): string {
    return this.events.message(this.seller, chat, { data: [text], via: "scenario" }).id;
  }

  private talkOf(chat: Chat): Talk {
    const known = this.talks.get(chat.id);
    if (known) return known;
    const talk: Talk = { topic: this.topicOf(chat), answers: 0, thinking: false, nudged: false };
    this.talks.set(chat.id, talk);
    return talk;
  }

  /** The topic of a talk that began before the demo, found by its first words. */
  private topicOf(chat: Chat): Topic {
    const first = chat.messages.length > 0 ? (chat.messages.get(0).data[0] ?? "") : "";
    return TOPICS.find((topic) => first.startsWith(topic.question.slice(0, 20))) ?? this.random.pick(TOPICS);
  }
}
