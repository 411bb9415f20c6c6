import { z } from "zod";
import { toViewer } from "@/server/access/index";
import { listProducts } from "@/server/catalog/index";
import { productCursorSchema, productOutput } from "@/server/catalog/schema";
import { listConversations } from "@/server/inbox/index";
import { conversationStatusSchema, conversationSummaryOutput } from "@/server/inbox/schema";
import { getOrder, listOrders } from "@/server/orders/index";
import { orderOutput, orderStateSchema, orderSummaryOutput } from "@/server/orders/schema";
import { inWorkspace } from "@/server/platform/transaction";
import { listSales } from "@/server/sales/index";
import { saleCursorSchema, saleKindSchema, saleLineOutput } from "@/server/sales/schema";
import { readCursor, writeCursor } from "../http/cursor";
import type { Principal } from "../tokens/authenticate";
import { defineEndpoint } from "./endpoint";
import { cursorShape, instantShape, limitShape, manyIds, none, page, searchShape } from "./shapes";

/** Rooms decide by a role what belongs to a row besides it (money, letters): the one that may see exactly what the scopes name. */
function viewerOf({ createdBy, scopes }: Principal) {
  const [money, letters] = [scopes.has("sales:read"), scopes.has("conversations:read")];
  const role = money && letters ? "read_only" : money ? "accountant" : letters ? "operator" : "warehouse";
  return toViewer({ userId: createdBy, role, conversationScope: "all" }, []);
}
/** Places in lists hold instants, which travel as text. */
const placeInTime = z.object({ at: z.coerce.date(), id: z.uuid() });

const listOrdersEndpoint = defineEndpoint({
  id: "listOrders",
  method: "GET",
  path: "/api/v1/orders",
  scope: "orders:read",
  summary: "Orders, newest first",
  params: none,
  query: z.object({
    states: z.array(orderStateSchema).max(8).optional(),
    connectionIds: manyIds,
    organizationIds: manyIds,
    from: instantShape.optional().meta({ description: "Placed at or after." }),
    to: instantShape.optional().meta({ description: "Placed before." }),
    search: searchShape,
    cursor: cursorShape,
    limit: limitShape,
  }),
  body: null,
  responses: page(orderSummaryOutput),
  failures: [],
  async handle({ principal, query: { cursor, ...filters } }) {
    const place = readCursor(cursor, placeInTime);
    const { orders, nextCursor } = await inWorkspace(principal.workspaceId, (scope) => listOrders(scope, { ...filters, cursor: place }));
    return { status: 200, body: { data: orders, nextCursor: writeCursor(nextCursor) } };
  },
});

const getOrderEndpoint = defineEndpoint({
  id: "getOrder",
  method: "GET",
  path: "/api/v1/orders/{id}",
  scope: "orders:read",
  summary: "One order with its lines and timeline",
  params: z.object({ id: z.uuid() }),
  query: none,
  body: null,
  responses: { 200: { description: "The order.", schema: orderOutput } },
  failures: [404],
  async handle({ principal, path }) {
    return { status: 200, body: await inWorkspace(principal.workspaceId, (scope) => getOrder(scope, viewerOf(principal), path.id)) };
  },
});

const listSalesEndpoint = defineEndpoint({
  id: "listSales",
  method: "GET",
  path: "/api/v1/sales",
  scope: "sales:read",
  summary: "Sale lines, newest first",
  description: "Without dates: the last 30 days. Amounts are whole minor units (kopecks, cents) written as text.",
  params: none,
  query: z.object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    connectionIds: manyIds,
    organizationIds: manyIds,
    kinds: z.array(saleKindSchema).max(4).optional(),
    search: searchShape,
    cursor: cursorShape,
    limit: limitShape,
  }),
  body: null,
  responses: page(saleLineOutput),
  failures: [],
  async handle({ principal, query: { cursor, ...filters } }) {
    const place = readCursor(cursor, saleCursorSchema);
    const { lines, nextCursor } = await inWorkspace(principal.workspaceId, (scope) => listSales(scope, { ...filters, cursor: place }));
    return { status: 200, body: { data: lines, nextCursor: writeCursor(nextCursor) } };
  },
});

const listProductsEndpoint = defineEndpoint({
  id: "listProducts",
  method: "GET",
  path: "/api/v1/products",
  scope: "products:read",
  summary: "Listings by name",
  params: none,
  query: z.object({ connectionId: z.uuid().optional(), search: searchShape, cursor: cursorShape, limit: limitShape }),
  body: null,
  responses: page(productOutput),
  failures: [],
  async handle({ principal, query: { cursor, ...filters } }) {
    const place = readCursor(cursor, productCursorSchema);
    const { products, nextCursor } = await inWorkspace(principal.workspaceId, (scope) => listProducts(scope, { ...filters, cursor: place }));
    return { status: 200, body: { data: products, nextCursor: writeCursor(nextCursor) } };
  },
});

const EVERYTHING = {
  waiting: false,
  unread: false,
  mentionsMe: false,
  drafts: false,
  hasTrouble: false,
  overdue: false,
  labelMatch: "any",
  sort: "newest",
} as const;

const listConversationsEndpoint = defineEndpoint({
  id: "listConversations",
  method: "GET",
  path: "/api/v1/conversations",
  scope: "conversations:read",
  summary: "Conversations, the newest message first",
  params: none,
  query: z.object({
    statuses: z.array(conversationStatusSchema).max(5).optional(),
    connectionIds: manyIds,
    search: searchShape,
    cursor: cursorShape,
    limit: limitShape,
  }),
  body: null,
  responses: page(conversationSummaryOutput),
  failures: [],
  async handle({ principal, query: { cursor, ...filters } }) {
    const place = readCursor(cursor, placeInTime);
    const { conversations, nextCursor } = await inWorkspace(principal.workspaceId, (scope) =>
      listConversations(scope, viewerOf(principal), { ...EVERYTHING, ...filters, cursor: place }),
    );
    return { status: 200, body: { data: conversations, nextCursor: writeCursor(nextCursor) } };
  },
});

export const readingEndpoints = [listOrdersEndpoint, getOrderEndpoint, listSalesEndpoint, listProductsEndpoint, listConversationsEndpoint];
