import { RESYNC, subscribe } from "@/server/platform/live";

/** Told by the database itself (migration 0015), whoever wrote: variants, listings, requests to services. */
const CATALOG_TOPIC = "catalog";

/** One beat whenever something of a workspace's catalog was committed, or may have been missed: read again what is shown. */
export async function* watchCatalog(workspaceId: string, signal: AbortSignal): AsyncGenerator<{ changed: true }> {
  for await (const events of subscribe(workspaceId, signal))
    if (events.some(({ topic }) => topic === RESYNC || topic === CATALOG_TOPIC)) yield { changed: true };
}
