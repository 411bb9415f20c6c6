import { createSandboxControl, createSimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { fetchHttp } from "@/server/integrations/contract/testing/fetch-http";
import type { AnsweringStand, MessagingStand, MessagingTraits, OrdersStand, Stand, StandTarget } from "@/server/integrations/contract/testing/stand";
import { wildberries } from "../connector";
import type { WildberriesDesk } from "../sandbox";
import type { Control } from "./control";
import { ordersOf } from "./orders-desk";

const PATHS: Readonly<Record<StandTarget, string>> = {
  list: "/api/v1/seller/chats",
  history: "/api/v1/seller/events",
  send: "/api/v1/seller/message",
  "send-file": "/api/v1/seller/message",
  questions: "/api/v1/questions",
  "question-answer": "/api/v1/questions",
  reviews: "/api/v1/feedbacks",
  "review-answer": "/api/v1/feedbacks/answer",
  sales: "/api/finance/v1/sales-reports/detailed",
  products: "/content/v2/get/cards/list",
  test: "/api/v1/seller-info",
};

/** No history of one chat, no closed chats; the list of chats is asked for only now and then. */
export const WILDBERRIES_TRAITS: MessagingTraits = { reads: ["history"], crowd: 120, closes: false };

export interface WildberriesStand extends Stand {
  readonly control: Control;
  readonly messaging: MessagingStand;
  readonly answering: Readonly<Record<string, AnsweringStand>>;
  readonly orders: OrdersStand;
  /** A token lives as long as it was made for and cannot be changed: another one takes its place. */
  replaceToken(token: string): void;
}

/** The Wildberries simulator behind real HTTP, in the words of the shared suites. */
export async function wildberriesStand(scenario = "small"): Promise<WildberriesStand> {
  const sandbox = await startSandbox({ scenario });
  const time = createSandboxControl(sandbox.url);
  const control = createSimulatorControl<WildberriesDesk>(sandbox.url, "wildberries");
  await control.setSettings({ eventsPage: 100, moderationMs: 365 * 86_400_000, ordersPage: 25 });
  const credentials = { token: (await control.makeToken({})).token, warehouseId: "" };
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await time.advance(ms);
  };
  const replaceToken = (token: string) => {
    credentials.token = token;
  };
  return {
    control,
    replaceToken,
    baseUrl: sandbox.baseUrl("wildberries"),
    credentials,
    wrongCredentials: { ...credentials, token: `${credentials.token.slice(0, credentials.token.lastIndexOf("."))}.${"A".repeat(86)}` },
    clock,
    // The service's limits run on the sandbox's clock: instead of sitting a minute out, the minute passes.
    http: fetchHttp(sandbox.baseUrl("wildberries"), wildberries.limits(credentials), undefined, { nowMs: () => clock.now().getTime(), wait: advance }),
    async fail(fault, on, times = 1) {
      await control.fail({ ...fault, match: PATHS[on], times });
    },
    async requests(on) {
      const { counts } = await control.requests({ last: 1 });
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.includes(PATHS[on]) ? count : 0), 0);
    },
    async refusedForLimit() {
      const { requests } = await control.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 429 && request.fault === null).length;
    },
    advance,
    stop: () => sandbox.stop(),
    messaging: messagingOf(control),
    answering: { "wildberries.question": questionsOf(control, replaceToken), "wildberries.review": reviewsOf(control, replaceToken) },
    orders: ordersOf(control),
    products: async () => (await control.products({})).flatMap((product) => product.sizes.map((size) => String(size.chrtId))),
  };
}

function messagingOf(control: Control): MessagingStand {
  const messagesOf = (chatId: string) => control.messages({ chatId });
  return {
    fullReadingMs: 0,
    async truth() {
      const chats = await control.chats({});
      return new Map(await Promise.all(chats.map(async ({ chatId }) => [chatId, (await messagesOf(chatId)).map((message) => message.messageId)] as const)));
    },
    async buyerWrites(text, conversation) {
      if (conversation !== undefined) return { conversation, message: (await control.write({ chatId: conversation, text })).messageId };
      const chat = await control.addChat({ text });
      return { conversation: chat.chatId, message: chat.lastMessageId ?? "" };
    },
    async buyerSendsImage(conversation) {
      await control.write({ chatId: conversation, image: true });
    },
    async sellerWritesElsewhere(text, conversation) {
      await control.write({ chatId: conversation, text, sender: "seller" });
    },
    async arrived(conversation) {
      return (await messagesOf(conversation)).filter((message) => message.via === "api").map((message) => message.text);
    },
  };
}

