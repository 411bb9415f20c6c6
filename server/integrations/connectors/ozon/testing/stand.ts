import { createSandboxControl, type SandboxControl } from "@/sandbox/control/client";
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
import { ozon } from "../connector";
import { DEFAULT_API_KEY, DEFAULT_CLIENT_ID } from "../sandbox";
import type { DeskEntry } from "../sandbox/desk-feedback";
import { offersOf, ordersOf } from "./trade-desks";

const DAY_MS = 86_400_000;
const QUESTION = "ozon.question";
const REVIEW = "ozon.review";
const PATHS: Readonly<Record<StandTarget, string>> = {
  list: "/v3/chat/list",
  history: "/v3/chat/history",
  send: "/v1/chat/send/message",
  "send-file": "/v1/chat/send/file",
  sales: "/v1/finance/accrual/by-day",
  products: "/v3/product/list",
  test: "/v1/roles",
  questions: "/v1/question/list",
  "question-answer": "/v1/question/answer/create",
  reviews: "/v2/review/list",
  "review-answer": "/v1/review/comment/create",
};

export interface OzonStand extends Stand {
  readonly control: SandboxControl;
  readonly messaging: MessagingStand;
  readonly answering: Readonly<Record<string, AnsweringStand>>;
  readonly sales: SalesStand;
  readonly orders: OrdersStand;
  readonly offers: OffersStand;
}

/** The Ozon simulator behind real HTTP, in the words of the shared suites. */
export async function ozonStand(scenario = "small"): Promise<OzonStand> {
  const sandbox = await startSandbox({ scenario });
  const control = createSandboxControl(sandbox.url);
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await control.advance(ms);
  };
  const stand: OzonStand = {
    control,
    baseUrl: sandbox.baseUrl("ozon"),
    credentials: { clientId: DEFAULT_CLIENT_ID, apiKey: DEFAULT_API_KEY },
    wrongCredentials: { clientId: DEFAULT_CLIENT_ID, apiKey: "00000000-0000-0000-0000-000000000000" },
    clock,
    http: fetchHttp(sandbox.baseUrl("ozon"), ozon.limits({})),
    async fail(fault, on, times = 1) {
      await control.ozon.fail({ ...fault, match: PATHS[on], times });
    },
    async requests(on) {
      const { counts } = await control.ozon.requests({ last: 1 });
      return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.includes(PATHS[on]) ? count : 0), 0);
    },
    async refusedForLimit() {
      const { requests } = await control.ozon.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 429).length;
    },
    advance,
    stop: () => sandbox.stop(),
    messaging: messagingOf(control),
    answering: { [QUESTION]: questionsOf(control), [REVIEW]: reviewsOf(control) },
    sales: salesOf(control, clock.now()),
    products: async () => (await productsOf(sandbox.baseUrl("ozon"))).map(String),
    orders: ordersOf(control),
    offers: offersOf(control, advance, async () => (await ozon.catalog?.pull(contextOf(stand), {}))?.records ?? []),
  };
  return stand;
}

/** Where the same product may be written again at once: the suite says things twice, the service wants half a minute between. */
export async function patientOzonStand(): Promise<OzonStand> {
  const stand = await ozonStand();
  await stand.control.ozon.setLimits({ stockPairSeconds: 0 });
  return stand;
}

function messagingOf(control: SandboxControl): MessagingStand {
  const messagesOf = (chatId: string) => control.ozon.messages({ chatId });
  return {
    fullReadingMs: 16 * 60_000,
    async truth() {
      const chats = (await control.ozon.chats({ limit: 10_000 })).filter((chat) => chat.type.startsWith("BUYER_SELLER"));
      const ids = await Promise.all(chats.map(async (chat) => [chat.chatId, (await messagesOf(chat.chatId)).map((message) => message.messageId)] as const));
      return new Map(ids);
    },
    async buyerWrites(text, conversation) {
      if (conversation !== undefined) return { conversation, message: (await control.ozon.pushBuyerMessage({ chatId: conversation, text })).messageId };
      const chat = await control.ozon.addChat({ text });
      return { conversation: chat.chatId, message: chat.lastMessageId ?? "" };
    },
    async buyerSendsImage(conversation) {
      await control.ozon.pushBuyerMessage({ chatId: conversation, image: true });
    },
    async sellerWritesElsewhere(text, conversation) {
      await control.ozon.pushBuyerMessage({ chatId: conversation, text, userType: "Seller" });
    },
    async close(conversation) {
      await control.ozon.closeChat({ chatId: conversation });
    },
    async arrived(conversation) {
      return (await messagesOf(conversation)).filter((message) => message.via === "api").map((message) => message.text);
    },
    replyOnly: {
      windowMs: 48 * 3_600_000,
      async conversation() {
        const posting = await control.ozon.addPosting({ scheme: "FBO" });
        return (await control.ozon.addChat({ text: "Где заказ?", postingNumber: posting.postingNumber })).chatId;
      },
    },
  };
}

