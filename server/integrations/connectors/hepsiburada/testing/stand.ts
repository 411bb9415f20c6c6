import { createSandboxControl, createSimulatorControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { fetchHttp } from "@/server/integrations/contract/testing/fetch-http";
import type { AnsweringStand, OffersStand, OrdersStand, SalesStand, Stand, StandTarget } from "@/server/integrations/contract/testing/stand";
import { hepsiburada } from "../connector";
import { DEFAULT_MERCHANT, type HepsiburadaDesk } from "../sandbox";

export type Control = SimulatorControl<HepsiburadaDesk>;

const PATHS: Readonly<Partial<Record<StandTarget, string>>> = {
  questions: "/issues#list",
  "question-answer": "/answer",
  // The page after the first of a run: the accounts fit on one here.
  sales: "/delivered",
  products: "/all-products-of-merchant/",
  test: "#open",
};
const pathOf = (target: StandTarget) => PATHS[target] ?? `no ${target} here`;

export interface HepsiburadaStand extends Stand {
  readonly control: Control;
  readonly answering: Readonly<Record<string, AnsweringStand>>;
  readonly orders: OrdersStand;
  readonly offers: OffersStand;
  readonly sales: SalesStand;
}

const CREDENTIALS = {
  merchantId: DEFAULT_MERCHANT.id,
  serviceKey: DEFAULT_MERCHANT.key,
  userAgent: DEFAULT_MERCHANT.userAgent,
  environment: "production",
  ownCarrier: "yes",
  webhookUser: "karavan",
  webhookPassword: "a-long-password",
} as const;

/**
 * The Hepsiburada simulator behind real HTTP, in the words of the shared suites. Our own pace (one upload in ten seconds) is
 * quickened: the service counts far less strictly, and a suite would take an hour.
 */
export async function hepsiburadaStand(scenario = "small"): Promise<HepsiburadaStand> {
  const sandbox = await startSandbox({ scenario });
  const time = createSandboxControl(sandbox.url);
  const control = createSimulatorControl<HepsiburadaDesk>(sandbox.url, "hepsiburada");
  await control.setOwnCarrier({ own: true });
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await time.advance(ms);
  };
  const countOf = async (part: string) => {
    const { counts } = await control.requests({ last: 1 });
    return Object.entries(counts).reduce((sum, [path, count]) => sum + (path.includes(part) ? count : 0), 0);
  };
  return {
    control,
    baseUrl: sandbox.baseUrl("hepsiburada"),
    credentials: { ...CREDENTIALS },
    wrongCredentials: { ...CREDENTIALS, serviceKey: "Wrong0000000" },
    facts: { ownCarrier: true, questions: true },
    clock,
    http: fetchHttp(
      sandbox.baseUrl("hepsiburada"),
      hepsiburada.limits(CREDENTIALS).map((limit) => ({ ...limit, points: 500, perSeconds: 1 })),
    ),
    async fail(fault, on, times = 1) {
      await control.fail({ ...fault, match: pathOf(on), times });
    },
    requests: (on) => countOf(pathOf(on)),
    async refusedForLimit() {
      const { requests } = await control.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 429 && request.fault === null).length;
    },
    advance,
    stop: () => sandbox.stop(),
    answering: { "hepsiburada.question": questionsOf(control) },
    orders: ordersOf(control, countOf),
    offers: offersOf(control, countOf, advance),
    sales: salesOf(control, clock.now()),
    products: async () => [...new Set([...(await control.listings({})), ...(await control.cards({}))].map((one) => one.merchantSku.toUpperCase()))],
  };
}

function questionsOf(control: Control): AnsweringStand {
  const find = async (conversation: string) => {
    const issue = (await control.issues({})).find((one) => String(one.number) === conversation);
    if (issue === undefined) throw new Error(`there is no question ${conversation}`);
    return issue;
  };
  return {
    list: "questions",
    answer: "question-answer",
    fullReadingMs: 0,
    truth: async () => new Map((await control.issues({})).map((issue) => [String(issue.number), issue.talk.map((entry) => entry.id)])),
    async buyerPosts({ text }) {
      const issue = await control.ask({ text });
      return { conversation: String(issue.number), sku: issue.hbSku };
    },
    async sellerAnswersElsewhere(text, conversation) {
      await control.answerElsewhere({ number: Number(conversation), text });
    },
    arrived: async (conversation) => (await find(conversation)).talk.filter((entry) => entry.via === "api").map((entry) => entry.content),
    async standing(conversation) {
      const { status } = await find(conversation);
      if (status === "Rejected") return "rejected";
      return status === "Answered" ? "answered" : "new";
    },
    async withhold() {
      await control.withhold({ permissions: ["questions"] });
      return { kind: "forbidden" };
    },
  };
}

