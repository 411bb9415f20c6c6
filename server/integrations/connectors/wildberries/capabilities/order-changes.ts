import { ConnectorError } from "../../../contract/errors";
import type { ExternalOrder, OrderChange } from "../../../contract/orders";
import { refuse } from "../../../contract/outgoing";
import type { ConnectorContext } from "../../../contract/ports";
import { type WildberriesTradeClient, wildberriesTradeClient } from "../trade-client";
import type { RemoteSupply } from "../trade-schemas";

const PAGE = 1_000;
const MOSCOW_MS = 3 * 3_600_000;

/**
 * Carries a change out. The order is looked at first: its state decides whether there is anything to do, and a call that the
 * service refuses costs ten.
 */
export async function changeOrder(context: ConnectorContext, change: OrderChange): Promise<void> {
  const { externalId, fulfilment } = change.order;
  if (fulfilment !== "fbs" || !/^\d+$/.test(externalId)) refuse("wildberries.order_not_ours");
  const client = wildberriesTradeClient(context);
  const state = (await client.orderStates([externalId])).find(({ id }) => id === externalId);
  if (state === undefined) throw new ConnectorError("not-found");
  const expect = (isFit: boolean) => {
    if (!isFit) throw new ConnectorError("conflict", "wildberries.order_state");
  };
  switch (change.transitionId) {
    case "confirm":
      expect(state.supplierStatus === "new" && state.wbStatus === "waiting");
      return confirm(context, client, change);
    case "ship":
      expect(state.supplierStatus === "confirm");
      return ship(client, change);
    case "cancel":
      expect(state.isCancellable === true);
      return client.cancelOrder(externalId);
    default:
      return refuse("wildberries.action_unknown");
  }
}

/** Being put into a supply is what confirms an order. */
async function confirm(context: ConnectorContext, client: WildberriesTradeClient, { order, fields }: OrderChange): Promise<void> {
  const named = fields["supply"]?.trim() ?? "";
  if (named !== "" && !/^[\w-]{3,60}$/.test(named)) refuse("wildberries.supply_unknown", { supply: named.slice(0, 60) });
  if (named === "") return client.addToSupply(await ownSupply(context, client, order.remoteContext), [order.externalId]);
  try {
    await client.addToSupply(named, [order.externalId]);
  } catch (error) {
    // The order was there a moment ago: it is the supply that is not.
    if (error instanceof ConnectorError && error.kind === "not-found") refuse("wildberries.supply_unknown", { supply: named });
    throw error;
  }
}

/**
 * The day's supply of ours for what may lie together (one warehouse, one size class, one kind of border); made where there is none.
 * Supplies of people and of other programs are left alone unless one is named.
 */
async function ownSupply(context: ConnectorContext, client: WildberriesTradeClient, about: Readonly<Record<string, string>>): Promise<string> {
  const day = new Date(context.clock.now().getTime() + MOSCOW_MS).toISOString().slice(0, 10);
  const name = `Karavan ${day} ${about["warehouseId"] ?? "0"}-${about["cargoType"] ?? "0"}-${about["crossBorderType"] ?? "0"}`;
  return (await findSupply(client, (supply) => !supply.done && supply.name === name))?.id ?? client.createSupply(name);
}

async function findSupply(client: WildberriesTradeClient, isIt: (supply: RemoteSupply) => boolean): Promise<RemoteSupply | undefined> {
  let next = "0";
  let found: RemoteSupply | undefined;
  for (;;) {
    const page = await client.supplies(PAGE, next);
    found = page.supplies.filter(isIt).at(-1) ?? found;
    if (page.supplies.length === 0 || page.next === null || page.next === undefined || page.next === "0" || page.next === next) return found;
    next = page.next;
  }
}

/** Handing over closes the whole supply: one that holds other orders too must have been named by the person. */
async function ship(client: WildberriesTradeClient, { order, fields }: OrderChange): Promise<void> {
  const supplyId = order.remoteContext["supplyId"];
  if (supplyId === undefined) return refuse("wildberries.supply_unknown", { supply: "" });
  const inIt = await client.supplyOrders(supplyId);
  // Moved to another supply since it was last read.
  if (!inIt.includes(order.externalId)) throw new ConnectorError("conflict", "wildberries.order_state");
  if (inIt.length > 1 && fields["supply"] !== supplyId) refuse("wildberries.supply_shared", { supply: supplyId, others: inIt.length - 1 });
  await client.deliverSupply(supplyId);
}

export function hasTaken(found: ExternalOrder, { transitionId }: OrderChange): boolean {
  const seller = found.remoteState.split("/")[0] ?? "";
  if (transitionId === "confirm") return seller === "confirm" || seller === "complete";
  if (transitionId === "ship") return seller === "complete";
  return transitionId === "cancel" && seller === "cancel";
}
