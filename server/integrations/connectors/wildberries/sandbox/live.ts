import { ask, openChat, review, say } from "./happenings";
import type { Chat, Seller, WbState } from "./state";
import { about, NUDGES, OPINIONS, QUESTIONS, TOPICS, type Topic } from "./talk";

const SECOND = 1_000;

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
