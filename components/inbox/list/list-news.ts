import { gather } from "./gather";

type Refresh = () => Promise<unknown>;

const GAP_MS = 400;
const mounted = new Set<Refresh>();

/** Calls `refresh` when conversations changed, as long as the list is on the screen. Returns how to stop. */
export function onListNews(refresh: Refresh): () => void {
  mounted.add(refresh);
  return () => mounted.delete(refresh);
}

/** Conversations changed somewhere: the lists on the screen read again what they show. */
export const tellListNews = gather(() => Promise.allSettled([...mounted].map((refresh) => refresh())), GAP_MS);
