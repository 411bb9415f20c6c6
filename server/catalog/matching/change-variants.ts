import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import { writeAudit } from "@/server/platform/audit";
import { type Clock, systemClock } from "@/server/platform/clock";
import { conflict, invalid, notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { groupBy } from "../group-by";
import { holdCatalog, lockVariants } from "../lock.repository";
import { normaliseArticle } from "../rules";
import type { CreateVariantInput, EditVariantInput } from "../schema";
import { changeStock } from "../stock/change-stock";
import { absorbVariant, findByArticles, insertVariants, updateVariant } from "../stock/variant.repository";
import { findListings, type ListingFacts } from "./listing.repository";
import { bindListings, matchListings } from "./match.repository";
import { rematchLines } from "./rematch-lines";

export interface Actor {
  readonly userId: string;
}

/**
 * A variant of our own, with what is on its shelf where that is known; listings of the same article are matched to it at once, and the
 * named ones whatever their article is (that is how a wrong match is split).
 * @throws AppError `catalog.article_taken`, `catalog.article_empty`, `catalog.listing_not_found`.
 */
export async function createVariant(workspaceId: string, actor: Actor, input: CreateVariantInput, clock: Clock = systemClock): Promise<{ variantId: string }> {
  return inWorkspace(workspaceId, async (scope) => {
    const now = clock.now();
    await holdCatalog(scope);
    const variantId = newId();
    const variant = { id: variantId, sku: storable(input.sku).trim(), article: articleOf(input.sku), name: storable(input.name).trim() };
    const written = await insertVariants(scope, [{ ...variant, groupName: input.groupName ?? null, imageUrl: null, barcodes: input.barcodes }]);
    if (written.length === 0) throw conflict("catalog.article_taken", { sku: input.sku });
    if (input.onHand !== undefined) await changeStock(scope, actor.userId, [{ variantId, kind: "counted", quantity: input.onHand }], now);
    const bound = await bindListings(scope, input.productIds, variantId, "hand");
    if (bound.length < new Set(input.productIds).size) throw notFound("catalog.listing_not_found");
    await settleMatches(scope, [variantId, ...bound.flatMap((row) => row.before ?? [])], now);
    return { variantId };
  });
}

/** @throws AppError `catalog.variant_not_found`, `catalog.article_taken`, `catalog.article_empty`. */
export async function editVariant(workspaceId: string, actor: Actor, input: EditVariantInput, clock: Clock = systemClock): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    const now = clock.now();
    await holdCatalog(scope);
    const { variantId, sku, isArchived, ...words } = input;
    const article = sku === undefined ? undefined : articleOf(sku);
    if (article !== undefined) {
      const [other] = await findByArticles(scope, [article]);
      if (other !== undefined && other.id !== variantId) throw conflict("catalog.article_taken", { sku: sku ?? "" });
    }
    const found = await updateVariant(scope, variantId, {
      ...words,
      sku: sku?.trim(),
      article,
      archivedAt: isArchived === undefined ? undefined : isArchived ? now : null,
    });
    if (found === 0) throw notFound("catalog.variant_not_found");
    await writeAudit(scope, { actor: { kind: "user", id: actor.userId }, action: "variant.changed", subject: { type: "variant", id: variantId } });
    await settleMatches(scope, [variantId], now);
  });
}

/**
 * Says by hand what listings stand for: a variant, or nothing (`apart`), or what Karavan finds by itself (`auto`).
 * @throws AppError `catalog.listing_not_found`, `catalog.variant_not_found`.
 */
export async function matchByHand(
  workspaceId: string,
  productIds: readonly string[],
  to: { readonly variantId: string } | "apart" | "auto",
  clock: Clock = systemClock,
): Promise<void> {
  await inWorkspace(workspaceId, async (scope) => {
    await holdCatalog(scope);
    const variantId = typeof to === "string" ? null : to.variantId;
    if (variantId !== null && (await lockVariants(scope, [variantId])).length === 0) throw notFound("catalog.variant_not_found");
    const bound = await bindListings(scope, productIds, variantId, to === "auto" ? null : to === "apart" ? "apart" : "hand");
    if (bound.length < new Set(productIds).size) throw notFound("catalog.listing_not_found");
    const concerned = [...bound.flatMap((row) => row.before ?? []), ...(variantId === null ? [] : [variantId])];
    await settleMatches(scope, concerned, clock.now());
  });
}

