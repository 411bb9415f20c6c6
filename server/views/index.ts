import { inWorkspace } from "@/server/platform/transaction";
import { findDefaultView, type Person } from "./saved-views";
import type { ViewPage } from "./schema";

/** The public surface of saved views. */

/**
 * The query of the address a page opens with for a person, without "?"; null = plain. A view of the inbox stands in the address as
 * its id alone; elsewhere the address says everything, and the id names it.
 */
export async function defaultQuery(person: Person & { readonly workspaceId: string }, page: ViewPage): Promise<string | null> {
  const view = await inWorkspace(person.workspaceId, (scope) => findDefaultView(scope, person, page));
  if (view === null) return null;
  return view.filters.page === "inbox" ? `saved=${view.id}` : [view.filters.address, `view=${view.id}`].filter((part) => part !== "").join("&");
}
