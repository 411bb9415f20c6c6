import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCaller } from "./caller";
import { ENDPOINTS, type Endpoint } from "./endpoints";
import { cancelReasonsSchema, cancelSchema, eachResultSchema, onePostingSchema, postingListSchema, shipSchema } from "./order-schemas";

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface FbsQuery {
  /** Of the moment a posting went into processing; at most a year. */
  readonly placed: Span;
  readonly changed?: Span | undefined;
  readonly cursor?: string | undefined;
}

export type OrdersClient = ReturnType<typeof ordersClient>;

const LIMIT = 100;
const span = ({ from, to }: Span) => ({ from: from.toISOString(), to: to.toISOString() });
const paging = (cursor: string | undefined) => ({ limit: LIMIT, sort_dir: "ASC", ...(cursor === undefined ? {} : { cursor }) });

/**
 * Postings: one method per remote endpoint; never maps. Every method throws `ConnectorError` as `errors.ts` classifies; methods that
 * answer for each posting throw `invalid` with `ozon.change_refused` where the answer is a refusal.
 */
export function ordersClient(context: Pick<ConnectorContext, "credentials" | "http">) {
  const { call } = ozonCaller(context);

  /** Moving an rFBS posting on is done later: the answer only says that it was taken. */
  async function each(path: Endpoint, postingNumber: string): Promise<void> {
    refused(path, await call(path, { posting_number: [postingNumber] }, eachResultSchema, "write"));
  }

  return {
    fbsPostings: (query: FbsQuery) =>
      call(
        ENDPOINTS.fbsList,
        {
          ...paging(query.cursor),
          filter: {
            since: query.placed.from.toISOString(),
            to: query.placed.to.toISOString(),
            ...(query.changed === undefined ? {} : { last_changed_status_date: span(query.changed) }),
          },
          with: { analytics_data: true },
        },
        postingListSchema,
      ),

    /** What is not on its way yet, by the moment it has to be handed over. */
    unfulfilled: (cutoff: Span, cursor: string | undefined) =>
      call(
        ENDPOINTS.fbsUnfulfilled,
        {
          ...paging(cursor),
          filter: { cutoff_from: cutoff.from.toISOString(), cutoff_to: cutoff.to.toISOString() },
          with: { analytics_data: true },
        },
        postingListSchema,
      ),

    fboPostings: (filter: { readonly placed: Span } | { readonly postingNumber: string }, cursor?: string) =>
      call(
        ENDPOINTS.fboList,
        {
          ...paging(cursor),
          filter:
            "placed" in filter ? { since: filter.placed.from.toISOString(), to: filter.placed.to.toISOString() } : { posting_numbers: [filter.postingNumber] },
          with: { analytics_data: true },
        },
        postingListSchema,
      ),

    fbsPosting: (postingNumber: string) => call(ENDPOINTS.fbsGet, { posting_number: postingNumber, with: { analytics_data: true } }, onePostingSchema),

    cancelReasons: () => call(ENDPOINTS.cancelReasons, {}, cancelReasonsSchema),

    /** Everything in one package; `product_id` is the sku here (description of the method). */
    ship: (postingNumber: string, products: readonly { readonly sku: string; readonly quantity: number }[]) =>
      call(
        ENDPOINTS.fbsShip,
        {
          posting_number: postingNumber,
          packages: [{ products: products.map(({ sku, quantity }) => ({ product_id: Number(sku), quantity })) }],
        },
        shipSchema,
        "write",
      ),

    cancel: (postingNumber: string, reasonId: string, message: string) =>
      call(
        ENDPOINTS.fbsCancel,
        { posting_number: postingNumber, cancel_reason_id: Number(reasonId), ...(message === "" ? {} : { cancel_reason_message: message }) },
        cancelSchema,
        "write",
      ),

    /** Giving the same number again changes nothing. */
    async setTracking(postingNumber: string, trackingNumber: string): Promise<void> {
      const body = { tracking_numbers: [{ posting_number: postingNumber, tracking_number: trackingNumber }] };
      refused(ENDPOINTS.trackingSet, await call(ENDPOINTS.trackingSet, body, eachResultSchema, "idempotent"));
    },

    delivering: (postingNumber: string) => each(ENDPOINTS.rfbsDelivering, postingNumber),
    lastMile: (postingNumber: string) => each(ENDPOINTS.rfbsLastMile, postingNumber),
    delivered: (postingNumber: string) => each(ENDPOINTS.rfbsDelivered, postingNumber),
  };
}

/** @throws ConnectorError `invalid` where the service says no inside an answer of 200. */
function refused(path: Endpoint, { result }: Awaited<ReturnType<typeof eachResultSchema.parse>>): void {
  const no = result.find((entry) => entry.result === false);
  if (no === undefined) return;
  const words = [no.error ?? []].flat().join("; ");
  throw new ConnectorError("invalid", "ozon.change_refused", { params: { method: path }, remoteText: words.slice(0, 500) });
}