/** What questions and reviews have in common; `prefix` is how the connector names their conversations. */
function entriesOf(control: SandboxControl, prefix: string, list: () => Promise<readonly DeskEntry[]>) {
  const idOf = (conversation: string) => conversation.slice(prefix.length);
  const entryOf = async (conversation: string) => {
    const entry = (await list()).find((each) => each.id === idOf(conversation));
    if (entry === undefined) throw new Error(`the service has no ${conversation}`);
    return entry;
  };
  return {
    fullReadingMs: 16 * 60_000,
    async truth() {
      return new Map((await list()).map((entry) => [prefix + entry.id, [entry.id, ...entry.replies.map((reply) => reply.id)]] as const));
    },
    async sellerAnswersElsewhere(text: string, conversation: string) {
      await control.ozon.reply({ id: idOf(conversation), text });
    },
    async arrived(conversation: string) {
      return (await entryOf(conversation)).replies.filter((reply) => reply.via === "api").map((reply) => reply.text);
    },
    async standing(conversation: string) {
      const { status, replies } = await entryOf(conversation);
      if (replies.length > 0) return "answered" as const;
      return status === "PROCESSED" ? ("skipped" as const) : status === "VIEWED" ? ("viewed" as const) : ("new" as const);
    },
    async moderate(conversation: string, verdict: "passed" | "failed") {
      await control.ozon.moderate({ id: idOf(conversation), verdict });
    },
    async withhold() {
      await control.ozon.setSubscription({ subscription: "PREMIUM", reviewManagement: false });
      return { kind: "subscription" as const };
    },
  };
}

function questionsOf(control: SandboxControl): AnsweringStand {
  return {
    ...entriesOf(control, "q:", () => control.ozon.questions({})),
    list: "questions",
    answer: "question-answer",
    async buyerPosts({ text }) {
      const { id, sku } = await control.ozon.addQuestion({ text });
      return { conversation: `q:${id}`, sku };
    },
  };
}

function reviewsOf(control: SandboxControl): AnsweringStand {
  return {
    ...entriesOf(control, "r:", () => control.ozon.reviews({})),
    list: "reviews",
    answer: "review-answer",
    async buyerPosts({ text, stars }) {
      const { id, sku } = await control.ozon.addReview({ text, rating: stars ?? 5 });
      return { conversation: `r:${id}`, sku };
    },
  };
}

function salesOf(control: SandboxControl, now: Date): SalesStand {
  const window = { from: new Date(now.getTime() - 13 * DAY_MS), to: now };
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return {
    window,
    async truth() {
      const { total, otherFeesMinor } = await control.ozon.books({ from: day(window.from), to: day(window.to) });
      return {
        lines: total.lines,
        quantity: total.quantity,
        revenueMinor: total.revenueMinor,
        payoutMinor: total.revenueMinor + total.commissionMinor + total.servicesMinor + otherFeesMinor,
      };
    },
  };
}

/** Asked past the connector: the ids as the service lists them. */
async function productsOf(baseUrl: string): Promise<number[]> {
  const answer = await fetch(`${baseUrl}/v3/product/list`, {
    method: "POST",
    headers: { "Client-Id": DEFAULT_CLIENT_ID, "Api-Key": DEFAULT_API_KEY, "content-type": "application/json" },
    body: JSON.stringify({ filter: { visibility: "ALL" }, last_id: "", limit: 1_000 }),
  });
  const body = (await answer.json()) as { result: { items: { product_id: number }[] } };
  return body.result.items.map((item) => item.product_id);
}
