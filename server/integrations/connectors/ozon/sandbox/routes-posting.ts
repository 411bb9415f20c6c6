import { z } from "zod";
import { instant, int64, sortDir, whole } from "./body";
import { invalidArgument, notFound } from "./errors";
import { type Method, method } from "./method";
import { fbsJson } from "./posting-format";
import { fboJson, fbsV3Json } from "./posting-format-other";
import { type Posting, pagePostings } from "./postings";
import type { Seller } from "./state";

const YEAR_MS = 366 * 86_400_000;
const range = z.strictObject({ from: instant, to: instant });
const idList = (max: number) => z.array(int64).max(max).optional();
/** `translit` inside `with` is how the sample of the list has it; the schema has it outside. */
const withFbs = z.strictObject({
  translit: z.boolean().optional(),
  analytics_data: z.boolean().optional(),
  barcodes: z.boolean().optional(),
  financial_data: z.boolean().optional(),
  legal_info: z.boolean().optional(),
});
const paging = { cursor: z.string().optional(), sort_dir: sortDir.optional(), translit: z.boolean().optional() };

const fbsListInput = z.strictObject({
  ...paging,
  limit: whole(1, 100),
  with: withFbs.optional(),
  filter: z.strictObject({
    since: instant,
    to: instant,
    statuses: z.array(z.string()).optional(),
    order_id: int64.optional(),
    order_numbers: z.array(z.string()).max(100).optional(),
    warehouse_ids: idList(1_000),
    delivery_method_ids: idList(1_000),
    provider_ids: idList(1_000),
    is_blr_traceable: z.boolean().optional(),
    last_changed_status_date: range.optional(),
    integration_type_flow: z.string().optional(),
  }),
});

const unfulfilledInput = z.strictObject({
  ...paging,
  limit: whole(1, 100).optional(),
  with: withFbs.optional(),
  filter: z
    .strictObject({
      cutoff_from: instant.optional(),
      cutoff_to: instant.optional(),
      delivering_date_from: instant.optional(),
      delivering_date_to: instant.optional(),
      statuses: z.array(z.string()).optional(),
      warehouse_ids: idList(1_000),
      delivery_method_ids: idList(1_000),
      provider_ids: idList(1_000),
      last_changed_status_date: range.optional(),
      // The documentation's own sample spells it this way.
      last_change_status_date: range.optional(),
    })
    .optional(),
});

const fboListInput = z.strictObject({
  ...paging,
  limit: whole(1, 100).optional(),
  with: z.strictObject({ analytics_data: z.boolean().optional(), financial_data: z.boolean().optional(), legal_info: z.boolean().optional() }).optional(),
  filter: z
    .strictObject({
      since: instant.optional(),
      to: instant.optional(),
      statuses: z.array(z.string()).optional(),
      order_numbers: z.array(z.string()).max(1_000).optional(),
      posting_numbers: z.array(z.string()).max(1_000).optional(),
    })
    .optional(),
});

const getInput = z.strictObject({
  posting_number: z.string().min(1),
  with: withFbs.extend({ product_exemplars: z.boolean().optional(), related_postings: z.boolean().optional() }).optional(),
});

/** FBS and FBO postings. */
export function postingMethods(): Method[] {
  return [
    method("/v4/posting/fbs/list", fbsListInput, listFbs),
    method("/v4/posting/fbs/unfulfilled/list", unfulfilledInput, listUnfulfilled),
    method("/v3/posting/fbs/get", getInput, (seller, input) => {
      const posting = seller.postings.get(input.posting_number);
      if (posting?.scheme !== "FBS") throw notFound("POSTING_NOT_FOUND");
      return { result: fbsV3Json(posting, input.with ?? {}) };
    }),
    method("/v3/posting/fbo/list", fboListInput, listFbo),
  ];
}

function listFbs(seller: Seller, input: z.output<typeof fbsListInput>): unknown {
  const { filter } = input;
  if (filter.to < filter.since) throw invalidArgument("filter.to must not be before filter.since");
  if (filter.to - filter.since > YEAR_MS) throw invalidArgument("PERIOD_IS_TOO_LONG");
  const changed = filter.last_changed_status_date;
  const found = seller.postings
    .byScheme("FBS")
    .filter(
      (posting) =>
        within(posting.inProcessAtMs, filter.since, filter.to) &&
        oneOf(posting.status, filter.statuses) &&
        oneOf(posting.orderNumber, filter.order_numbers) &&
        (filter.order_id === undefined || String(posting.orderId) === filter.order_id) &&
        (!changed || within(posting.changedAtMs, changed.from, changed.to)),
    );
  return paged(found, input, input.limit, (posting) => fbsJson(posting, input.with ?? {}));
}

function listUnfulfilled(seller: Seller, input: z.output<typeof unfulfilledInput>): unknown {
  const filter = input.filter ?? {};
  const changed = filter.last_changed_status_date ?? filter.last_change_status_date;
  const hasCutoff = filter.cutoff_from !== undefined && filter.cutoff_to !== undefined;
  const hasDelivering = filter.delivering_date_from !== undefined && filter.delivering_date_to !== undefined;
  if (!hasCutoff && !hasDelivering && !changed) throw invalidArgument("one of cutoff, delivering_date or last_changed_status_date periods is required");
  const found = seller.postings
    .byScheme("FBS")
    .filter(
      (posting) =>
        posting.status !== "delivered" &&
        (!hasCutoff || within(posting.shipmentAtMs, filter.cutoff_from ?? 0, filter.cutoff_to ?? 0)) &&
        (!hasDelivering || within(posting.shipmentAtMs, filter.delivering_date_from ?? 0, filter.delivering_date_to ?? 0)) &&
        oneOf(posting.status, filter.statuses) &&
        (!changed || within(posting.changedAtMs, changed.from, changed.to)),
    );
  return { ...paged(found, input, input.limit ?? 100, (posting) => fbsJson(posting, input.with ?? {})), count: found.length };
}

function listFbo(seller: Seller, input: z.output<typeof fboListInput>): unknown {
  const filter = input.filter ?? {};
  const since = filter.since ?? 0;
  const to = filter.to ?? Number.MAX_SAFE_INTEGER;
  if (filter.since !== undefined && filter.to !== undefined && to - since > YEAR_MS) throw invalidArgument("PERIOD_IS_TOO_LONG");
  const found = seller.postings
    .byScheme("FBO")
    .filter(
      (posting) =>
        within(posting.inProcessAtMs, since, to) &&
        oneOf(posting.status, filter.statuses) &&
        oneOf(posting.orderNumber, filter.order_numbers) &&
        oneOf(posting.postingNumber, filter.posting_numbers),
    );
  return paged(found, input, input.limit ?? 100, (posting) => fboJson(posting, input.with ?? {}));
}

function paged(
  found: readonly Posting[],
  input: { cursor?: string | undefined; sort_dir?: string | undefined },
  limit: number,
  print: (posting: Posting) => unknown,
): { postings: unknown[]; cursor: string; has_next: boolean } {
  const result = pagePostings(found, input.cursor ?? "", limit, input.sort_dir === "DESC");
  if (!result) throw invalidArgument("invalid cursor");
  return { postings: result.page.map(print), cursor: result.cursor, has_next: result.hasNext };
}

function within(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

function oneOf(value: string, wanted: readonly string[] | undefined): boolean {
  return !wanted || wanted.length === 0 || wanted.includes(value);
}
