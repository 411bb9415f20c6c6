import { z } from "zod";
import { ConnectorError } from "../../contract/errors";
import type { ConnectorContext } from "../../contract/ports";
import { ozonCaller } from "./caller";
import { ENDPOINTS } from "./endpoints";
import { listOf, remoteId } from "./schemas";

/** Every push this connector understands. */
const WANTED: ReadonlySet<string> = new Set([
  "TYPE_NEW_MESSAGE",
  "TYPE_UPDATE_MESSAGE",
  "TYPE_MESSAGE_READ",
  "TYPE_CHAT_CLOSED",
  "TYPE_NEW_POSTING",
  "TYPE_POSTING_CANCELLED",
  "TYPE_STATE_CHANGED",
  "TYPE_CUTOFF_DATE_CHANGED",
  "TYPE_DELIVERY_DATE_CHANGED",
  "TYPE_FBO_POSTING_NEW",
  "TYPE_FBO_POSTING_CANCELLED",
  "TYPE_FBO_POSTING_STATE_CHANGED",
  "TYPE_FBO_POSTING_DELIVERY_DATE_CHANGED",
  "TYPE_CREATE_OR_UPDATE_ITEM",
  "TYPE_STOCKS_CHANGED",
]);

const typesSchema = z.object({ types: listOf(z.object({ type: z.string(), seller_endpoint: z.object({ id: remoteId, url: z.string() }).nullish() })) });

/** Addresses of one house differ in their last part only: an older one of ours is replaced, a stranger's is left alone. */
const houseOf = (address: string) => address.slice(0, address.lastIndexOf("/"));

/**
 * Registers the address for what we understand (`/v1/notification/*`, beta since 2026-04-08). A type is pushed to one address only [I]:
 * those that go to somebody else are left there, and the polls bring what they would have told. The service checks the address first.
 * @throws ConnectorError `conflict` `ozon.push_taken` when every type goes elsewhere; `invalid` when the address did not pass the check.
 */
export async function subscribe(context: ConnectorContext, address: string): Promise<void> {
  const { call, tell } = ozonCaller(context);
  const ours = wantedOf(await call(ENDPOINTS.pushTypes, {}, typesSchema)).filter(
    ({ endpoint }) => endpoint === undefined || houseOf(endpoint.url) === houseOf(address),
  );
  if (ours.length === 0) throw new ConnectorError("conflict", "ozon.push_taken");
  const known = ours.find(({ endpoint }) => endpoint !== undefined)?.endpoint;
  const told = ours.filter(({ endpoint }) => endpoint === undefined || endpoint.id === known?.id).map(({ type }) => type);
  if (known === undefined) return tell(ENDPOINTS.pushSet, { url: address, types: told });
  const isWhole = known.url === address && ours.every(({ endpoint }) => endpoint?.id === known.id);
  if (!isWhole) await tell(ENDPOINTS.pushUpdate, { id: Number(known.id), url: address, types: told });
}

/** What is pushed to nobody, or to an address of ours that no longer counts. What goes to a stranger is left to them, unless nothing comes to us. */
export async function checkPushes(context: ConnectorContext, isOurs: (address: string) => boolean): Promise<{ readonly missing: readonly string[] }> {
  const { call } = ozonCaller(context);
  const wanted = wantedOf(await call(ENDPOINTS.pushTypes, {}, typesSchema));
  const ours = wanted.find(({ endpoint }) => endpoint !== undefined && isOurs(endpoint.url))?.endpoint;
  if (ours === undefined) return { missing: wanted.map(({ type }) => type) };
  const isMissing = (url: string | undefined) => url === undefined || (url !== ours.url && houseOf(url) === houseOf(ours.url));
  return { missing: wanted.filter(({ endpoint }) => isMissing(endpoint?.url)).map(({ type }) => type) };
}

function wantedOf({ types }: z.output<typeof typesSchema>) {
  return types.filter(({ type }) => WANTED.has(type)).map(({ type, seller_endpoint: endpoint }) => ({ type, endpoint: endpoint ?? undefined }));
}