/**
 * Makes variants of listings: one an article, so that listings of several shops with the same article become the same variant. Listings
 * without an article get the service's number for one.
 * @throws AppError `catalog.listing_not_found`.
 */
export async function makeVariants(
  workspaceId: string,
  productIds: readonly string[] | "unmatched",
  clock: Clock = systemClock,
): Promise<{ variantIds: string[] }> {
  return inWorkspace(
    workspaceId,
    async (scope) => {
      await holdCatalog(scope);
      const listings = await findListings(scope, productIds);
      if (productIds !== "unmatched" && listings.length < new Set(productIds).size) throw notFound("catalog.listing_not_found");
      const groups = groupBy(listings, (listing) => listing.article ?? normaliseArticle(listing.sku ?? listing.externalId) ?? listing.id);
      await insertVariants(
        scope,
        [...groups].map(([article, group]) => variantOf(article, group)),
      );
      const idOf = new Map((await findByArticles(scope, [...groups.keys()])).map((row) => [row.article, row.id]));
      const before: string[] = [];
      for (const [article, group] of groups) {
        const variantId = idOf.get(article);
        if (variantId === undefined) throw new Error("a variant just written is not there");
        // Those with an article are found by it, all at once.
        const named = group.filter((listing) => productIds !== "unmatched" || listing.article === null).map((listing) => listing.id);
        if (named.length === 0) continue;
        const bound = await bindListings(scope, named, variantId, "hand");
        before.push(...bound.flatMap((row) => row.before ?? []));
      }
      const variantIds = [...new Set(idOf.values())];
      await settleMatches(scope, [...before, ...variantIds], clock.now());
      return { variantIds };
    },
    { timeoutMs: 60_000 },
  );
}

/** Two variants are the same thing: listings, shelves, movements and reservations of the first go over to the second. */
export async function mergeVariants(workspaceId: string, actor: Actor, from: string, into: string, clock: Clock = systemClock): Promise<void> {
  if (from === into) throw invalid("catalog.merge_with_itself");
  await inWorkspace(workspaceId, async (scope) => {
    await holdCatalog(scope);
    if ((await lockVariants(scope, [from, into])).length < 2) throw notFound("catalog.variant_not_found");
    await absorbVariant(scope, from, into);
    await writeAudit(scope, {
      actor: { kind: "user", id: actor.userId },
      action: "variant.merged",
      subject: { type: "variant", id: into },
      details: { from },
    });
    await settleMatches(scope, [into], clock.now());
  });
}

async function settleMatches(scope: Scope, variantIds: readonly string[], now: Date): Promise<void> {
  const matched = await matchListings(scope, null);
  await rematchLines(scope, [...new Set([...variantIds, ...matched.map((match) => match.variantId)])], now);
}

function articleOf(sku: string): string {
  const article = normaliseArticle(storable(sku));
  if (article === null) throw invalid("catalog.article_empty");
  return article;
}

function variantOf(article: string, group: readonly ListingFacts[]) {
  const [first] = group;
  if (first === undefined) throw new RangeError("a variant of no listing");
  return {
    id: newId(),
    sku: (first.offerId ?? first.sku ?? first.externalId).trim(),
    article,
    name: first.variantName === null || first.name.includes(first.variantName) ? first.name : `${first.name}, ${first.variantName}`,
    groupName: first.groupRef === null ? null : first.name,
    imageUrl: group.find((listing) => listing.imageUrl !== null)?.imageUrl ?? null,
    barcodes: [...new Set(group.flatMap((listing) => listing.barcodes))],
  };
}
