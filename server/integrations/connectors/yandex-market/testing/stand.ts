import { createSandboxControl, createSimulatorControl, type SandboxControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { fetchHttp } from "@/server/integrations/contract/testing/fetch-http";
import {
  type AnsweringStand,
  contextOf,
  type MessagingStand,
  type OffersStand,
  type OrdersStand,
  type SalesStand,
  type Stand,
  type StandTarget,
} from "@/server/integrations/contract/testing/stand";
import type { Cursor } from "../../../contract/ports";
import type { ExternalProduct } from "../../../contract/records";
import { yandexCatalog } from "../capabilities/catalog";
import { limitsOf } from "../endpoints";
import { DEFAULT_API_KEY, DEFAULT_BUSINESS_ID, type YandexDesk } from "../sandbox";
import { feesOf } from "../sandbox/trade";
import { offersOf, ordersOf } from "./trade-desks";

const DAY_MS = 86_400_000;

/** Part of a path that means one kind of call; the simulator's prefix keeps them apart from other systems'. */
const PATHS: Readonly<Record<StandTarget, string>> = {
  list: `/${DEFAULT_BUSINESS_ID}/chats`,
  history: "/chats/history",
  send: "/chats/message",
  "send-file": "/chats/file/send",
  questions: "/goods-questions",
  "question-answer": "/goods-questions/update",
  reviews: "/goods-feedback",
  "review-answer": "/goods-feedback/comments/update",
  sales: "/stats/orders",
  products: "/offer-mappings",
  test: "/v2/auth/token",
};

export interface YandexStand extends Stand {
  readonly control: SandboxControl;
  readonly market: SimulatorControl<YandexDesk>;
  readonly messaging: MessagingStand;
  readonly answering: Readonly<Record<"yandex-market.review" | "yandex-market.question", AnsweringStand>>;
  readonly sales: SalesStand;
  readonly orders: OrdersStand;
  readonly offers: OffersStand;
}

/** Noon in Moscow, late in a month: the service's calendar day and ours are the same and last month's accounts are closed, whenever the tests run. */
const CLOSED_BOOKS = new Date("2026-11-25T09:00:00Z");

/** The Yandex Market simulator behind real HTTP, in the words of the shared suites. @param startAt where its time begins. */
export async function yandexStand(scenario = "small", startAt = CLOSED_BOOKS): Promise<YandexStand> {
  const sandbox = await startSandbox({ scenario, startAt });
  const control = createSandboxControl(sandbox.url);
  const market = createSimulatorControl<YandexDesk>(sandbox.url, "yandex-market");
  const baseUrl = sandbox.baseUrl("yandex-market");
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await control.advance(ms);
  };
  const stand: YandexStand = {
    control,
    market,
    baseUrl,
    credentials: { apiKey: DEFAULT_API_KEY, businessId: DEFAULT_BUSINESS_ID },
    wrongCredentials: { apiKey: "ACMA:wrongwrongwrongwrong:00000000", businessId: DEFAULT_BUSINESS_ID },
    clock,
    // Limits run on the sandbox's clock: instead of sitting two minutes out, the minutes pass.
    http: fetchHttp(baseUrl, limitsOf(undefined), undefined, { nowMs: () => clock.now().getTime(), wait: advance }),
    // The end of a limit is told as a date in whole seconds.
    waitSlackMs: 1_000,
    async fail(fault, on, times = 1) {
      await market.fail({ ...fault, match: PATHS[on], times });
    },
    async requests(on) {
      const { counts } = await market.requests({ last: 1 });
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.endsWith(PATHS[on]) ? count : 0), 0);
    },
    async refusedForLimit() {
      const { requests } = await market.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 420 && request.fault === null).length;
    },
    advance,
    stop: () => sandbox.stop(),
    messaging: messagingOf(market),
    answering: { "yandex-market.review": reviewsOf(market), "yandex-market.question": questionsOf(market) },
    sales: salesOf(market, clock.now()),
    products: async () => (await market.goods()).map((good) => good.offerId),
    orders: ordersOf(market),
    offers: offersOf(market, advance, () => readAll(stand)),
  };
  return stand;
}

async function readAll(stand: Stand): Promise<readonly ExternalProduct[]> {
  const products: ExternalProduct[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await yandexCatalog.pull(contextOf(stand), { cursor });
    products.push(...page.records);
    cursor = page.next;
  } while (cursor !== undefined);
  return products;
}

function messagingOf(market: SimulatorControl<YandexDesk>): MessagingStand {
  return {
    fullReadingMs: 16 * 60_000,
    async truth() {
      const chats = await market.chats();
      const ids = chats.map(async ({ chatId }) => [chatId, (await market.messages({ chatId })).map((message) => message.messageId)] as const);
      return new Map(await Promise.all(ids));
    },
    async buyerWrites(text, conversation) {
      if (conversation !== undefined) return { conversation, message: (await market.pushBuyerMessage({ chatId: conversation, text })).messageId };
      const chat = await market.addChat({ text });
      return { conversation: chat.chatId, message: chat.lastMessageId ?? "" };
    },
    async buyerSendsImage(conversation) {
      await market.pushBuyerMessage({ chatId: conversation, image: true });
    },
    async sellerWritesElsewhere(text, conversation) {
      await market.pushBuyerMessage({ chatId: conversation, text, sender: "PARTNER" });
    },
    async close(conversation) {
      await market.finishChat({ chatId: conversation });
    },
    async arrived(conversation) {
      const messages = await market.messages({ chatId: conversation });
      return messages.filter((message) => message.via === "api").map((message) => message.text || message.files.join());
    },
  };
}

