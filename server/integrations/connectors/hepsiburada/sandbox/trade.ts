import { nameOf } from "./goods";
import { claimBody, commissionOf, lineJson, parcelBody, parcelJson } from "./order-json";
import {
  type Claim,
  type ClaimStatus,
  type HbState,
  isOpenLine,
  type Line,
  linesOf,
  type Merchant,
  type Order,
  type Parcel,
  type Transaction,
  type Via,
} from "./state";
import { BUYERS } from "./talk";
import { bare } from "./turkish";

export interface Wish {
  readonly merchantSku?: string | undefined;
  readonly quantity?: number | undefined;
}

/** A buyer orders and pays; lines are open from that moment. Stock goes down as it does on the site. */
export function placeOrder(state: HbState, merchant: Merchant, wishes: readonly Wish[], atMs = state.host.clock.nowMs(), quiet = false): Order {
  const { random } = state;
  const number = String(merchant.nextNumber);
  merchant.nextNumber += random.int(1, 900);
  const buyer = random.pick(BUYERS);
  const order: Order = {
    id: random.uuid(),
    number,
    placedAtMs: atMs,
    customer: { id: random.uuid(), ...buyer },
    note: "",
    lines: (wishes.length === 0 ? [{}] : wishes).map((wish) => newLine(state, merchant, wish, atMs)),
  };
  merchant.orders.push(order);
  if (!quiet) {
    state.tell(merchant, {
      method: "POST",
      path: "/orders",
      body: { items: order.lines.map((line) => ({ ...lineJson(merchant, order, line), vat: { currency: "TRY", amount: 0 } })) },
    });
    if (state.settings.autoPackMs > 0) state.host.clock.after(state.settings.autoPackMs, () => autoPack(state, merchant, order));
  }
  return order;
}

function newLine(state: HbState, merchant: Merchant, { merchantSku, quantity = 1 }: Wish, atMs: number): Line {
  const listing = merchantSku === undefined ? state.random.pick(merchant.listings) : merchant.listings.find((one) => one.merchantSku === merchantSku);
  if (!listing) throw new Error(`There is no listing "${merchantSku}".`);
  listing.stock = Math.max(0, listing.stock - quantity);
  return {
    id: state.random.uuid(),
    hbSku: listing.hbSku,
    merchantSku: listing.merchantSku,
    name: nameOf(listing.hbSku, merchant.cards),
    quantity,
    priceMinor: listing.priceMinor,
    status: "Open",
    movedAtMs: atMs,
    packageNumber: null,
    cancelledBy: null,
    cancelReasonCode: null,
  };
}

function autoPack(state: HbState, merchant: Merchant, order: Order): void {
  const open = order.lines.filter(isOpenLine);
  if (open.length > 0) packLines(state, merchant, open, { via: "scenario" });
}

/** Puts lines into one package. */
export function packLines(
  state: HbState,
  merchant: Merchant,
  lines: readonly Line[],
  { via, atMs = state.host.clock.nowMs() }: { via: Via; atMs?: number },
): Parcel {
  const number = String(merchant.nextNumber);
  merchant.nextNumber += 1;
  const parcel: Parcel = {
    number,
    barcode: `HB${number}TR`,
    createdAtMs: atMs,
    status: "Packaged",
    lineIds: lines.map((line) => line.id),
    shippedAtMs: null,
    deliveredAtMs: null,
    undeliveredAtMs: null,
    undeliveredReason: "",
    trackingNumber: "",
    via,
  };
  merchant.parcels.push(parcel);
  for (const line of lines) move(line, "Packaged", atMs).packageNumber = number;
  if (via !== "api") state.tell(merchant, { method: "POST", path: "/packages", body: parcelJson(merchant, parcel) });
  return parcel;
}

function move(line: Line, status: string, atMs: number): Line {
  line.status = status;
  line.movedAtMs = atMs;
  return line;
}

export type ParcelStep = "unpack" | "intransit" | "deliver" | "undeliver";
const NEEDS: Readonly<Record<ParcelStep, Parcel["status"]>> = { unpack: "Packaged", intransit: "Packaged", deliver: "InTransit", undeliver: "InTransit" };
const LEADS: Readonly<Record<ParcelStep, Parcel["status"]>> = { unpack: "Unpacked", intransit: "InTransit", deliver: "Delivered", undeliver: "Undelivered" };

export const canStep = (parcel: Parcel, step: ParcelStep) => parcel.status === NEEDS[step];

