import type { Scope } from "@/server/platform/transaction";
import { prepare, suggest } from "../matching/suggest";
import type { ListingView, ListListingsInput } from "../schema";
import { findUnmatched } from "./offer.repository";
import { offerViews } from "./offer-view";
import { findCandidates } from "./variant.repository";

/** Suggestions are looked for among so many variants, those changed last. */
const MOST_CANDIDATES = 5_000;

/** Listings that stand for no variant, each with those it may stand for. */
export async function listListings(
  scope: Scope,
  input: ListListingsInput,
): Promise<{ listings: ListingView[]; nextCursor: { name: string; id: string } | null }> {
  const rows = await findUnmatched(scope, input);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const candidates = shown.length === 0 ? [] : prepare(await findCandidates(scope, MOST_CANDIDATES));
  const articles = new Map(shown.map((row) => [row.id, row.article]));
  const views = await offerViews(scope, shown);
  const listings = views.map((view) => ({
    ...view,
    suggestions: suggest({ article: articles.get(view.id) ?? null, name: view.name, barcodes: view.barcodes }, candidates),
  }));
  return { listings, nextCursor: last === undefined ? null : { name: last.name, id: last.id } };
}