const idOf = (conversation: string) => conversation.slice(2);

function reviewsOf(market: SimulatorControl<YandexDesk>): AnsweringStand {
  const find = async (conversation: string) => {
    const found = (await market.feedbacks()).find((feedback) => feedback.feedbackId === idOf(conversation));
    if (found === undefined) throw new Error(`no review ${conversation}`);
    return found;
  };
  return {
    list: "reviews",
    answer: "review-answer",
    fullReadingMs: 6.1 * 3_600_000,
    async truth() {
      const entries = (await market.feedbacks()).map(
        ({ feedbackId, comments }) => [`r:${feedbackId}`, comments.map(({ id }) => `r:${feedbackId}:${id}`)] as const,
      );
      return new Map(entries.map(([conversation, comments]) => [conversation, [conversation, ...comments]]));
    },
    async buyerPosts({ text, stars }) {
      const { feedbackId, offerId } = await market.addFeedback({ text, stars });
      return { conversation: `r:${feedbackId}`, sku: offerId };
    },
    async sellerAnswersElsewhere(text, conversation) {
      await market.commentFeedback({ feedbackId: idOf(conversation), text });
    },
    async arrived(conversation) {
      return (await find(conversation)).comments.filter(({ via }) => via === "api").map(({ text }) => text);
    },
    async standing(conversation) {
      const { skipped, comments } = await find(conversation);
      return skipped ? "skipped" : comments.some(({ by }) => by === "BUSINESS") ? "answered" : "new";
    },
    async moderate(conversation, verdict) {
      await market.moderateComment({ feedbackId: idOf(conversation), verdict: verdict === "passed" ? "PUBLISHED" : "BANNED" });
    },
    withhold: () => withhold(market),
  };
}

function questionsOf(market: SimulatorControl<YandexDesk>): AnsweringStand {
  const find = async (conversation: string) => {
    const found = (await market.questions()).find((question) => question.questionId === idOf(conversation));
    if (found === undefined) throw new Error(`no question ${conversation}`);
    return found;
  };
  return {
    list: "questions",
    answer: "question-answer",
    fullReadingMs: 6.1 * 3_600_000,
    async truth() {
      const entries = (await market.questions()).map(({ questionId, answers }) => {
        const ids = answers.flatMap(({ id, comments }) => [`q:${questionId}:${id}`, ...comments.map((comment) => `q:${questionId}:${id}:${comment}`)]);
        return [`q:${questionId}`, [`q:${questionId}`, ...ids]] as const;
      });
      return new Map(entries);
    },
    async buyerPosts({ text }) {
      const { questionId, offerId } = await market.addQuestion({ text });
      return { conversation: `q:${questionId}`, sku: offerId };
    },
    async sellerAnswersElsewhere(text, conversation) {
      await market.answerQuestion({ questionId: idOf(conversation), text });
    },
    async arrived(conversation) {
      return (await find(conversation)).answers.filter(({ via }) => via === "api").map(({ text }) => text);
    },
    async standing(conversation) {
      return (await find(conversation)).answers.some(({ by }) => by === "BUSINESS") ? "answered" : "new";
    },
    async moderate(conversation, verdict) {
      await market.moderateAnswer({ questionId: idOf(conversation), verdict: verdict === "passed" ? "PUBLISHED" : "BANNED" });
    },
    withhold: () => withhold(market),
  };
}

async function withhold(market: SimulatorControl<YandexDesk>): Promise<{ readonly kind: "forbidden" }> {
  await market.setScopes({ scopes: ["PRICING"] });
  return { kind: "forbidden" };
}

/** What a person would add up from the cabinet's own pages. */
function salesOf(market: SimulatorControl<YandexDesk>, now: Date): SalesStand {
  const window = { from: new Date(now.getTime() - 13 * DAY_MS), to: now };
  return {
    window,
    async truth() {
      const sold = (await market.orders()).filter((order) => order.deliveredAtMs !== null);
      const items = sold.flatMap((order) => order.items);
      const revenueMinor = items.reduce((sum, item) => sum + item.unitMinor * (item.count - item.returned), 0);
      const feesMinor = sold.reduce((sum, order) => sum + feesOf(order).reduce((fees, fee) => fees + fee.minor, 0), 0);
      return {
        lines: items.length + items.filter((item) => item.returned > 0).length,
        quantity: items.reduce((sum, item) => sum + item.count - item.returned, 0),
        revenueMinor,
        payoutMinor: revenueMinor - feesMinor,
      };
    },
  };
}