const WITHOUT_FEEDBACKS = ["content", "chat", "finance"] as const;

function withholdFeedbacks(control: Control, replaceToken: (token: string) => void): AnsweringStand["withhold"] {
  return async () => {
    replaceToken((await control.makeToken({ categories: [...WITHOUT_FEEDBACKS] })).token);
    return { kind: "forbidden" };
  };
}

interface Entry {
  readonly id: string;
  readonly answer: { readonly text: string; readonly via: string } | null;
}

const bare = (conversation: string) => conversation.slice(2);
const threads = (prefix: string, entries: readonly Entry[]) =>
  new Map(entries.map(({ id, answer }) => [`${prefix}${id}`, [`${prefix}${id}`, ...(answer === null ? [] : [`${prefix}${id}:answer`])]]));

async function arrivedIn(entries: readonly Entry[], conversation: string): Promise<readonly string[]> {
  const answer = entries.find((entry) => entry.id === bare(conversation))?.answer;
  return answer?.via === "api" ? [answer.text] : [];
}

function questionsOf(control: Control, replaceToken: (token: string) => void): AnsweringStand {
  const all = () => control.questions({});
  return {
    list: "questions",
    answer: "question-answer",
    fullReadingMs: 31 * 60_000,
    truth: async () => threads("q:", await all()),
    async buyerPosts({ text }) {
      const question = await control.askQuestion({ text });
      return { conversation: `q:${question.id}`, sku: String(question.nmId) };
    },
    async sellerAnswersElsewhere(text, conversation) {
      await control.answerElsewhere({ id: bare(conversation), text });
    },
    arrived: async (conversation) => arrivedIn(await all(), conversation),
    async standing(conversation) {
      const question = (await all()).find((one) => one.id === bare(conversation));
      if (question?.state === "none") return "rejected";
      if (question?.answer) return "answered";
      return question?.wasViewed === true ? "viewed" : "new";
    },
    withhold: withholdFeedbacks(control, replaceToken),
  };
}

function reviewsOf(control: Control, replaceToken: (token: string) => void): AnsweringStand {
  const all = () => control.reviews({});
  return {
    list: "reviews",
    answer: "review-answer",
    fullReadingMs: 31 * 60_000,
    truth: async () => threads("r:", await all()),
    async buyerPosts({ text, stars = 5 }) {
      const review = await control.writeReview({ text, stars });
      return { conversation: `r:${review.id}`, sku: String(review.nmId) };
    },
    async sellerAnswersElsewhere(text, conversation) {
      await control.answerElsewhere({ id: bare(conversation), text });
    },
    arrived: async (conversation) => arrivedIn(await all(), conversation),
    async standing(conversation) {
      return (await all()).find((one) => one.id === bare(conversation))?.answer ? "answered" : "new";
    },
    async moderate(conversation, verdict) {
      await control.settleAnswer({ id: bare(conversation), state: verdict === "passed" ? "wbRu" : "rejected" });
    },
    withhold: withholdFeedbacks(control, replaceToken),
  };
}

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;

/** Small pages, so that the report has several. */
export async function wildberriesBooksStand(): Promise<WildberriesStand> {
  const stand = await wildberriesStand("small");
  await stand.control.setSettings({ reportPage: 20 });
  const nowMs = stand.clock.now().getTime();
  // Moscow's day may be tomorrow's already.
  const window = { from: new Date(nowMs - 12 * DAY_MS), to: new Date(nowMs + MOSCOW_MS) };
  const day = (at: Date) => new Date(at.getTime() + MOSCOW_MS).toISOString().slice(0, 10);
  return { ...stand, sales: { window, truth: () => stand.control.books({ from: day(window.from), to: day(window.to) }) } };
}
