import type { Random } from "@/sandbox/kit/random";
import type { Chat } from "./chats";
import { type Events, openChat } from "./events";
import { makeFeedback, makeQuestion } from "./past";
import type { Business, Feedback, YandexState } from "./state";
import { ask, NUDGES, TOPICS, type Topic } from "./talk";
import { makeOrder } from "./trade";

const SECOND = 1_000;
const MOST_ORDERS = 500;

interface Talk {
  topic: Topic;
  answers: number;
  /** An answer is on its way. */
  thinking: boolean;
  nudged: boolean;
}

/**
 * Buyers who live while the demo runs. They start with the first use of the API, write, review and ask on their own, and answer
 * when the shop wrote to them through the API. Moderators pass what the shop says.
 */
export class LiveBuyers {
  private readonly talks = new Map<string, Talk>();
  private started = false;
  private serial: number;

  constructor(
    private readonly state: YandexState,
    private readonly events: Events,
    private readonly business: Business,
    private readonly mostOpenChats: number,
  ) {
    this.serial = 90_000 + business.orders.size;
  }

  /** The API was used: the first message comes within a few seconds. */
  wake(): void {
    if (this.started) return;
    this.started = true;
    this.after(3 * SECOND, 6 * SECOND, () => this.write());
    this.after(15 * SECOND, 30 * SECOND, () => this.review());
    this.after(20 * SECOND, 40 * SECOND, () => this.question());
    this.after(30 * SECOND, 45 * SECOND, () => this.trade());
    this.after(20 * SECOND, 30 * SECOND, () => this.moderate());
  }

  /** The shop wrote: the buyer answers once, however many messages came. */
  answerTo(chat: Chat): void {
    const talk = this.talkOf(chat);
    if (talk.thinking) return;
    talk.thinking = true;
    talk.nudged = false;
    this.after(4 * SECOND, 10 * SECOND, () => this.reply(chat, talk));
  }

  /** The shop answered a review: now and then the buyer says something back. */
  answerReview(feedback: Feedback): void {
    if (!this.random.chance(0.4)) return;
    this.after(30 * SECOND, 60 * SECOND, () => {
      this.events.comment(this.business, feedback, {
        text: "Спасибо, что ответили. Посмотрю, как будет дальше.",
        parentId: null,
        author: { type: "USER", name: feedback.author },
        via: "scenario",
      });
    });
  }

  private get random(): Random {
    return this.state.random;
  }

  private after(fromMs: number, toMs: number, run: () => void): void {
    this.state.host.clock.after(this.random.int(fromMs, toMs), run);
  }

  private write(): void {
    this.after(8 * SECOND, 20 * SECOND, () => this.write());
    const open = [...this.business.chats.values()].filter((chat) => chat.status !== "FINISHED");
    const waiting = open.filter((chat) => chat.messages.last()?.sender === "CUSTOMER" && !this.talkOf(chat).nudged && !this.talkOf(chat).thinking);
    if (waiting.length > 0 && (open.length >= this.mostOpenChats || this.random.chance(0.25))) {
      const chat = this.random.pick(waiting);
      this.talkOf(chat).nudged = true;
      this.say(chat, this.random.pick(NUDGES));
    } else if (open.length < this.mostOpenChats) this.begin();
  }

  private begin(): void {
    const topic = this.random.pick(TOPICS);
    const orders = [...this.business.orders.values()].slice(-60);
    const order = topic.needsOrder && orders.length > 0 ? this.random.pick(orders) : undefined;
    const good = this.random.pick(this.business.goods);
    const chat = openChat(this.state, order === undefined ? { type: "DIRECT", offerId: good.offerId } : { type: "ORDER", order });
    this.events.open(this.business, chat);
    this.talks.set(chat.chatId, { topic, answers: 0, thinking: false, nudged: false });
    this.say(chat, ask(topic, order?.items[0]?.name ?? good.name));
  }

  private reply(chat: Chat, talk: Talk): void {
    talk.thinking = false;
    if (chat.status === "FINISHED" || talk.answers >= 3) return;
    talk.answers += 1;
    if (talk.answers === 1 && talk.topic.followUp !== null && this.random.chance(0.6)) {
      this.say(chat, talk.topic.followUp);
      return;
    }
    this.say(chat, talk.topic.thanks);
    const length = chat.messages.length;
    this.after(20 * SECOND, 50 * SECOND, () => {
      if (chat.messages.length === length) this.events.finish(chat);
    });
  }

  private review(): void {
    this.after(40 * SECOND, 90 * SECOND, () => this.review());
    this.events.feedback(this.business, makeFeedback(this.state, this.random, this.business, this.state.host.clock.nowMs()));
  }

  private question(): void {
    this.after(50 * SECOND, 100 * SECOND, () => this.question());
    this.events.question(this.business, makeQuestion(this.state, this.random, this.business, this.state.host.clock.nowMs()));
  }

  private trade(): void {
    this.after(40 * SECOND, 70 * SECOND, () => this.trade());
    const moving = [...this.business.orders.values()].find((order) => order.status === "PROCESSING" || order.status === "DELIVERY");
    if (moving !== undefined) this.events.setOrderStatus(this.business, moving, moving.status === "PROCESSING" ? "DELIVERY" : "DELIVERED");
    if (this.business.orders.size >= MOST_ORDERS) return;
    this.serial += 1;
    this.events.newOrder(
      this.business,
      makeOrder(this.random, this.business.goods, this.random.pick(this.business.campaigns), this.serial, this.state.host.clock.nowMs()),
    );
  }

  private moderate(): void {
    this.after(20 * SECOND, 30 * SECOND, () => this.moderate());
    const texts = [
      ...this.business.feedbacks.flatMap((feedback) => feedback.comments),
      ...this.business.questions.flatMap((question) => question.answers.flatMap((answer) => [answer, ...answer.comments])),
    ];
    for (const text of texts) if (text.status === "UNMODERATED") text.status = "PUBLISHED";
  }

  private say(chat: Chat, text: string): void {
    this.events.message(this.business, chat, { sender: "CUSTOMER", text, via: "scenario" });
  }

  private talkOf(chat: Chat): Talk {
    const known = this.talks.get(chat.chatId);
    if (known !== undefined) return known;
    const first = chat.messages.length > 0 ? chat.messages.get(0).text : "";
    const topic = TOPICS.find((candidate) => first.startsWith(candidate.question.slice(0, 20))) ?? this.random.pick(TOPICS);
    const talk: Talk = { topic, answers: 0, thinking: false, nudged: false };
    this.talks.set(chat.chatId, talk);
    return talk;
  }
}
