import { Random, seedOf } from "@/sandbox/kit/random";
import { lazySeq } from "@/sandbox/kit/seq";
import { type Chat, type Message, MessageLog } from "./chats";
import { type Accrual, dayOf, daysBetween } from "./ledger";
import { messageIdAt, type OzonState, type Seller } from "./state";
import { NUDGES, TOPICS } from "./talk";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FIRST_ACCRUAL = 50_000_000_000;
const UNIT_PREFIX = 60_000_000;

/**
 * Fills a seller with formulas instead of rows: `chats` chats that share `messages` messages, and `saleLines` sale lines
 * over the last `days` days. Nothing is stored per message or per line, so size costs no memory.
 */
export function fillBulk(state: OzonState, seller: Seller, size: { chats: number; messages: number; saleLines: number; days: number }): void {
  const nowMs = state.host.clock.nowMs();
  const random = new Random(seedOf("bulk"));
  for (let index = 0; index < size.chats; index += 1) {
    const count = Math.floor(size.messages / size.chats) + (index < size.messages % size.chats ? 1 : 0);
    seller.chats.add(bulkChat(seller, random.uuid(), index, count, nowMs));
  }
  state.lastMessageId = messageIdAt(nowMs);
  fillSales(seller, size, nowMs);
}

function bulkChat(seller: Seller, id: string, index: number, count: number, nowMs: number): Chat {
  const buyerId = String(10_000_000 + index * 3);
  // Chats end one after the other within the last day; messages of a chat are minutes apart.
  const lastAtMs = nowMs - DAY_MS + Math.floor((index * DAY_MS) / 20_000) - MINUTE_MS;
  const make = (position: number): Message => {
    const createdAtMs = lastAtMs - (count - 1 - position) * 7 * MINUTE_MS;
    const fromBuyer = (count - position) % 2 === 1;
    const topic = TOPICS[(index + position) % TOPICS.length];
    const text = fromBuyer ? `${topic?.question ?? NUDGES[0]} (${index}/${position})` : `${topic?.answer ?? ""} (${index}/${position})`;
    const messageId = (messageIdAt(createdAtMs) + BigInt(index % 1_000)).toString();
    return {
      id: messageId,
      createdAtMs,
      userType: fromBuyer ? "Customer" : "Seller",
      userId: fromBuyer ? buyerId : seller.clientId,
      data: [text],
      isImage: false,
      via: "scenario",
    };
  };
  const messages = new MessageLog(lazySeq(count, make));
  const last = messages.last();
  return {
    id,
    type: "BUYER_SELLER",
    status: "OPENED",
    createdAtMs: lastAtMs - count * 7 * MINUTE_MS,
    buyerId,
    orderNumber: "",
    postingNumber: null,
    sku: String(seller.products[index % seller.products.length]?.sku ?? ""),
    messages,
    sortId: last?.id ?? messageIdAt(lastAtMs).toString(),
    sellerReadId: count > 1 ? messages.get(count - 2).id : "0",
    buyerReadId: last?.id ?? "0",
    unread: count > 0 ? 1 : 0,
    lastBuyerAtMs: count > 0 ? lastAtMs : null,
  };
}

function fillSales(seller: Seller, size: { saleLines: number; days: number }, nowMs: number): void {
  const dates = daysBetween(dayOf(nowMs - (size.days - 1) * DAY_MS), dayOf(nowMs));
  const firstOf = (day: number) => Math.floor((size.saleLines * day) / dates.length);
  const make = (line: number, date: string): Accrual => {
    const product = seller.products[line % seller.products.length];
    const isReturn = line % 20 === 19;
    return {
      accrualId: FIRST_ACCRUAL + line * 3,
      date,
      unitNumber: `${UNIT_PREFIX + line}-0001-1`,
      category: "POSTING",
      schema: line % 2 === 0 ? "FBO" : "FBS",
      products: [
        {
          sku: product?.sku ?? 0,
          quantity: isReturn ? -1 : 1 + (line % 3 === 0 ? 1 : 0),
          unitMinor: (product?.priceMinor ?? 10_000) + (line % 50) * 100,
          bonusMinor: 0,
          coinvestmentMinor: 0,
          ratioBp: product?.ratioBp ?? 1_800,
          services: [{ typeId: isReturn ? 59 : 32, minor: -(6_300 + (line % 900)) }],
        },
      ],
    };
  };
  const dayOfLine = (line: number) => dates.findIndex((_, day) => line < firstOf(day + 1));
  seller.ledger.compute(
    (date) => {
      const day = dates.indexOf(date);
      if (day === -1) return undefined;
      const first = firstOf(day);
      return lazySeq(firstOf(day + 1) - first, (index) => make(first + index, date));
    },
    (unit) => {
      const line = Number(/^(\d+)-0001-1$/.exec(unit)?.[1] ?? Number.NaN) - UNIT_PREFIX;
      const date = line >= 0 && line < size.saleLines ? dates[dayOfLine(line)] : undefined;
      return date === undefined ? [] : [make(line, date)];
    },
  );
}
