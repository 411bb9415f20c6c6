import { z } from "zod";

/** What the browser sends to and gets from the orders room. Client-safe: no server code behind it. */
export const orderStateSchema = z.enum(["new", "confirmed", "packed", "shipped", "delivered", "cancelled", "returned", "unknown"]);
export const fulfilmentSchema = z.enum(["fbs", "dbs", "fbo", "own", "other"]);
export const paymentSchema = z.enum(["unpaid", "paid", "on_delivery", "refunded", "partly_refunded"]);
export const changeStateSchema = z.enum(["queued", "sending", "accepted", "confirmed", "rejected", "unknown"]);
export const actionSchema = z.enum(["confirm", "pack", "ship", "deliver", "cancel", "set_tracking", "set_state"]);
/** Of what has to be handed over: late · within a day · all that waits. */
export const urgencySchema = z.enum(["late", "soon", "waiting"]);

/** In these an order is still here and has to be handed over. */
export const STATES_TO_SHIP = ["new", "confirmed", "packed"] as const satisfies readonly OrderState[];
export const SOON_MS = 24 * 3_600_000;
/** Counts stop here; the page shows "1000+". */
export const COUNTED_MOST = 1_000;
export const BULK_ORDERS_MAX = 200;

export const orderFiltersInput = z.object({
  /** Just these, as far as the rest fits them. */
  ids: z.array(z.uuid()).max(BULK_ORDERS_MAX).optional(),
  states: z.array(orderStateSchema).max(8).optional(),
  connectionIds: z.array(z.uuid()).max(100).optional(),
  organizationIds: z.array(z.uuid()).max(100).optional(),
  fulfilments: z.array(fulfilmentSchema).max(5).optional(),
  /** Placed at or after, and before. */
  from: z.date().optional(),
  to: z.date().optional(),
  /** Only what has to be handed over, the most urgent first. */
  shipBy: urgencySchema.optional(),
  /** More is wanted than there is stock. */
  short: z.boolean().optional(),
  /** Found in number, group number, tracking number, a whole SKU, article or record number, the buyer's name. */
  search: z.string().trim().max(200).optional(),
});

/** The last row of a page: its ship-by moment in the lists of urgency, otherwise when it was placed. */
export const orderCursorSchema = z.object({ at: z.date(), id: z.uuid() });
export const listOrdersInput = orderFiltersInput.extend({ cursor: orderCursorSchema.optional(), limit: z.number().int().min(1).max(200).default(50) });

/** The newest change of ours that is not settled as carried out: what is wanted beside what the service says. */
const wantedOutput = z.object({
  id: z.uuid(),
  action: actionSchema,
  toState: orderStateSchema.nullable(),
  state: changeStateSchema,
});

const summaryShape = {
  id: z.uuid(),
  connectionId: z.uuid(),
  connectionName: z.string(),
  connectorId: z.string(),
  organizationId: z.uuid(),
  externalId: z.string(),
  number: z.string(),
  groupNumber: z.string().nullable(),
  /** What sales and chats of the service call it, where that is not `number`. */
  recordNumber: z.string().nullable(),
  fulfilment: fulfilmentSchema,
  state: orderStateSchema,
  remoteState: z.string(),
  remoteStateName: z.string().nullable(),
  placedAt: z.date(),
  shipBy: z.date().nullable(),
  payment: paymentSchema.nullable(),
  buyerName: z.string().nullable(),
  city: z.string().nullable(),
  deliveryMethod: z.string().nullable(),
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  currency: z.string(),
  totalMinor: z.bigint(),
  pieces: z.number(),
  /** Lines, and the name of the first. */
  lineCount: z.number(),
  firstLine: z.string().nullable(),
  isShort: z.boolean(),
  hasNote: z.boolean(),
  wanted: wantedOutput.nullable(),
};
export const orderSummaryOutput = z.object(summaryShape);
export const listOrdersOutput = z.object({ orders: z.array(orderSummaryOutput), nextCursor: orderCursorSchema.nullable() });

export const countOrdersInput = z.object({ connectionIds: z.array(z.uuid()).max(100).optional() });
export const countOrdersOutput = z.object({
  /** Up to 1 000 each. */
  states: z.record(orderStateSchema, z.number()),
  late: z.number(),
  soon: z.number(),
  waiting: z.number(),
  short: z.number(),
});

const lineOutput = z.object({
  id: z.uuid(),
  externalId: z.string(),
  sku: z.string().nullable(),
  offerId: z.string().nullable(),
  barcode: z.string().nullable(),
  name: z.string(),
  quantity: z.number(),
  cancelledQuantity: z.number(),
  /** Of one piece. */
  priceMinor: z.bigint(),
  variantId: z.uuid().nullable(),
});

