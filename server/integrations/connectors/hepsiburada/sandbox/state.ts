import type { SimulatorHost } from "@/sandbox/kit";
import type { Random } from "@/sandbox/kit/random";

/** Everything here is plain JSON data: a snapshot is a copy of it. Amounts are kuruş, moments Unix milliseconds. */
export interface Listing {
  listingId: string;
  hbSku: string;
  merchantSku: string;
  priceMinor: number;
  stock: number;
  isFulfilledByHB: boolean;
  isFrozen: boolean;
  /** A campaign runs: its price may not rise, its stock not fall. */
  inCampaign: boolean;
}

/** A product of the catalogue, made through its API; on sale (a listing) or still on its way. */
export interface Card {
  merchantSku: string;
  hbSku: string | null;
  barcode: string;
  productName: string;
  variantGroupId: string;
  status: string;
}

export interface Line {
  id: string;
  hbSku: string;
  merchantSku: string;
  name: string;
  quantity: number;
  priceMinor: number;
  status: string;
  movedAtMs: number;
  packageNumber: string | null;
  cancelledBy: "Merchant" | "Customer" | "Fraud" | null;
  cancelReasonCode: string | null;
}

export interface Order {
  id: string;
  number: string;
  placedAtMs: number;
  customer: { id: string; name: string; phone: string; email: string; city: string; town: string; district: string; address: string };
  note: string;
  lines: Line[];
}

export interface Parcel {
  number: string;
  barcode: string;
  createdAtMs: number;
  status: "Packaged" | "InTransit" | "Delivered" | "Undelivered" | "Unpacked";
  lineIds: string[];
  shippedAtMs: number | null;
  deliveredAtMs: number | null;
  undeliveredAtMs: number | null;
  undeliveredReason: string;
  trackingNumber: string;
  via: Via;
}

export type ClaimStatus = "NewRequest" | "AwaitingAction" | "AwaitingPreApproval" | "InDispute" | "Accepted" | "Rejected" | "Refunded" | "Cancelled";

export interface Claim {
  number: string;
  status: ClaimStatus;
  statusAtMs: number;
  claimedAtMs: number;
  orderNumber: string;
  lineId: string;
  quantity: number;
  reason: string;
}

export interface Transaction {
  id: string;
  type: string;
  orderNumber: string;
  packageNumber: string;
  sku: string;
  productName: string;
  quantity: number;
  amountMinor: number;
  orderedAtMs: number;
  isIncome: boolean;
}

export type Via = "api" | "scenario" | "desk";

export interface Issue {
  number: number;
  status: "WaitingForAnswer" | "Answered" | "Rejected" | "AutoClosed";
  talk: { id: string; content: string; from: "Customer" | "Merchant"; createdAtMs: number; via: Via }[];
  hbSku: string;
  productName: string;
  customerId: string;
  orderNumber: string | null;
  createdAtMs: number;
  modifiedAtMs: number;
  expiresAtMs: number;
  rejectReason: string | null;
}

export interface Upload {
  id: string;
  kind: "price-uploads" | "stock-uploads";
  createdAtMs: number;
  doneAtMs: number;
  total: number;
  errors: { elementNo: number; hepsiburadaSku: string | null; merchantSku: string | null; errors: string[] }[];
  priceValidations: { elementNo: number; hepsiburadaSku: string; merchantSku: string; type: string; minPrice: number; maxPrice: number; description: string }[];
}

export interface Merchant {
  id: string;
  name: string;
  key: string;
  userAgent: string;
  /** Permissions support has not given. */
  withheld: ("questions" | "finance")[];
  /** Parcels go with a carrier contract of the seller's own. */
  ownCarrier: boolean;
  webhook: { url: string; user: string; password: string } | null;
  listings: Listing[];
  cards: Card[];
  orders: Order[];
  parcels: Parcel[];
  claims: Claim[];
  issues: Issue[];
  uploads: Upload[];
  transactions: Transaction[];
  nextNumber: number;
}

interface Settings {
  /** 1 = as documented; 0 switches the limits off. */
  limits: 0 | 1;
  /** Calls of the catalogue a second. */
  catalogPerSecond: number;
  /** How long an upload is worked on. */
  uploadMs: number;
  /** How long after delivery the accounts have it. */
  accountsMs: number;
  /** After how long the service packs an order itself; 0 = never. */
  autoPackMs: number;
}

export interface HbState {
  host: SimulatorHost;
  random: Random;
  merchants: Record<string, Merchant>;
  settings: Settings;
  /** Called at each authorised call. */
  onApiUse: () => void;
  /** Something happened that the service tells of by webhook; what a merchant does through the API is not echoed. */
  tell: (merchant: Merchant, event: { method: "POST" | "PUT"; path: string; body: unknown }) => void;
}

export function newState(host: SimulatorHost, random: Random): HbState {
  return {
    host,
    random,
    merchants: {},
    settings: { limits: 1, catalogPerSecond: 100, uploadMs: 3_000, accountsMs: 24 * 3_600_000, autoPackMs: 0 },
    onApiUse: () => undefined,
    tell: () => undefined,
  };
}

export function createMerchant(given: Pick<Merchant, "id" | "name" | "key" | "userAgent">): Merchant {
  return {
    ...given,
    withheld: [],
    ownCarrier: false,
    webhook: null,
    listings: [],
    cards: [],
    orders: [],
    parcels: [],
    claims: [],
    issues: [],
    uploads: [],
    transactions: [],
    nextNumber: 869_304_129,
  };
}

export const isOpenLine = (line: Line) => line.status === "Open" || line.status === "Unpacked";

export function orderOfLine(merchant: Merchant, lineId: string): { order: Order; line: Line } | undefined {
  for (const order of merchant.orders) {
    const line = order.lines.find((one) => one.id === lineId);
    if (line) return { order, line };
  }
  return undefined;
}

export function linesOf(merchant: Merchant, parcel: Parcel): { order: Order; line: Line }[] {
  return parcel.lineIds.flatMap((id) => orderOfLine(merchant, id) ?? []);
}
