import { ConnectorError } from "../../../contract/errors";
import type { OrdersPort } from "../../../contract/orders";
import type { ConnectorContext } from "../../../contract/ports";
import { shopifyClient } from "../client";
import { STATES } from "../mapper";
import { oneOrderSchema } from "../schemas";
import { change, hasTaken, transitions } from "./order-changes";
import { isRejected, readRecord } from "./order-records";
import { pullOrders } from "./orders-pull";

async function read(context: ConnectorContext, { externalId }: { readonly externalId: string }) {
  const client = shopifyClient(context);
  const { data } = await client.query("OneOrder", { id: externalId }, oneOrderSchema);
  if (data.order === null || data.order === undefined) throw new ConnectorError("not-found");
  const entry = await readRecord(client, data.order);
  if (isRejected(entry)) throw new ConnectorError("malformed", entry.errorCode, { remoteText: entry.errorText });
  return entry;
}

export const shopifyOrders: OrdersPort = { states: STATES, pull: pullOrders, read, transitions, change, hasTaken };
