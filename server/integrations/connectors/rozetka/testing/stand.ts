import { createSandboxControl, createSimulatorControl, type SandboxControl, type SimulatorControl } from "@/sandbox/control/client";
import { startSandbox } from "@/sandbox/server";
import { fetchHttp } from "@/server/integrations/contract/testing/fetch-http";
import {
  contextOf,
  type MessagingStand,
  type OffersStand,
  type OrdersStand,
  type SalesStand,
  type Stand,
  type StandTarget,
} from "@/server/integrations/contract/testing/stand";
import { rozetkaCatalog } from "../capabilities/catalog";
import { GROUPS } from "../endpoints";
import { DEFAULT_LOGIN, DEFAULT_PASSWORD, type RozetkaDesk } from "../sandbox";

const DAY_MS = 86_400_000;
/** Our own two calls a second would make the suites last minutes; the service states no limit that could be broken. */
const FAST = GROUPS.map((limit) => ({ ...limit, points: limit.points * 100 }));
/** Order numbers of the simulator begin with it, the search does not. */
const ONE_ORDER = "/orders/8";

/** Part of a path that means one kind of call; the simulator's prefix keeps them apart from other systems'. */
const PATHS: Readonly<Record<StandTarget, string>> = {
  list: "/messages/search",
  history: "/messages/search",
  send: "/messages/create",
  "send-file": "/messages/create",
  questions: "/none",
  "question-answer": "/none",
  reviews: "/none",
  "review-answer": "/none",
  sales: "/orders/search",
  products: "/goods/all",
  test: "/sites",
};

type Desk = SimulatorControl<RozetkaDesk>;

export interface RozetkaStand extends Stand {
  readonly control: SandboxControl;
  readonly desk: Desk;
  readonly messaging: MessagingStand;
  readonly sales: SalesStand;
  readonly orders: OrdersStand;
  readonly offers: OffersStand;
}

/** Noon in Kyiv or nearly: the service's calendar day and ours are the same, whenever the tests run. */
const noon = () => new Date(`${new Date().toISOString().slice(0, 10)}T10:00:00Z`);

/** The Rozetka simulator behind real HTTP, in the words of the shared suites. @param startAt where its time begins: now for who lives by the machine's clock. */
export async function rozetkaStand(startAt = noon()): Promise<RozetkaStand> {
  const sandbox = await startSandbox({ scenario: "small", startAt });
  const control = createSandboxControl(sandbox.url);
  const desk = createSimulatorControl<RozetkaDesk>(sandbox.url, "rozetka");
  const baseUrl = sandbox.baseUrl("rozetka");
  const { clock } = sandbox;
  const advance = async (ms: number) => {
    await control.advance(ms);
  };
  const base: Stand = {
    baseUrl,
    credentials: { token: "", login: DEFAULT_LOGIN, password: DEFAULT_PASSWORD },
    wrongCredentials: { token: "", login: DEFAULT_LOGIN, password: "wrong" },
    clock,
    http: fetchHttp(baseUrl, FAST),
    async fail(fault, on, times = 1) {
      await desk.fail({ ...fault, match: PATHS[on], times });
    },
    requests: (on) => requestsOf(desk, PATHS[on]),
    async refusedForLimit() {
      const { requests } = await desk.requests({ last: 10_000 });
      return requests.filter((request) => request.status === 429 && request.fault === null).length;
    },
    advance,
    stop: () => sandbox.stop(),
    products: async () => (await desk.goods()).map((good) => String(good.itemId)),
  };
  return { ...base, control, desk, messaging: messagingOf(desk), sales: salesOf(desk, clock.now()), orders: ordersOf(desk), offers: offersOf(desk, base) };
}

async function requestsOf(desk: Desk, path: string, method?: string): Promise<number> {
  const { requests } = await desk.requests({ last: 2_000, path });
  return requests.filter((request) => method === undefined || request.method === method).length;
}

function messagingOf(desk: Desk): MessagingStand {
  return {
    fullReadingMs: 0,
    async truth() {
      const chats = await desk.chats();
      const ids = chats.map(async ({ chatId }) => [String(chatId), (await desk.messages({ chatId })).map(({ messageId }) => String(messageId))] as const);
      return new Map(await Promise.all(ids));
    },
    async buyerWrites(text, conversation) {
      if (conversation !== undefined) return { conversation, message: String((await desk.write({ chatId: Number(conversation), text })).messageId) };
      const { chatId, messageId } = await desk.addChat({ text });
      return { conversation: String(chatId), message: String(messageId) };
    },
    async buyerSendsImage(conversation) {
      await desk.write({ chatId: Number(conversation), image: true });
    },
    async sellerWritesElsewhere(text, conversation) {
      await desk.write({ chatId: Number(conversation), text, sender: 2 });
    },
    async arrived(conversation) {
      return (await desk.messages({ chatId: Number(conversation) })).filter(({ via }) => via === "api").map(({ body }) => body);
    },
  };
}

