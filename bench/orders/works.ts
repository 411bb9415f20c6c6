import { countByState, listOrders } from "@/server/orders/reading/list-orders";
import { listOrdersInput } from "@/server/orders/schema";
import type { Scope } from "@/server/platform/transaction";
import type { Filled } from "./fill";

export type Work = (scope: Scope, round: number) => Promise<unknown>;

export interface NamedWork {
  readonly name: string;
  readonly work: Work;
}

const DAY_MS = 86_400_000;

function filters({ connectionIds, organizationId }: Filled, middle: { readonly at: Date; readonly id: string }): Readonly<Record<string, object>> {
  const now = Date.now();
  return {
    newest: {},
    deep: { cursor: middle },
    new: { states: ["new"] },
    delivered: { states: ["delivered"] },
    "delivered, deep": { states: ["delivered"], cursor: middle },
    "rare state": { states: ["unknown"] },
    "three states": { states: ["new", "confirmed", "packed"] },
    "one of six shops": { connectionIds: connectionIds.slice(0, 1) },
    "two shops": { connectionIds: connectionIds.slice(0, 2) },
    "a shop's returned": { connectionIds: connectionIds.slice(0, 1), states: ["returned"] },
    organization: { organizationIds: [organizationId] },
    "own delivery": { fulfilments: ["dbs"] },
    "own delivery, cancelled": { fulfilments: ["dbs"], states: ["cancelled"] },
    late: { shipBy: "late" },
    soon: { shipBy: "soon" },
    "all to ship": { shipBy: "waiting" },
    "a shop's to ship": { shipBy: "waiting", connectionIds: connectionIds.slice(1, 2) },
    short: { short: true },
    "a week two years ago": { from: new Date(now - 700 * DAY_MS), to: new Date(now - 693 * DAY_MS) },
    "cancelled in a week": { from: new Date(now - 700 * DAY_MS), to: new Date(now - 693 * DAY_MS), states: ["cancelled"] },
  };
}

/** Several of each kind, so that no answer is only a memory. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  "whole number": ["30004242", "30500000", "30912345", "30077777"],
  "piece of a number": ["04242-", "98765", "55555", "12321"],
  "tracking number": ["20450000424242", "20450000765432", "20450000000042"],
  article: ["SKU-4242", "ART-17", "SKU-999", "ART-4000"],
  name: ["Ганна Коваленко", "Ayşe Demir", "Emma Brown"],
  "first letters": ["кова", "meh", "шев"],
  nothing: ["zzzyx-42", "синхрофазотрон", "99999999999"],
};

/** Every filter and order of the list, every kind of question, the counters. */
export function worksOf(filled: Filled, middle: { readonly at: Date; readonly id: string }): readonly NamedWork[] {
  const list =
    (input: object): Work =>
    (scope) =>
      listOrders(scope, listOrdersInput.parse(input));
  return [
    ...Object.entries(filters(filled, middle)).map(([name, input]) => ({ name: `list: ${name}`, work: list(input) })),
    ...Object.entries(QUESTIONS).map(([name, words]) => ({
      name: `search: ${name}`,
      work: ((scope, round) => listOrders(scope, listOrdersInput.parse({ search: words[round % words.length] ?? "" }))) satisfies Work,
    })),
    { name: "search: name, new ones", work: list({ search: "Коваленко", states: ["new"] }) },
    { name: "counts", work: (scope) => countByState(scope, undefined) },
    { name: "counts of a shop", work: (scope) => countByState(scope, filled.connectionIds.slice(0, 1)) },
  ];
}
