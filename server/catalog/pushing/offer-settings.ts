import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { invalid, notFound } from "@/server/platform/errors";
import { emit } from "@/server/platform/events";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { priceWanted, stockWanted } from "../events";
import { lockVariants, shareCatalog } from "../lock.repository";
import { availableOf, wantedStock } from "../rules";
import type { ChangeOffersInput, OfferKind, PreviewRuleInput, RulePreview, SaveRuleInput, SetPricesInput } from "../schema";
import { recomputeWanted } from "../stock/recompute-wanted";
import {
  changeOfferRows,
  connectionExists,
  findPreviewRows,
  raiseVersions,
  saveRuleRow,
  variantsOfConnection,
  variantsOfListings,
  wishPrices,
} from "./offer-settings.repository";

const MOST_PREVIEW_ROWS = 200;

/** What would be written to a connection with these rules: nothing is changed. @throws AppError `connection.not_found`. */
export async function previewRule(scope: Scope, rule: PreviewRuleInput): Promise<RulePreview> {
  if (!(await connectionExists(scope, rule.connectionId))) throw notFound("connection.not_found");
  const rows = await findPreviewRows(scope, rule.connectionId);
  const wishes = rows.flatMap((row) => {
    const wanted = wantedStock(availableOf(row), { buffer: row.buffer ?? rule.buffer, cap: rule.cap });
    return wanted === null ? [] : [{ productId: row.productId, name: row.name, sku: row.sku, shown: row.shown, wanted }];
  });
  const changes = wishes.filter((row) => row.shown !== row.wanted);
  // What takes a listing out of sale is what a person wants to see first.
  const weight = (row: (typeof wishes)[number]) => (row.wanted === 0 ? 0 : row.shown !== null && row.wanted < row.shown ? 1 : 2);
  return {
    total: wishes.length,
    toZero: changes.filter((row) => row.wanted === 0).length,
    lowered: changes.filter((row) => row.shown !== null && row.wanted < row.shown && row.wanted > 0).length,
    raised: changes.filter((row) => row.shown === null || row.wanted > row.shown).length,
    same: wishes.length - changes.length,
    uncounted: rows.length - wishes.length,
    rows: changes.sort((a, b) => weight(a) - weight(b)).slice(0, MOST_PREVIEW_ROWS),
  };
}

/** Switching on begins to write every matched listing nobody has taken out; switching off leaves the service as it is. @throws AppError `connection.not_found`. */
export async function saveRule(workspaceId: string, userId: string, input: SaveRuleInput, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const { connectionId, ...rule } = input;
    await shareCatalog(scope);
    if (!(await connectionExists(scope, connectionId))) throw notFound("connection.not_found");
    const variants = await lockVariants(scope, await variantsOfConnection(scope, connectionId));
    const before = await saveRuleRow(scope, connectionId, rule);
    await writeAudit(scope, {
      actor: { kind: "user", id: userId },
      action: "stock_rule.changed",
      subject: { type: "connection", id: connectionId },
      details: { before, after: rule },
    });
    await recomputeWanted(scope, variants, clock.now());
  });
}

/** @throws AppError `catalog.listing_not_found`. */
export async function changeOffers(workspaceId: string, input: ChangeOffersInput, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await shareCatalog(scope);
    const listings = await requireListings(scope, input.productIds);
    const variants = await lockVariants(
      scope,
      listings.flatMap((listing) => listing.variantId ?? []),
    );
    await changeOfferRows(scope, input.productIds, input);
    await recomputeWanted(scope, variants, clock.now());
  });
}

/** Wanted prices; the same outbox carries them. @throws AppError `catalog.listing_not_found`, `catalog.no_currency`. */
export async function setPrices(scope: Scope, { prices }: SetPricesInput): Promise<{ changed: number }> {
  await shareCatalog(scope);
  await requireListings(
    scope,
    prices.map((price) => price.productId),
  );
  const ordered = prices.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
  const { found, changed } = await wishPrices(scope, ordered);
  if (found < new Set(prices.map((price) => price.productId)).size) throw invalid("catalog.no_currency");
  await wake(scope, "price", changed);
  return { changed: changed.length };
}

/** Says wishes once more: after a refusal whose reason is gone, or when somebody changed the figures at the service. */
export async function pushAgain(workspaceId: string, productIds: readonly string[], kind: OfferKind): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await shareCatalog(scope);
    await requireListings(scope, productIds);
    await wake(scope, kind, await raiseVersions(scope, productIds, kind));
  });
}

async function requireListings(scope: Scope, productIds: readonly string[]) {
  const listings = await variantsOfListings(scope, productIds);
  if (listings.length < new Set(productIds).size) throw notFound("catalog.listing_not_found");
  return listings;
}

async function wake(scope: Scope, kind: OfferKind, rows: readonly { readonly connectionId: string }[]): Promise<void> {
  const wanted = kind === "stock" ? stockWanted : priceWanted;
  const connections = [...new Set(rows.map((row) => row.connectionId))].sort();
  await emit(
    scope.db,
    connections.map((connectionId) => wanted.create({ workspaceId: scope.workspaceId, connectionId })),
  );
}
