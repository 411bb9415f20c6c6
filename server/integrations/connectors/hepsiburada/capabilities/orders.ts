import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrderChange, OrdersPort } from "../../../contract/orders";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { type HepsiburadaClient, hepsiburadaClient } from "../client";
import { type ContextLine, readContext } from "../order-context";
import { readOrder } from "../order-read";
import { isOpen, ORDER_WORDS, stateOf } from "../order-states";
import { CANCEL_REASONS, linesFor, TRANSITION_IDS, type TransitionId, transitions } from "../transitions";
import { pullOrders } from "./orders-pull";

async function read(
  context: ConnectorContext,
  order: { readonly externalId: string; readonly remoteContext?: Readonly<Record<string, string>> | undefined },
): Promise<ExternalOrder> {
  const { returned } = readContext(order.remoteContext);
  const outcome = await readOrder(context, hepsiburadaClient(context), order.externalId, returned);
  if ("order" in outcome) return outcome.order;
  throw new ConnectorError("malformed", outcome.rejected.errorCode, { remoteText: outcome.rejected.errorText });
}

/**
 * The order is read first: lines may have been packed by the service itself meanwhile (it does so after about 15 minutes), and a
 * repeat then has nothing left to do for what was carried out before.
 */
async function change(context: ConnectorContext, { order, transitionId, fields }: OrderChange): Promise<void> {
  const id = TRANSITION_IDS.find((known) => known === transitionId) ?? refuse("hepsiburada.transition", { transition: transitionId });
  const body = bodyOf(id, fields, context.clock.now());
  const found = await read(context, order);
  const lines = linesFor(id, readContext(found.remoteContext).lines);
  if (lines.length === 0) throw new ConnectorError("conflict", "hepsiburada.order_moved_on", { params: { state: found.remoteState } });
  const client = hepsiburadaClient(context);
  const asked = linesFor(id, readContext(order.remoteContext).lines).map((line) => line.id);
  if (id === "package") {
    // What the person saw, as far as it is still open.
    const chosen = lines.filter((line) => asked.includes(line.id));
    await client.createPackage((chosen.length === 0 ? lines : chosen).map(({ id: line, quantity }) => ({ id: line, quantity })));
  } else if (id === "cancel") await inTurn(lines, (line) => client.cancelLine(line.id, Number(body["reasonId"])));
  else await inTurn(packagesOf(lines), (number) => client.changePackage(CALLS[id], number, body));
}

const CALLS: Readonly<Record<Exclude<TransitionId, "package" | "cancel">, Parameters<HepsiburadaClient["changePackage"]>[0]>> = {
  unpack: "unpack",
  intransit: "inTransit",
  deliver: "deliver",
  undeliver: "undeliver",
};

const packagesOf = (lines: readonly ContextLine[]) => [...new Set(lines.flatMap((line) => line.package ?? []))];

/** Several calls for one change: once the first is through, a failure leaves the change half done, which is for a look to settle. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const [index, item] of items.entries()) {
    try {
      await work(item);
    } catch (error) {
      if (!(error instanceof ConnectorError) || index === 0 || error.mayHaveTakenEffect) throw error;
      const { kind, code, remoteText, httpStatus, retryAfterMs } = error;
      throw new ConnectorError(kind, code, { remoteText, httpStatus, retryAfterMs, mayHaveTakenEffect: true, cause: error });
    }
  }
}

/** @throws ConnectorError `invalid` for what is missing or wrong, before anything is asked. */
function bodyOf(id: TransitionId, fields: Readonly<Record<string, string>>, now: Date): Readonly<Record<string, unknown>> {
  const text = (name: string) => fields[name]?.trim() ?? "";
  const needed = (name: string) => text(name) || refuse("hepsiburada.field_missing", { field: name });
  const at = text("date") === "" ? now : dayOf(text("date"));
  switch (id) {
    case "cancel": {
      const reason = needed("reason");
      if (!CANCEL_REASONS.some(({ value }) => value === reason)) refuse("hepsiburada.cancel_reason", { reason: reason.slice(0, 40) });
      return { reasonId: Number(reason) };
    }
    case "intransit":
      return { trackingNumber: needed("trackingNumber"), shippedDate: at.toISOString() };
    case "deliver":
      return { receivedDate: at.toISOString(), receivedBy: needed("comment") };
    case "undeliver":
      return { undeliveredDate: at.toISOString(), undeliveredReason: needed("reason") };
    default:
      return {};
  }
}

function dayOf(text: string): Date {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00:00+03:00`) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? refuse("hepsiburada.field_date", { value: text.slice(0, 40) }) : at;
}

/** Whether every line the change was about is where it was to go, or further. */
function hasTaken(found: ExternalOrder, { order, transitionId }: OrderChange): boolean {
  const id = TRANSITION_IDS.find((known) => known === transitionId);
  if (id === undefined) return false;
  const now = new Map(readContext(found.remoteContext).lines.map((line) => [line.id, line.status]));
  const words = linesFor(id, readContext(order.remoteContext).lines).map((line) => now.get(line.id) ?? "");
  return words.length > 0 && words.every((word) => hasReached(id, word));
}

function hasReached(id: TransitionId, word: string): boolean {
  const state = stateOf(word);
  switch (id) {
    case "package":
      return ["packed", "shipped", "delivered"].includes(state);
    case "cancel":
      return state === "cancelled";
    case "unpack":
      return isOpen(word);
    case "intransit":
      return state === "shipped" || state === "delivered";
    case "deliver":
      return state === "delivered";
    case "undeliver":
      return word === "Undelivered";
  }
}

export const hepsiburadaOrders: OrdersPort = { states: ORDER_WORDS, pull: pullOrders, read, transitions, change, hasTaken };
