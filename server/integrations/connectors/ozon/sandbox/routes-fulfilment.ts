import { z } from "zod";
import { int64, whole } from "./body";
import { failedPrecondition, invalidArgument, notFound } from "./errors";
import type { Events } from "./events";
import { type Method, method } from "./method";
import { actionsOf } from "./posting-format";
import type { Posting } from "./postings";
import type { Seller } from "./state";

/** Of the samples and descriptions of the reasons methods. */
const REASONS = [
  { id: 352, title: "Товар закончился на складе продавца", type_id: "seller", is_available_for_cancellation: true },
  { id: 400, title: "Остался только бракованный товар", type_id: "seller", is_available_for_cancellation: true },
  { id: 401, title: "Продавец отклонил арбитраж", type_id: "seller", is_available_for_cancellation: false },
  { id: 402, title: "Другое (вина продавца)", type_id: "seller", is_available_for_cancellation: true },
  { id: 665, title: "Покупатель не забрал заказ", type_id: "buyer", is_available_for_cancellation: false },
  { id: 666, title: "Возврат из службы доставки: нет доставки в указанный регион", type_id: "seller", is_available_for_cancellation: false },
];
const OTHER = 402;

const shipInput = z.strictObject({
  posting_number: z.string().min(1),
  packages: z.array(z.strictObject({ products: z.array(z.strictObject({ product_id: int64, quantity: whole(1, 100_000) })).min(1) })).min(1),
  with: z.strictObject({ additional_data: z.boolean().optional() }).optional(),
});
const cancelInput = z.strictObject({ posting_number: z.string().min(1), cancel_reason_id: whole(1, 1_000_000), cancel_reason_message: z.string().optional() });
const numbersInput = z.strictObject({ posting_number: z.array(z.string().min(1)).min(1) });
const trackingInput = z.strictObject({
  tracking_numbers: z
    .array(z.strictObject({ posting_number: z.string().min(1), tracking_number: z.string().min(1) }))
    .min(1)
    .max(20),
});

/** What a seller does with FBS and rFBS postings. Only what `available_actions` of a posting names is taken. */
export function fulfilmentMethods(events: Events): Method[] {
  const moves: readonly [path: string, action: string, move: (seller: Seller, posting: Posting) => void][] = [
    ["/v2/fbs/posting/delivering", "non_int_delivering", (seller, posting) => events.setStatus(seller, posting, "delivering")],
    ["/v2/fbs/posting/last-mile", "non_int_last_mile", (seller, posting) => events.lastMile(seller, posting)],
    ["/v2/fbs/posting/delivered", "non_int_delivered", (seller, posting) => events.setStatus(seller, posting, "delivered")],
  ];
  return [
    method("/v4/posting/fbs/ship", shipInput, (seller, input) => ship(events, seller, input)),
    method("/v2/posting/fbs/cancel-reason/list", z.strictObject({}), () => ({ result: REASONS })),
    method("/v2/posting/fbs/cancel", cancelInput, (seller, input) => cancel(events, seller, input)),
    method("/v2/fbs/posting/tracking-number/set", trackingInput, (seller, input) => ({
      result: input.tracking_numbers.map(({ posting_number: number, tracking_number: tracking }) =>
        one(seller, number, "set_track_number", (posting) => {
          posting.trackingNumber = tracking;
        }),
      ),
    })),
    ...moves.map(([path, action, move]) =>
      method(path, numbersInput, (seller, input) => ({
        result: input.posting_number.map((number) => one(seller, number, action, (posting) => move(seller, posting))),
      })),
    ),
  ];
}

function fbsPosting(seller: Seller, number: string): Posting {
  const posting = seller.postings.get(number);
  if (posting?.scheme !== "FBS") throw notFound("POSTING_NOT_FOUND");
  return posting;
}

function count(posting: Posting): void {
  posting.changes = (posting.changes ?? 0) + 1;
}

/** One entry of an answer that stands for each posting. */
function one(seller: Seller, number: string, action: string, carryOut: (posting: Posting) => void): unknown {
  const posting = seller.postings.get(number);
  if (posting?.scheme !== "FBS") return { posting_number: number, result: false, error: "POSTING_NOT_FOUND" };
  if (!actionsOf(posting).includes(action)) return { posting_number: number, result: false, error: "HAS_INCORRECT_STATUS" };
  carryOut(posting);
  count(posting);
  return { posting_number: number, result: true, error: "" };
}

function ship(events: Events, seller: Seller, input: z.output<typeof shipInput>): unknown {
  const posting = fbsPosting(seller, input.posting_number);
  if (!actionsOf(posting).includes("ship")) throw failedPrecondition("HAS_INCORRECT_STATUS");
  if (input.packages.length > 1) throw failedPrecondition("SPLIT_IS_NOT_SIMULATED");
  const packed = new Map<string, number>();
  for (const { product_id: sku, quantity } of input.packages.flatMap(({ products }) => products)) packed.set(sku, (packed.get(sku) ?? 0) + quantity);
  const wanted = new Map<string, number>();
  for (const { sku, quantity } of posting.products) wanted.set(String(sku), (wanted.get(String(sku)) ?? 0) + quantity);
  const isWhole = packed.size === wanted.size && [...wanted].every(([sku, quantity]) => packed.get(sku) === quantity);
  if (!isWhole) throw invalidArgument("POSTING_PRODUCTS_NOT_MATCH");
  events.setStatus(seller, posting, "awaiting_deliver");
  count(posting);
  return { result: [posting.postingNumber], additional_data: [] };
}

function cancel(events: Events, seller: Seller, input: z.output<typeof cancelInput>): unknown {
  const posting = fbsPosting(seller, input.posting_number);
  const reason = REASONS.find(({ id, is_available_for_cancellation: isAvailable }) => id === input.cancel_reason_id && isAvailable);
  if (reason === undefined) throw invalidArgument("CANCEL_REASON_NOT_AVAILABLE");
  if (reason.id === OTHER && !input.cancel_reason_message) throw invalidArgument("cancel_reason_message is required");
  if (!actionsOf(posting).includes("cancel")) throw failedPrecondition("HAS_INCORRECT_STATUS");
  events.setStatus(seller, posting, "cancelled", { id: reason.id, text: reason.title });
  count(posting);
  return { result: true };
}
