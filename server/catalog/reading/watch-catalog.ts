import { RESYNC, subscribe } from "@/server/platform/live";

/** Told by the database itself (migration 0015), whoever wrote: variants, listings, requests to services. */
const CATALOG_TOPIC = "catalog";

/** One beat whenever something of a workspace's catalog was committed, or may have been missed: read again what is shown. */
export async function* watchCatalog(workspaceId: string, signal: AbortSignal): AsyncGenerator<{ changed: true }> {
  for await (const event of subscribe(workspaceId, signal)) if (event.topic === RESYNC || event.topic === CATALOG_TOPIC) yield { changed: true };
}
