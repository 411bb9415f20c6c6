import { z } from "zod";
import { omsError } from "./errors";
import { type Call, type Operation, paged, readJson, slicePage, wholeOf } from "./operation";
import { claimJson, movedJson, parcelJson } from "./order-json";
import { pageOf, windowOf } from "./routes-orders";
import { type HbState, isOpenLine, type Merchant, orderOfLine, type Parcel } from "./state";
import { canStep, type ParcelStep, packLines, stepParcel } from "./trade";
import { bare, readBare } from "./turkish";

const HOUR_MS = 3_600_000;
const HOST = "oms-external";
const CLAIM_STATUSES = ["NewRequest", "AwaitingAction", "AwaitingPreApproval", "InDispute", "Accepted", "Rejected", "Refunded", "Cancelled"];

const bad = (text: string) => omsError(400, text);

/** Packages, what moves them, and claims. */
export function parcelOperations(state: HbState): Operation[] {
  const get = (path: string, answer: Operation["answer"]): Operation => ({ method: "GET", host: HOST, path, answer });
  const post = (path: string, answer: Operation["answer"]): Operation => ({ method: "POST", host: HOST, path, answer });
  const step = (name: ParcelStep, schema: z.ZodType<Record<string, unknown>>) =>
    post(`/packages/merchantid/{m}/packagenumber/{package}/${name}`, (call) => moveOn(state, call, name, schema));
  return [
    get("/packages/merchantid/{m}", (call) => packages(state, call)),
    get("/packages/merchantid/{m}/shipped", (call) => moved(call, "shipped")),
    get("/packages/merchantid/{m}/delivered", (call) => moved(call, "delivered")),
    get("/packages/merchantid/{m}/undelivered", (call) => moved(call, "undelivered")),
    get("/packages/merchantid/{m}/packagenumber/{package}", onePackage),
    post("/packages/merchantid/{m}", (call) => create(state, call)),
    step("unpack", z.strictObject({})),
    step("intransit", inTransitInput),
    step("deliver", z.strictObject({ receivedDate: moment, receivedBy: z.string().min(1), digitalCodes: z.array(z.string()).optional() })),
    step("undeliver", z.strictObject({ undeliveredDate: moment, undeliveredReason: z.string().min(1) })),
    get("/claims/merchantId/{m}", (call) => claims(call, undefined)),
    get("/claims/merchantId/{m}/status/{status}", (call) => claims(call, call.at[0])),
  ];
}

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const inTransitInput = z.strictObject({
  trackingNumber: z.string().min(1),
  trackingUrl: z.string().optional(),
  trackingPhoneNumber: z.string().optional(),
  shippedDate: moment,
  estimatedArrivalDate: moment.optional(),
  deci: z.number().optional(),
  cost: z.number().optional(),
  tax: z.number().optional(),
});

/** Packages not handed over yet; a bare array, with an `Offset` of its own spelling. */
function packages(state: HbState, { merchant, query }: Call): unknown {
  const page = pageOf(query, 10, "Offset");
  const hours = query.get("timespan");
  const window =
    hours === null
      ? windowOf(query)
      : { from: state.host.clock.nowMs() - wholeOf(query, "timespan", { min: 1, max: 24 * 60 }, bad) * HOUR_MS, to: Number.POSITIVE_INFINITY };
  const { from, to } = window ?? { from: 0, to: Number.POSITIVE_INFINITY };
  const held = merchant.parcels.filter((parcel) => parcel.status === "Packaged" && parcel.createdAtMs >= from && parcel.createdAtMs <= to);
  return slicePage(held, page).map((parcel) => parcelJson(merchant, parcel));
}

function moved({ merchant, query }: Call, kind: "shipped" | "delivered" | "undelivered"): unknown {
  const page = pageOf(query, 50);
  const { from, to } = windowOf(query) ?? { from: 0, to: Number.POSITIVE_INFINITY };
  const at = (parcel: Parcel) => ({ shipped: parcel.shippedAtMs, delivered: parcel.deliveredAtMs, undelivered: parcel.undeliveredAtMs })[kind];
  const found = merchant.parcels.filter((parcel) => (at(parcel) ?? -1) >= from && (at(parcel) ?? -1) <= to);
  return paged(
    found.map((parcel) => movedJson(merchant, parcel, kind)),
    page,
  );
}