const ORDER_PATHS = { list: "#open", read: "/ordernumber/", change: `/packages/merchantid/${DEFAULT_MERCHANT.id}#write` } as const;

function ordersOf(control: Control, countOf: (part: string) => Promise<number>): OrdersStand {
  const place = async () => (await control.placeOrder({ lines: [{}, { merchantSku: "BARDAK-6LI" }] })).number;
  const scene = (...steps: readonly ("pack" | "intransit" | "deliver" | "cancel")[]) => {
    return async () => {
      const number = await place();
      for (const step of steps) {
        if (step === "pack") await control.packOrder({ number });
        else if (step === "cancel") await control.cancelOrder({ number });
        else await control.moveOrder({ number, step });
      }
      return number;
    };
  };
  return {
    async place() {
      const number = await place();
      return { externalId: number, number };
    },
    async truth() {
      const [orders, claims] = await Promise.all([control.orders({}), control.claims({})]);
      return new Map(
        orders.map(({ number, lines }) => {
          const claim = claims.find((one) => one.orderNumber === number && (one.status === "Refunded" || one.status === "Accepted"));
          const words = new Set(lines.map((line) => line.status));
          if (words.size !== 1) throw new Error(`the lines of ${number} differ: ${[...words].join(", ")}`);
          return [number, claim === undefined ? ([...words][0] ?? "") : `Claim/${claim.status}`];
        }),
      );
    },
    async changeElsewhere(externalId) {
      await control.cancelOrder({ number: externalId });
    },
    scenes: {
      open: scene(),
      packed: scene("pack"),
      shipped: scene("pack", "intransit"),
      delivered: scene("pack", "intransit", "deliver"),
      cancelled: scene("cancel"),
    },
    transitions: [
      { id: "package", fields: {} },
      { id: "cancel", fields: { reason: "83" } },
      { id: "unpack", fields: {} },
      { id: "intransit", fields: { trackingNumber: "TK-1", date: "2026-11-20" } },
      { id: "deliver", fields: { comment: "Ayşe Yılmaz" } },
      { id: "undeliver", fields: { reason: "Adreste bulunamadı" } },
    ],
    carriedOut: async (externalId) => (await control.order({ number: externalId })).packedByApi,
    stranger: "999999999",
    async fail(fault, on, times = 1) {
      // States are told by the order itself; its lists only name it.
      const at = fault.kind === "unknown-enum" ? ORDER_PATHS.read : ORDER_PATHS[on];
      await control.fail({ ...fault, match: at, times });
    },
    requests: (on) => countOf(ORDER_PATHS[on]),
  };
}

function offersOf(control: Control, countOf: (part: string) => Promise<number>, advance: (ms: number) => Promise<void>): OffersStand {
  const find = async (externalId: string) => (await control.listings({})).find((one) => one.merchantSku.toUpperCase() === externalId);
  const path = (kind: "stock" | "price") => `${kind}-uploads#write`;
  return {
    settlesAfterMs: 3_000,
    pass: advance,
    stockOf: async (externalId) => (await find(externalId))?.stock,
    async priceOf(externalId) {
      const listing = await find(externalId);
      return listing === undefined ? undefined : { amountMinor: BigInt(listing.priceMinor) };
    },
    stranger: { externalId: "YOK-1", sku: "HBCV00000YOK1", offerId: "YOK-1", remoteContext: { hbSku: "HBCV00000YOK1", merchantSku: "YOK-1" } },
    // The last of the five lies in the marketplace's warehouse; two of the cards are not on sale yet.
    isWritable: (externalId) => !["SEF-BICAK-20", "ONCE-MATCH-1", "RED-URUN-1"].includes(externalId),
    crowd: async (count) =>
      (await control.addListings({ count })).map(({ hbSku, merchantSku, priceMinor }) => ({
        externalId: merchantSku.toUpperCase(),
        sku: hbSku,
        offerId: merchantSku,
        name: merchantSku,
        price: { amountMinor: BigInt(priceMinor), currency: "TRY" },
        remoteContext: { hbSku, merchantSku },
      })),
    async changeElsewhere(externalId, quantity) {
      await control.setListing({ merchantSku: externalId, stock: quantity });
    },
    async fail(fault, kind, times = 1) {
      await control.fail({ ...fault, match: path(kind), times });
    },
    requests: (kind) => countOf(path(kind)),
  };
}

const DAY_MS = 86_400_000;

function salesOf(control: Control, now: Date): SalesStand {
  const window = { from: new Date(now.getTime() - 13 * DAY_MS), to: now };
  return { window, truth: () => control.books({ from: window.from.getTime(), to: window.to.getTime() }) };
}
