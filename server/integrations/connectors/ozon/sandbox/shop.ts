import type { Random } from "@/sandbox/kit/random";
import { amountsOf, dayOf, type SaleProduct } from "./ledger";
import type { Posting, PostingStatus } from "./postings";
import type { OzonState, Product, Seller } from "./state";
import { CITIES } from "./talk";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_ACCRUAL = 40_100_000_000;
/** Fee ids of the sheet: logistics, last mile, return logistics, acquiring, placement, pay per click, Premium Plus. */
const FEE = { logistics: 32, lastMile: 28, returnLogistics: 59, acquiring: 1, placement: 46, clicks: 41, premium: 52 };

/** Who receives what the seller delivers. */
export const RFBS_BUYER = { name: "Иванова Мария", phone: "+79000000000", address: "ул. Садовая, 5, кв. 12" } as const;

/** The next accrual id of a seller; ids grow in booking order. */
function nextAccrualId(seller: Seller): number {
  return (seller.ledger.lastAccrualId || FIRST_ACCRUAL) + 7;
}

/** Makes a paid posting with one or two products; deterministic for the same `random`. */
export function makePosting(random: Random, products: readonly Product[], serial: number, inProcessAtMs: number): Posting {
  const lines = random.chance(0.15) ? 2 : 1;
  const chosen = new Set<Product>();
  while (chosen.size < Math.min(lines, products.length)) chosen.add(random.pick(products));
  const orderNumber = `${41_000_000 + serial * 7}-${String(random.int(1, 400)).padStart(4, "0")}`;
  return {
    postingNumber: `${orderNumber}-1`,
    orderNumber,
    orderId: 34_950_000_000 + serial * 13,
    scheme: random.chance(0.6) ? "FBO" : "FBS",
    status: "awaiting_packaging",
    inProcessAtMs,
    shipmentAtMs: inProcessAtMs + 20 * HOUR_MS,
    changedAtMs: inProcessAtMs,
    deliveredAtMs: null,
    city: random.pick(CITIES),
    cancelReason: null,
    products: [...chosen].map((product) => ({
      sku: product.sku,
      offerId: product.offerId,
      name: product.name,
      quantity: random.chance(0.12) ? 2 : 1,
      unitMinor: product.priceMinor,
    })),
  };
}

/** Brings a posting to the status it would have at `nowMs`, when it needs `deliveryDays` to arrive. */
function agePosting(posting: Posting, deliveryDays: number, cancelled: boolean, nowMs: number): void {
  const steps: [PostingStatus, number][] = [
    ["awaiting_deliver", 6 * HOUR_MS],
    [cancelled ? "cancelled" : "delivering", 22 * HOUR_MS],
    ["delivered", deliveryDays * DAY_MS],
  ];
  for (const [status, afterMs] of steps) {
    if (posting.inProcessAtMs + afterMs > nowMs || posting.status === "cancelled") return;
    posting.status = status;
    posting.changedAtMs = posting.inProcessAtMs + afterMs;
    if (status === "delivered") posting.deliveredAtMs = posting.changedAtMs;
    if (status === "cancelled") posting.cancelReason = { id: 507, text: "Покупатель передумал" };
  }
}

/** Books the sale (or, with `direction` −1, the return) of a whole posting on a day, with its acquiring fee. */
export function bookPosting(seller: Seller, random: Random, posting: Posting, atMs: number, direction: 1 | -1): void {
  const date = dayOf(atMs);
  const products = posting.products.map((line): SaleProduct => {
    const ratioBp = seller.products.find((product) => product.sku === line.sku)?.ratioBp ?? 1_800;
    const revenue = line.unitMinor * line.quantity;
    const bonusMinor = line.sku % 4 === 0 ? Math.round(revenue * 0.03) * direction : 0;
    const services =
      direction === 1
        ? [
            { typeId: FEE.logistics, minor: -random.int(6_300, 14_900) },
            { typeId: FEE.lastMile, minor: -2_500 },
          ]
        : [{ typeId: FEE.returnLogistics, minor: -random.int(5_000, 9_000) }];
    return { sku: line.sku, quantity: line.quantity * direction, unitMinor: line.unitMinor, bonusMinor, coinvestmentMinor: 0, ratioBp, services };
  });
  seller.ledger.add({ accrualId: nextAccrualId(seller), date, unitNumber: posting.postingNumber, category: "POSTING", schema: posting.scheme, products });
  const first = products[0];
  if (first && direction === 1) {
    const acquiringMinor = -Math.round(products.reduce((sum, product) => sum + amountsOf(product).saleMinor, 0) * 0.015);
    seller.ledger.add({
      accrualId: nextAccrualId(seller),
      date,
      unitNumber: posting.postingNumber,
      category: "ITEM",
      sku: first.sku,
      fees: [{ typeId: FEE.acquiring, minor: acquiringMinor }],
    });
  }
}

/** Fills a seller's past: postings, sales, returns and fees of the last `days` days, up to now. */
export function fillShop(state: OzonState, seller: Seller, options: { days: number; perDay: number }): void {
  const { random } = state;
  const nowMs = state.host.clock.nowMs();
  const bookings: { atMs: number; posting: Posting; direction: 1 | -1 }[] = [];
  let serial = Number(seller.clientId) % 1_000;
  for (let day = options.days + 5; day >= 0; day -= 1) {
    const count = Math.max(1, Math.round(options.perDay * (0.7 + random.next() * 0.6)));
    for (let index = 0; index < count; index += 1) {
      const inProcessAtMs = nowMs - day * DAY_MS - random.int(0, DAY_MS - 1);
      const posting = makePosting(random, seller.products, serial, inProcessAtMs);
      serial += 1;
      agePosting(posting, random.int(2, 5) + random.next(), random.chance(0.06), nowMs);
      seller.postings.add(posting);
      if (posting.deliveredAtMs === null) continue;
      bookings.push({ atMs: posting.deliveredAtMs, posting, direction: 1 });
      const returnedAtMs = posting.deliveredAtMs + random.int(2, 6) * DAY_MS;
      if (random.chance(0.07) && returnedAtMs <= nowMs) bookings.push({ atMs: returnedAtMs, posting, direction: -1 });
    }
  }
  bookings.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, posting, direction } of bookings) bookPosting(seller, random, posting, atMs, direction);
  bookStandingFees(seller, random, nowMs, options.days);
}

function bookStandingFees(seller: Seller, random: Random, nowMs: number, days: number): void {
  for (let day = days; day >= 0; day -= 1) {
    const date = dayOf(nowMs - day * DAY_MS);
    const stored = random.pick(seller.products);
    seller.ledger.add({
      accrualId: nextAccrualId(seller),
      date,
      unitNumber: `STORAGE-${date}`,
      category: "ITEM",
      sku: stored.sku,
      fees: [{ typeId: FEE.placement, minor: -random.int(900, 6_400) }],
    });
    seller.ledger.add({
      accrualId: nextAccrualId(seller),
      date,
      unitNumber: "16204512",
      category: "NON_ITEM",
      fee: { typeId: FEE.clicks, minor: -random.int(15_000, 95_000) },
    });
    if (date.endsWith("-01"))
      seller.ledger.add({
        accrualId: nextAccrualId(seller),
        date,
        unitNumber: `PREMIUM-${date}`,
        category: "NON_ITEM",
        fee: { typeId: FEE.premium, minor: -999_000 },
      });
  }
}
