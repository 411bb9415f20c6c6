import type { Scope } from "@/server/platform/transaction";
import { previousStock } from "../rules";
import type { OfferState, OfferView, PushState } from "../schema";
import { asPushState, findNewestPushes, findWrittenConnections, type NewestPush, type OfferRecord } from "./offer.repository";

const MATCHES = ["article", "barcode", "hand", "apart"] as const;

/** What people see of listings: wanted and acknowledged side by side, with the state of the request between them. */
export async function offerViews(scope: Scope, records: readonly OfferRecord[]): Promise<OfferView[]> {
  const pushes = await findNewestPushes(
    scope,
    records.map((record) => record.id),
  );
  const byListing = new Map(pushes.map((push) => [`${push.productId} ${push.kind}`, push]));
  const written = await findWrittenConnections(scope);
  return records.map((record) => viewOf(record, written.has(record.connectionId), byListing.get(`${record.id} stock`), byListing.get(`${record.id} price`)));
}

function viewOf(record: OfferRecord, isWritten: boolean, stockPush: NewestPush | undefined, pricePush: NewestPush | undefined): OfferView {
  const { id, connectionId, variantId, externalId, sku, offerId, name, variantName, imageUrl, barcodes, status, url, buffer, isStockPushed } = record;
  const stock = stateOf(record.stockVersion, record.ackedStockVersion, stockPush);
  const price = stateOf(record.priceVersion, record.ackedPriceVersion, pricePush);
  return {
    id,
    connectionId,
    variantId,
    externalId,
    sku,
    offerId,
    name,
    variantName,
    imageUrl,
    barcodes,
    status,
    url,
    matchedBy: MATCHES.find((known) => known === record.matchedBy) ?? null,
    buffer,
    isStockPushed,
    stock: {
      state: !(isStockPushed && isWritten) ? "off" : record.wantedStock === null ? "uncounted" : stock,
      wanted: record.wantedStock,
      acknowledged: record.ackedStock,
      acknowledgedAt: record.ackedStockAt,
      remote: record.remoteStock,
      remoteAt: record.stockToldAt,
      shown: previousStock({ ackedStock: record.ackedStock, ackedAt: record.ackedStockAt, remoteStock: record.remoteStock, toldAt: record.stockToldAt }),
      marketplace: record.marketplaceStock,
      errorCode: stock === "same" ? null : errorOf(record.stockVersion, stockPush),
    },
    price: {
      state: record.wantedPriceMinor === null ? "off" : price,
      currency: record.currency,
      wantedMinor: record.wantedPriceMinor,
      wantedOldMinor: record.wantedOldMinor,
      acknowledgedMinor: record.ackedPriceMinor,
      acknowledgedAt: record.ackedPriceAt,
      remoteMinor: record.remotePriceMinor,
      remoteOldMinor: record.remoteOldMinor,
      errorCode: price === "same" ? null : errorOf(record.priceVersion, pricePush),
    },
  };
}

const SHOWN: Readonly<Record<PushState, OfferState>> = {
  sending: "sending",
  pending: "pending",
  acknowledged: "same",
  rejected: "rejected",
  unknown: "unknown",
  delayed: "delayed",
  superseded: "waiting",
};

function stateOf(version: number, acked: number, push: NewestPush | undefined): OfferState {
  if (version <= acked) return "same";
  return push === undefined || push.version < version ? "waiting" : SHOWN[asPushState(push.state)];
}

function errorOf(version: number, push: NewestPush | undefined): string | null {
  return push?.version === version ? push.errorCode : null;
}