function parcelOf(merchant: Merchant, number: string | undefined): Parcel {
  const parcel = merchant.parcels.find((one) => one.number === number);
  if (!parcel) throw omsError(404, "Package not found");
  return parcel;
}

function onePackage({ merchant, at }: Call): unknown {
  const parcel = parcelOf(merchant, at[0]);
  const { number, barcode, status, trackingNumber, createdAtMs } = parcel;
  return {
    packageNumber: number,
    barcode,
    cargoCompany: "HepsiJET",
    deci: 1,
    estimatedArrivalDate: bare(createdAtMs + 72 * HOUR_MS),
    status,
    trackingInfoCode: trackingNumber,
    trackingInfoUrl: null,
  };
}

const packageInput = z.strictObject({
  parcelQuantity: z.number().int().min(1).optional(),
  deci: z.number().optional(),
  cargoCompany: z.string().optional(),
  carrier: z.string().optional(),
  barcode: z.string().optional(),
  creationReason: z.string().optional(),
  warehouse: z.strictObject({ shippingAddressLabel: z.string(), shippingModel: z.string() }).optional(),
  lineItemRequests: z.array(z.strictObject({ id: z.string(), quantity: z.number().int().min(1), serialNumbers: z.array(z.string()).optional() })).min(1),
});

async function create(state: HbState, call: Call): Promise<Response> {
  const { lineItemRequests } = await readJson(call, packageInput, bad);
  const lines = lineItemRequests.map(({ id, quantity }) => {
    const found = orderOfLine(call.merchant, id);
    if (!found) throw omsError(404, `Line item ${id} not found`);
    if (!isOpenLine(found.line)) throw bad(`Line item ${id} is not available for packaging`);
    if (quantity !== found.line.quantity) throw bad(`Quantity of line item ${id} does not match`);
    return found;
  });
  if (new Set(lines.map(({ order }) => order.customer.id)).size > 1) throw bad("Line items are not packageable with each other");
  const parcel = packLines(
    state,
    call.merchant,
    lines.map(({ line }) => line),
    { via: "api" },
  );
  return Response.json({ packageNumber: parcel.number, barcode: parcel.barcode }, { status: 201 });
}

async function moveOn(state: HbState, call: Call, step: ParcelStep, schema: z.ZodType<Record<string, unknown>>): Promise<unknown> {
  const body = await readJson(call, schema, bad);
  const { merchant, at } = call;
  const parcel = parcelOf(merchant, at[0]);
  if (step !== "unpack" && !merchant.ownCarrier) throw bad("Package is not shipped by merchant's own cargo contract");
  if (!canStep(parcel, step)) throw bad(`Package status ${parcel.status} is not valid for this operation`);
  const text = body["trackingNumber"] ?? body["undeliveredReason"] ?? "";
  stepParcel(state, merchant, parcel, step, { via: "api", text: String(text) });
  return "OK";
}

function claims({ merchant, query }: Call, status: string | undefined): Response {
  if (query.get("limit") === null) throw bad("LimitCannotBeEmpty");
  const page = pageOf(query, 100);
  if (status !== undefined && !CLAIM_STATUSES.includes(status)) throw bad("Wrong Claim Status");
  const [fromName, toName] = status === undefined ? ["beginDate", "endDate"] : ["statusBeginDate", "statusEndDate"];
  const read = (name: string, otherwise: number) => {
    const text = query.get(name);
    if (text === null) return otherwise;
    return readBare(text) ?? raise(bad(`${name} must be yyyy-MM-dd HH:mm`));
  };
  const [from, to] = [read(fromName ?? "", 0), read(toName ?? "", Number.POSITIVE_INFINITY)];
  const found = merchant.claims.filter((claim) => {
    const at = status === undefined ? claim.claimedAtMs : claim.statusAtMs;
    return (status === undefined || claim.status === status) && at >= from && at <= to;
  });
  const headers = { "X-Total-Count": String(found.length), "X-Limit": String(page.limit), "X-Offset": String(page.offset) };
  return Response.json(
    slicePage(found, page).map((claim) => claimJson(merchant, claim)),
    { headers },
  );
}

function raise(error: Error): never {
  throw error;
}