const moment = z.date().nullable();
const eventOutput = z.object({
  id: z.uuid(),
  at: z.date(),
  actorKind: z.enum(["user", "system", "service"]),
  actorName: z.string().nullable(),
  type: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

const changeOutput = z.object({
  id: z.uuid(),
  transitionId: z.string(),
  action: actionSchema,
  toState: orderStateSchema.nullable(),
  fields: z.record(z.string(), z.string()),
  requestedAt: z.date(),
  requestedByName: z.string().nullable(),
  state: changeStateSchema,
  attempts: z.number(),
  nextAt: moment,
  settledAt: moment,
  errorCode: z.string().nullable(),
  errorParams: z.record(z.string(), z.union([z.string(), z.number()])),
  errorText: z.string().nullable(),
});

const fieldOutput = z.object({
  name: z.enum(["trackingNumber", "carrier", "reason", "comment", "date", "supply"]),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
});
export const transitionOutput = z.object({
  id: z.string(),
  action: actionSchema,
  label: z.string().nullable(),
  to: orderStateSchema.nullable(),
  fields: z.array(fieldOutput),
  consequence: z.enum(["refunds_buyer"]).nullable(),
});

const saleOutput = z.object({
  id: z.uuid(),
  kind: z.string(),
  date: z.string(),
  quantity: z.number(),
  revenueMinor: z.bigint(),
  currency: z.string(),
  sku: z.string().nullable(),
  productName: z.string().nullable(),
  isPreliminary: z.boolean(),
});

const conversationOutput = z.object({
  id: z.uuid(),
  channel: z.string(),
  status: z.string(),
  lastMessageAt: z.date(),
  lastMessagePreview: z.string(),
  waitingSince: moment,
});

export const getOrderInput = z.object({ orderId: z.uuid() });
export const orderOutput = z.object({
  ...summaryShape,
  paidAt: moment,
  shippedAt: moment,
  deliveredAt: moment,
  cancelledAt: moment,
  cancelReason: z.string().nullable(),
  buyerPhone: z.string().nullable(),
  buyerEmail: z.string().nullable(),
  address: z.string().nullable(),
  shipmentStatus: z.string().nullable(),
  shipmentStatusUpdatedAt: moment,
  comment: z.string().nullable(),
  note: z.string().nullable(),
  /** When the service last said something about it. */
  sourceVersionAt: z.date(),
  lines: z.array(lineOutput),
  events: z.array(eventOutput),
  changes: z.array(changeOutput),
  /** What the service allows now; empty while nothing can be changed. */
  transitions: z.array(transitionOutput),
  /** Why a change would wait now (`integrations.health.<code>`), or null. */
  delayCode: z.string().nullable(),
  /** Null: the reader may not see money. */
  sales: z.array(saleOutput).nullable(),
  /** Null: the reader has no part in the inbox. Only those in the reader's sight. */
  conversations: z.array(conversationOutput).nullable(),
  /** Other parts of the buyer's whole order. */
  siblings: z.array(z.object({ id: z.uuid(), number: z.string(), state: orderStateSchema })),
});

const fieldsInput = z.record(z.string().max(60), z.string().trim().max(500));
export const requestChangeInput = z.object({
  orderId: z.uuid(),
  /** Made by the caller: the same id is the same change, however often it comes. */
  changeId: z.uuid(),
  transitionId: z.string().min(1).max(200),
  fields: fieldsInput.default({}),
});
export const requestChangeOutput = z.object({ changeId: z.uuid(), state: changeStateSchema, repeated: z.boolean() });

/** The actions that can be asked of many orders at once: they need no words of their own. */
export const bulkActionSchema = z.enum(["confirm", "pack", "ship"]);
export const requestManyInput = z.object({
  action: bulkActionSchema,
  orders: z
    .array(z.object({ orderId: z.uuid(), changeId: z.uuid() }))
    .min(1)
    .max(BULK_ORDERS_MAX),
});
export const requestManyOutput = z.object({
  requested: z.number(),
  /** What the service does not allow now, or what needs words: left as it is. */
  skipped: z.array(z.object({ orderId: z.uuid(), code: z.string() })),
});

export const changeRefInput = z.object({ changeId: z.uuid() });
export const changeStateOutput = z.object({ state: changeStateSchema });
export const settleChangeInput = z.object({ changeId: z.uuid(), outcome: z.enum(["was_carried_out", "try_again"]) });

export const setNoteInput = z.object({ orderId: z.uuid(), note: z.string().trim().max(4_000) });
export const setNoteOutput = z.object({ note: z.string().nullable() });

export const watchOrdersInput = z.object({ lastEventId: z.string().nullish() }).optional();
/** Null: many changed, or some were missed. */
export const ordersEventOutput = z.object({ orderIds: z.array(z.uuid()).nullable() });
export type OrdersEvent = z.infer<typeof ordersEventOutput>;

export const stateMappingInput = z.object({ connectionId: z.uuid() });
export const stateMappingOutput = z.object({
  /** Whether the connection's service has orders at all. */
  hasOrders: z.boolean(),
  states: z.array(
    z.object({
      remoteState: z.string(),
      name: z.string(),
      /** The connector's own reading; null: it does not know the word. */
      suggested: orderStateSchema.nullable(),
      /** A person's; null: the connector's holds. */
      chosen: orderStateSchema.nullable(),
      /** Orders that stand there now, up to 1 000. */
      orders: z.number(),
    }),
  ),
});
export const saveStateMappingInput = z.object({
  connectionId: z.uuid(),
  remoteState: z.string().min(1).max(200),
  /** Null: the connector's own reading holds again. */
  state: orderStateSchema.nullable(),
});
export const saveStateMappingOutput = z.object({ changed: z.number() });

export const toShipOutput = z.object({
  late: z.number(),
  /** Until the end of the next 24 hours. */
  soon: z.number(),
  waiting: z.number(),
  short: z.number(),
});

export const exportFormatSchema = z.enum(["csv", "xlsx"]);
const listParameter = z
  .string()
  .transform((value) => value.split(",").filter((entry) => entry !== ""))
  .optional();
/** The filters as an address carries them: lists separated by commas. */
export const exportOrdersQuery = z.object({
  format: exportFormatSchema,
  /** Excel in Russian, Ukrainian and Turkish opens only semicolons in columns. */
  separator: z.enum(["comma", "semicolon"]).default("comma"),
  ids: listParameter.pipe(z.array(z.uuid()).max(BULK_ORDERS_MAX).optional()),
  states: listParameter.pipe(z.array(orderStateSchema).max(8).optional()),
  connectionIds: listParameter.pipe(z.array(z.uuid()).max(100).optional()),
  organizationIds: listParameter.pipe(z.array(z.uuid()).max(100).optional()),
  fulfilments: listParameter.pipe(z.array(fulfilmentSchema).max(5).optional()),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  shipBy: urgencySchema.optional(),
  short: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  search: z.string().trim().max(200).optional(),
});

/** The chosen orders as an address carries them. */
export const pickListQuery = z.object({ ids: listParameter.pipe(z.array(z.uuid()).max(BULK_ORDERS_MAX).optional()) });

/** Columns of an export, in their order; headings are `orders-export.columns.<name>`. One row a line of an order. */
export const EXPORT_COLUMNS = [
  "placedAt",
  "number",
  "groupNumber",
  "marketplace",
  "connection",
  "fulfilment",
  "state",
  "remoteState",
  "shipBy",
  "payment",
  "buyerName",
  "city",
  "deliveryMethod",
  "trackingNumber",
  "sku",
  "offerId",
  "product",
  "quantity",
  "price",
  "orderTotal",
  "currency",
  "note",
] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

export type OrderState = z.infer<typeof orderStateSchema>;
export type Fulfilment = z.infer<typeof fulfilmentSchema>;
export type Payment = z.infer<typeof paymentSchema>;
export type ChangeState = z.infer<typeof changeStateSchema>;
export type OrderAction = z.infer<typeof actionSchema>;
export type OrderFilters = z.infer<typeof orderFiltersInput>;
export type OrderCursor = z.infer<typeof orderCursorSchema>;
export type ListOrdersInput = z.infer<typeof listOrdersInput>;
export type OrderSummary = z.infer<typeof orderSummaryOutput>;
export type OrderCounts = z.infer<typeof countOrdersOutput>;
export type OrderView = z.infer<typeof orderOutput>;
export type OrderLineView = z.infer<typeof lineOutput>;
export type OrderEventView = z.infer<typeof eventOutput>;
export type OrderChangeView = z.infer<typeof changeOutput>;
export type TransitionView = z.infer<typeof transitionOutput>;
export type OrderSale = z.infer<typeof saleOutput>;
export type OrderConversation = z.infer<typeof conversationOutput>;
export type RequestChangeInput = z.infer<typeof requestChangeInput>;
export type RequestManyInput = z.infer<typeof requestManyInput>;
export type ManyRequested = z.infer<typeof requestManyOutput>;
export type BulkAction = z.infer<typeof bulkActionSchema>;
export type StateMappingView = z.infer<typeof stateMappingOutput>;
export type ToShip = z.infer<typeof toShipOutput>;
export type ExportOrdersQuery = z.infer<typeof exportOrdersQuery>;
