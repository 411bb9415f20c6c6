import { z } from "zod";
import { isPermitted, type Viewer } from "@/server/access/index";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { findHeldOrder } from "../changing/change.repository";
import { REQUEST_DEPS, type RequestDeps, transitionsOf } from "../changing/request-change";
import type { OrderView, TransitionView } from "../schema";
import { summaryOf } from "./list-orders";
import { findDetail, listChanges, listConversations, listEvents, listLines, listSales, listSiblings } from "./order.repository";

const MOST_EVENTS = 200;
const MOST_CHANGES = 50;
const MOST_AROUND = 50;

const told = z.record(z.string(), z.union([z.string(), z.number(), z.null()])).catch({});
const texts = z.record(z.string(), z.string()).catch({});
const params = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

/**
 * One order with everything that belongs to it and that the reader may see: money for those who may see sales, conversations of their
 * own sight. Opening the credentials is not needed to say what the service allows.
 * @throws AppError `orders.not_found`.
 */
export async function getOrder(scope: Scope, viewer: Viewer, orderId: string, deps: RequestDeps = REQUEST_DEPS): Promise<OrderView> {
  const row = await findDetail(scope, orderId);
  const held = row === null ? null : await findHeldOrder(scope, orderId);
  if (row === null || held === null) throw notFound("orders.not_found");
  const { changeId: _id, changeAction: _action, changeTo: _to, changeState: _state, ...detail } = row;
  const numbers = [...new Set([row.number, row.externalId, row.groupNumber, row.recordNumber].filter((number) => number !== null))];
  const events = await listEvents(scope, orderId, MOST_EVENTS);
  const changes = await listChanges(scope, orderId, MOST_CHANGES);
  const mayChange = isPermitted(viewer.role, "orders.write");
  const transitions = mayChange ? await transitionsOf(scope, held, deps) : [];
  const { delayCode } = await deps.gateway.describe(scope, row.connectionId);
  return {
    ...detail,
    wanted: summaryOf(row).wanted,
    lines: await listLines(scope, orderId),
    events: events.map((event) => ({ ...event, data: told.parse(event.data) })),
    changes: changes.map((change) => ({ ...change, fields: texts.parse(change.fields), errorParams: params.parse(change.errorParams) })),
    transitions: transitions.map(viewOf),
    delayCode,
    sales: isPermitted(viewer.role, "sales.read") ? await listSales(scope, row.connectionId, numbers, MOST_AROUND) : null,
    conversations: isPermitted(viewer.role, "inbox.read") ? await listConversations(scope, viewer, row.connectionId, numbers, MOST_AROUND) : null,
    siblings:
      row.groupNumber === null ? [] : await listSiblings(scope, { id: row.id, connectionId: row.connectionId, groupNumber: row.groupNumber }, MOST_AROUND),
  };
}

function viewOf({ id, action, label, to, fields, consequence }: Awaited<ReturnType<typeof transitionsOf>>[number]): TransitionView {
  return {
    id,
    action,
    label: label ?? null,
    consequence: consequence ?? null,
    to: to ?? null,
    fields: fields.map(({ name, required, options }) => ({ name, required, options: options === undefined ? null : options.map((option) => ({ ...option })) })),
  };
}
