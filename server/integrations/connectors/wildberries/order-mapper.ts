import { parseMinor } from "@/lib/money";
import type { ExternalOrder } from "../../contract/orders";
import { FBO_STATES, remoteStateOf, stageOf, stateNameOf, stateOf } from "./order-states";
import type { EarlyOrder, RemoteOrder, RemoteOrderState } from "./trade-schemas";

/** Remote orders → contract records. Pure. */

/** ISO 4217 by number: where Wildberries sells and where its sellers are. */
const CURRENCIES: Readonly<Record<number, string>> = {
  51: "AMD",
  156: "CNY",
  268: "GEL",
  344: "HKD",
  398: "KZT",
  417: "KGS",
  643: "RUB",
  784: "AED",
  840: "USD",
  860: "UZS",
  933: "BYN",
  949: "TRY",
  972: "TJS",
  978: "EUR",
};

/** An order whose state the service did not tell beside it. */
const NOT_TOLD = { supplierStatus: "", wbStatus: "", isCancellable: false } as const;

/**
 * One assembly order is one piece. People know it by its id, the number on its label; every other record knows its piece (`rid` here,
 * `srid` in sales, the order of a chat).
 * @throws RangeError for a currency nobody knows: an amount without one is worth nothing.
 */
export function toOrder(order: RemoteOrder, state: Omit<RemoteOrderState, "id"> = NOT_TOLD): ExternalOrder {
  const currency = CURRENCIES[order.currencyCode];
  if (currency === undefined) throw new RangeError(`currency ${order.currencyCode} is not known`);
  const remoteState = remoteStateOf(state.supplierStatus, state.wbStatus);
  const own = stateOf(remoteState);
  const priceMinor = BigInt(order.price);
  return {
    externalId: order.id,
    number: order.id,
    recordNumber: order.rid,
    groupNumber: order.orderUid,
    fulfilment: "fbs",
    remoteState,
    remoteStateName: stateNameOf(remoteState),
    state: own,
    placedAt: order.createdAt,
    versionAt: new Date(order.createdAt.getTime() + stageOf(remoteState)),
    address: order.address?.fullAddress,
    deliveryMethod: order.offices[0] === undefined ? undefined : `Wildberries, ${order.offices[0]}`,
    currency,
    totalMinor: priceMinor,
    comment: order.comment,
    lines: [
      {
        externalId: order.id,
        sku: order.nmId,
        offerId: order.article,
        productExternalId: order.chrtId,
        barcode: order.skus[0],
        name: order.article ?? order.nmId ?? order.id,
        quantity: 1,
        cancelledQuantity: own === "cancelled" ? 1 : 0,
        priceMinor,
      },
    ],
    remoteContext: contextOf(order, state),
  };
}

/** What a later read or change needs: when it was placed (it is found by that alone), its supply, and what may share one with it. */
function contextOf(order: RemoteOrder, state: Omit<RemoteOrderState, "id">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({
      createdAt: order.createdAt.toISOString(),
      isCancellable: String(state.isCancellable === true),
      supplyId: order.supplyId,
      warehouseId: order.warehouseId,
      cargoType: order.cargoType?.toString(),
      crossBorderType: order.crossBorderType?.toString(),
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A row of the statistics: one piece sold from the service's own warehouse, in roubles. Its id is the piece's own, `srid`. */
export function toFboOrder(row: EarlyOrder): ExternalOrder {
  const remoteState = row.isCancel ? FBO_STATES.cancelled : FBO_STATES.ordered;
  const priceMinor = parseMinor(row.finishedPrice === "0" ? row.priceWithDisc : row.finishedPrice, "RUB");
  const changedAt = new Date(`${row.lastChangeDate.slice(0, 23)}+03:00`);
  return {
    externalId: `fbo:${row.srid}`,
    number: row.srid,
    groupNumber: row.gNumber,
    fulfilment: "fbo",
    remoteState,
    remoteStateName: stateNameOf(remoteState),
    state: stateOf(remoteState),
    placedAt: row.date,
    versionAt: Number.isNaN(changedAt.getTime()) ? row.date : changedAt,
    cancelledAt: row.isCancel ? cancelledAt(row) : undefined,
    city: row.regionName,
    deliveryMethod: row.warehouseName === undefined ? undefined : `Wildberries, ${row.warehouseName}`,
    currency: "RUB",
    totalMinor: priceMinor,
    lines: [
      {
        externalId: row.srid,
        sku: row.nmId,
        offerId: row.supplierArticle,
        barcode: row.barcode,
        name: row.supplierArticle ?? row.subject ?? row.srid,
        quantity: 1,
        cancelledQuantity: row.isCancel ? 1 : 0,
        priceMinor,
      },
    ],
  };
}

/** Year 1 stands for "not cancelled". */
function cancelledAt({ cancelDate }: EarlyOrder): Date | undefined {
  if (cancelDate === undefined || cancelDate.startsWith("0001")) return undefined;
  const at = new Date(`${cancelDate.slice(0, 19)}+03:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