/** Moves a package and its lines on. The caller has checked that it may. */
export function stepParcel(
  state: HbState,
  merchant: Merchant,
  parcel: Parcel,
  step: ParcelStep,
  given: { via: Via; atMs?: number; text?: string | undefined },
): void {
  const { via, atMs = state.host.clock.nowMs(), text = "" } = given;
  parcel.status = LEADS[step];
  const lines = linesOf(merchant, parcel).map(({ line }) => move(line, LEADS[step], atMs));
  if (step === "unpack") for (const line of lines) line.packageNumber = null;
  if (step === "intransit") {
    parcel.shippedAtMs = atMs;
    parcel.trackingNumber = text;
  }
  if (step === "deliver") {
    parcel.deliveredAtMs = atMs;
    state.host.clock.after(Math.max(0, atMs + state.settings.accountsMs - state.host.clock.nowMs()), () => bookSale(state, merchant, parcel));
  }
  if (step === "undeliver") {
    parcel.undeliveredAtMs = atMs;
    parcel.undeliveredReason = text;
  }
  if (via !== "api") state.tell(merchant, { method: "PUT", path: `/packages/${parcel.number}/${step}`, body: parcelBody(merchant, parcel, step, atMs) });
}

export function cancelLine(
  state: HbState,
  merchant: Merchant,
  { order, line }: { order: Order; line: Line },
  by: NonNullable<Line["cancelledBy"]>,
  given: { via: Via; reason: string; atMs?: number },
): void {
  const { via, reason, atMs = state.host.clock.nowMs() } = given;
  const isUnpackedLine = line.packageNumber === null;
  for (const parcel of merchant.parcels) parcel.lineIds = parcel.lineIds.filter((id) => id !== line.id);
  move(line, by === "Fraud" ? "CancelledBySap" : `CancelledBy${by}`, atMs).packageNumber = null;
  line.cancelledBy = by;
  line.cancelReasonCode = reason;
  if (via === "api") return;
  const { id, quantity } = line;
  const body = {
    merchantId: merchant.id,
    id,
    orderNumber: order.number,
    quantity,
    cancelDate: bare(atMs),
    cancelledBy: by,
    cancelReasonCode: reason,
    isUnpackedLine,
  };
  state.tell(merchant, { method: "PUT", path: `/lineitems/${id}/cancel`, body });
}

/** The buyer asks to give goods back. */
export function openClaim(state: HbState, merchant: Merchant, at: { order: Order; line: Line }, quantity: number, atMs = state.host.clock.nowMs()): Claim {
  const claim: Claim = {
    number: `CLM${merchant.nextNumber}`,
    status: "AwaitingAction",
    statusAtMs: atMs,
    claimedAtMs: atMs,
    orderNumber: at.order.number,
    lineId: at.line.id,
    quantity,
    reason: "Vazgeçtim",
  };
  merchant.nextNumber += 1;
  merchant.claims.push(claim);
  move(at.line, "ClaimCreated", atMs);
  state.tell(merchant, { method: "PUT", path: "/claims/awaitingaction", body: claimBody(merchant, claim) });
  return claim;
}

export function settleClaim(state: HbState, merchant: Merchant, claim: Claim, status: ClaimStatus, atMs = state.host.clock.nowMs()): void {
  claim.status = status;
  claim.statusAtMs = atMs;
  if (status === "Refunded")
    state.host.clock.after(Math.max(0, atMs + state.settings.accountsMs - state.host.clock.nowMs()), () => bookReturn(state, merchant, claim));
  if (status === "Accepted") state.tell(merchant, { method: "PUT", path: "/claims/accept", body: claimBody(merchant, claim) });
  if (status === "Rejected") state.tell(merchant, { method: "PUT", path: "/claims/reject", body: claimBody(merchant, claim) });
}

const PARCEL_MINOR = 8_499;

/** What the accounts make of a delivered package: the price, the commission, the carrier. */
export function bookSale(state: HbState, merchant: Merchant, parcel: Parcel): void {
  for (const { order, line } of linesOf(merchant, parcel)) {
    const total = line.priceMinor * line.quantity;
    book(state, merchant, order, line, { type: "Payment", amountMinor: total, isIncome: true, quantity: line.quantity });
    book(state, merchant, order, line, { type: "Commission", amountMinor: commissionOf(line), isIncome: false, quantity: line.quantity });
  }
  const first = linesOf(merchant, parcel)[0];
  if (first) book(state, merchant, first.order, first.line, { type: "ShipmentCostSharingExpense", amountMinor: PARCEL_MINOR, isIncome: false, quantity: 1 });
}

export function bookReturn(state: HbState, merchant: Merchant, claim: Claim): void {
  const order = merchant.orders.find((one) => one.number === claim.orderNumber);
  const line = order?.lines.find((one) => one.id === claim.lineId);
  if (!order || !line) return;
  book(state, merchant, order, line, { type: "Return", amountMinor: line.priceMinor * claim.quantity, isIncome: false, quantity: claim.quantity });
}

function book(state: HbState, merchant: Merchant, order: Order, line: Line, given: Pick<Transaction, "type" | "amountMinor" | "isIncome" | "quantity">): void {
  merchant.transactions.push({
    ...given,
    id: state.random.uuid(),
    orderNumber: order.number,
    packageNumber: line.packageNumber ?? "",
    sku: line.hbSku,
    productName: line.name,
    orderedAtMs: order.placedAtMs,
  });
}
