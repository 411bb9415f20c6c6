import sample from "@/server/integrations/connectors/rozetka/fixtures/order.json" with { type: "json" };
import { type BenchSource, indexes, momentOf, OPEN_EVERY, ORDERS } from "../source";

const NOW_MS = Date.now();
const FIRST_ORDER = 701_647_918;
const PER_PAGE = 20;
const DAYS = 55;

const kyiv = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

const DONE = { status: 6, status_group: 2, status_data: { id: 6, name: "Посылка получена", name_uk: "Посилка отримана", status_group: 2, status: 1 } };

function orderOf(index: number, atMs: number): unknown {
  const [purchase] = sample.purchases;
  return {
    ...sample,
    ...(index % OPEN_EVERY === 0 ? {} : DONE),
    id: FIRST_ORDER + index,
    created: kyiv(atMs),
    changed: kyiv(atMs + 3_600_000),
    ttn: String(20_450_000_000_000 + index),
    user: { ...sample.user, id: 10_621_442 + (index % 50_000) },
    purchases: [{ ...purchase, id: 745_735_205 + index }],
    order_status_history: sample.order_status_history.map((step) => ({ ...step, created: kyiv(atMs + 1_800_000) })),
  };
}

/** Orders, 20 a page, newest first. */
export const rozetkaSource: BenchSource = {
  connectorId: "rozetka",
  credentials: { token: "rt0benchbenchbenchbenchbenchbench1086" },
  streams: [{ id: "orders", tables: ORDERS, records: (rows) => rows }],
  answer({ query }, rows) {
    const page = Number(query.get("page") ?? 1);
    const orders = indexes((page - 1) * PER_PAGE, PER_PAGE, rows).map((index) => orderOf(rows - 1 - index, momentOf(rows - 1 - index, rows, DAYS, NOW_MS)));
    const meta = { totalCount: rows, pageCount: Math.ceil(rows / PER_PAGE), currentPage: page, perPage: PER_PAGE };
    return { json: { success: true, content: { orders, _meta: meta } } };
  },
};
