import { ask, say } from "./issues-world";
import type { HbState, Merchant, Order } from "./state";
import { bookReturn, bookSale, cancelLine, openClaim, packLines, placeOrder, settleClaim, stepParcel } from "./trade";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Builds the fixed world, one order per state and one question per rule; times are relative to the start. */
export function fillSmall(state: HbState, merchant: Merchant): void {
  const nowMs = state.host.clock.nowMs();
  const placed = (agoMs: number, ...skus: string[]) =>
    placeOrder(
      state,
      merchant,
      skus.map((merchantSku) => ({ merchantSku })),
      nowMs - agoMs,
      true,
    );
  placed(2 * HOUR_MS, "CAYDANLIK-CLK", "BARDAK-6LI");
  placed(3 * HOUR_MS, "TENCERE-28-GRN");
  packed(state, merchant, placed(20 * HOUR_MS, "KESME-BAMBU-3"), nowMs - 18 * HOUR_MS);
  shipped(state, merchant, placed(2 * DAY_MS, "BARDAK-6LI"), nowMs - 40 * HOUR_MS);
  delivered(state, merchant, placed(4 * DAY_MS, "TENCERE-28-GRN", "KESME-BAMBU-3"), nowMs - 80 * HOUR_MS, false);
  for (let days = 6; days < 12; days += 1)
    delivered(state, merchant, placed(days * DAY_MS, "CAYDANLIK-CLK", "BARDAK-6LI"), nowMs - days * DAY_MS + HOUR_MS, true);
  const given = placed(9 * DAY_MS, "TENCERE-28-GRN");
  delivered(state, merchant, given, nowMs - 9 * DAY_MS + HOUR_MS, true);
  givenBack(state, merchant, given, nowMs - 2 * DAY_MS);
  const cancelled = placed(30 * HOUR_MS, "KESME-BAMBU-3");
  for (const line of cancelled.lines)
    cancelLine(state, merchant, { order: cancelled, line }, "Customer", { via: "scenario", reason: "81", atMs: nowMs - 28 * HOUR_MS });
  fillIssues(state, merchant, nowMs);
}

function packed(state: HbState, merchant: Merchant, order: Order, atMs: number) {
  return packLines(state, merchant, order.lines, { via: "scenario", atMs });
}

function shipped(state: HbState, merchant: Merchant, order: Order, atMs: number) {
  const parcel = packed(state, merchant, order, atMs);
  stepParcel(state, merchant, parcel, "intransit", { via: "scenario", atMs: atMs + 2 * HOUR_MS, text: `HJ${parcel.number}` });
  return parcel;
}

/** @param isBooked whether the accounts have it by now. */
function delivered(state: HbState, merchant: Merchant, order: Order, atMs: number, isBooked: boolean): void {
  const parcel = shipped(state, merchant, order, atMs);
  const { accountsMs } = state.settings;
  // The past is booked here, not by the clock, so that a scenario stands whole from its first moment.
  state.settings.accountsMs = 365 * DAY_MS;
  stepParcel(state, merchant, parcel, "deliver", { via: "scenario", atMs: atMs + 20 * HOUR_MS });
  state.settings.accountsMs = accountsMs;
  if (isBooked) bookSale(state, merchant, parcel);
}

function givenBack(state: HbState, merchant: Merchant, order: Order, atMs: number): void {
  for (const line of order.lines) {
    const claim = openClaim(state, merchant, { order, line }, line.quantity, atMs);
    const { accountsMs } = state.settings;
    state.settings.accountsMs = 365 * DAY_MS;
    settleClaim(state, merchant, claim, "Refunded", atMs + HOUR_MS);
    state.settings.accountsMs = accountsMs;
    bookReturn(state, merchant, claim);
  }
}

function fillIssues(state: HbState, merchant: Merchant, nowMs: number): void {
  ask(state, merchant, { text: "Merhaba, bu ürün bulaşık makinesinde yıkanabilir mi?", atMs: nowMs - 2 * HOUR_MS });
  const answered = ask(state, merchant, { text: "Garanti süresi ne kadar?", atMs: nowMs - 2 * DAY_MS });
  say(state, answered, { text: "Merhaba, iki yıl garantilidir.", from: "Merchant", atMs: nowMs - 2 * DAY_MS + HOUR_MS, via: "scenario" });
  // Nobody answered within its business day.
  ask(state, merchant, { text: "İçinde kaç parça var?", atMs: nowMs - 8 * DAY_MS });
  const reported = ask(state, merchant, { text: "Beni şu numaradan arayın", atMs: nowMs - 5 * DAY_MS });
  reported.status = "Rejected";
  reported.rejectReason = "İletişim bilgisi";
  reported.modifiedAtMs = nowMs - 5 * DAY_MS + HOUR_MS;
}

/** A believable past: what was sold over so many days, at every stage of its way. */
export function fillPast(state: HbState, merchant: Merchant, { days, perDay }: { days: number; perDay: number }): void {
  const { random } = state;
  for (let day = days; day >= 0; day -= 1) for (let index = 0; index < perDay; index += 1) pastOrder(state, merchant, day);
  for (const listing of merchant.listings) listing.stock = Math.max(listing.stock, random.int(5, 40));
}

function pastOrder(state: HbState, merchant: Merchant, day: number): void {
  const { random, host } = state;
  const atMs = host.clock.nowMs() - day * DAY_MS - random.int(0, 20) * HOUR_MS;
  const wishes = Array.from({ length: random.chance(0.2) ? 2 : 1 }, () => ({ quantity: random.chance(0.15) ? 2 : 1 }));
  const order = placeOrder(state, merchant, wishes, atMs, true);
  if (day === 0) return;
  if (random.chance(0.05)) {
    for (const line of order.lines) cancelLine(state, merchant, { order, line }, "Customer", { via: "scenario", reason: "81", atMs: atMs + HOUR_MS });
  } else if (day === 1) packed(state, merchant, order, atMs + HOUR_MS);
  else if (day === 2) shipped(state, merchant, order, atMs + HOUR_MS);
  else {
    delivered(state, merchant, order, atMs + HOUR_MS, day > 4);
    if (day > 5 && random.chance(0.06)) givenBack(state, merchant, order, atMs + 4 * DAY_MS);
  }
}