const COMPLETED = [6, 68, 87];

/** What a person would add up from the cabinet's list of orders. */
function salesOf(desk: Desk, now: Date): SalesStand {
  const window = { from: new Date(now.getTime() - 13 * DAY_MS), to: now };
  return {
    window,
    async truth() {
      const sold = (await desk.orders()).filter((order) => order.history.some(({ status }) => COMPLETED.includes(status)));
      const lines = sold.flatMap((order) =>
        order.purchases
          .filter((purchase) => purchase.status === 1)
          .map(({ quantity, discountedMinor }) => ({ quantity, minor: discountedMinor * quantity, isBack: order.status === 85 })),
      );
      const kept = lines.filter(({ isBack }) => !isBack);
      const revenueMinor = kept.reduce((sum, { minor }) => sum + minor, 0);
      return {
        lines: lines.length + lines.length - kept.length,
        quantity: kept.reduce((sum, { quantity }) => sum + quantity, 0),
        revenueMinor,
        payoutMinor: revenueMinor,
      };
    },
  };
}

function ordersOf(desk: Desk): OrdersStand {
  const place = async (status?: number, delivery: 0 | 1 = 0) => {
    const { id } = await desk.placeOrder({ delivery });
    if (status !== undefined) await desk.setStatus({ id, status });
    return String(id);
  };
  return {
    async place() {
      const id = await place();
      return { externalId: id, number: id };
    },
    truth: async () => new Map((await desk.orders()).map(({ id, status }) => [String(id), String(status)])),
    async changeElsewhere(externalId) {
      await desk.setStatus({ id: Number(externalId), status: 45 });
    },
    scenes: {
      new: () => place(),
      accepted: () => place(26),
      "to be called": () => place(47),
      packing: () => place(2),
      "hand-over planned": () => place(61),
      "delivered by the shop": () => place(2, 1),
      cancelled: () => place(45),
    },
    transitions: [
      { id: "status:26", fields: { comment: "Беремо в роботу" } },
      { id: "status:47", fields: {} },
      { id: "status:2", fields: {} },
      { id: "status:61", fields: { trackingNumber: "20450123456789" } },
      { id: "status:3", fields: { trackingNumber: "20450987654321" } },
      { id: "status:4", fields: {} },
      { id: "cancel", fields: { reason: "18", comment: "Не відповідає" } },
    ],
    async carriedOut(externalId) {
      return (await desk.orders()).find(({ id }) => String(id) === externalId)?.apiChanges ?? 0;
    },
    stranger: "999999999",
    async fail(fault, on, times = 1) {
      await desk.fail({ ...fault, match: on === "list" ? "/orders/search" : ONE_ORDER, times });
    },
    requests: (on) => requestsOf(desk, on === "list" ? "/orders/search" : ONE_ORDER, on === "change" ? "PUT" : "GET"),
  };
}

function offersOf(desk: Desk, stand: Stand): OffersStand {
  const goodOf = async (externalId: string) => (await desk.goods()).find(({ itemId }) => String(itemId) === externalId);
  const UPDATE = "/items/mass-update";
  /** The seventh item stands in Rozetka's own warehouse. */
  const AT_ROZETKA = "114006";
  return {
    settlesAfterMs: 0,
    pass: stand.advance,
    async stockOf(externalId) {
      return (await goodOf(externalId))?.stock;
    },
    async priceOf(externalId) {
      const good = await goodOf(externalId);
      return good === undefined ? undefined : { amountMinor: BigInt(good.price) * 100n };
    },
    stranger: { externalId: "999999", sku: "399999999", remoteContext: { rzItemId: "399999999" } },
    isWritable: (externalId) => externalId !== AT_ROZETKA,
    async crowd(count) {
      await desk.addGoods({ count });
      const context = contextOf(stand);
      const first = await rozetkaCatalog.pull(context, {});
      const second = first.next === undefined ? undefined : await rozetkaCatalog.pull(context, { cursor: first.next });
      return [...first.records, ...(second?.records ?? [])].filter(({ externalId }) => externalId !== AT_ROZETKA);
    },
    async changeElsewhere(externalId, quantity) {
      await desk.setGood({ itemId: Number(externalId), stock: quantity });
    },
    async fail(fault, _kind, times = 1) {
      await desk.fail({ ...fault, match: UPDATE, times });
    },
    requests: () => requestsOf(desk, UPDATE, "PUT"),
  };
}
