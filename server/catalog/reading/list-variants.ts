import { findConnector } from "@/server/integrations/index";
import { notFound } from "@/server/platform/errors";
import type { Scope } from "@/server/platform/transaction";
import { groupBy } from "../group-by";
import { availableOf } from "../rules";
import type { CatalogOverview, ListVariantsInput, MovementView, OfferView, VariantDetail, VariantView } from "../schema";
import { findOffersOf } from "./offer.repository";
import { offerViews } from "./offer-view";
import { countCatalog, findVariant, listChannelRows, listHeld, listMovements, listVariantRows, type VariantRecord } from "./variant.repository";

/** A page of variants, each with its listings. */
export async function listVariants(
  scope: Scope,
  input: ListVariantsInput,
): Promise<{ variants: VariantView[]; nextCursor: { name: string; id: string } | null }> {
  const rows = await listVariantRows(scope, input);
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const offers = await offersOf(scope, shown);
  return { variants: shown.map((row) => viewOf(row, offers)), nextCursor: last === undefined ? null : { name: last.name, id: last.id } };
}

/** @throws AppError `catalog.variant_not_found`. */
export async function getVariant(scope: Scope, variantId: string): Promise<VariantDetail> {
  const row = await findVariant(scope, variantId);
  if (row === null) throw notFound("catalog.variant_not_found");
  const offers = await offersOf(scope, [row]);
  const movements = (await listMovements(scope, variantId)).map((movement) => ({ ...movement, kind: asMovement(movement.kind) }));
  return { ...viewOf(row, offers), movements, reservations: await listHeld(scope, variantId) };
}

/** How much of everything there is, and the channels it is sold in. */
export async function catalogOverview(scope: Scope): Promise<CatalogOverview> {
  const counts = await countCatalog(scope);
  const channels = (await listChannelRows(scope)).map(({ isEnabled, buffer, cap, turnoverPercent, ...row }) => {
    const offers = findConnector(row.connectorId)?.offers;
    return {
      ...row,
      writesStock: offers?.stock !== undefined,
      writesPrices: offers?.price !== undefined,
      rule: { isEnabled, buffer, cap, turnoverPercent },
    };
  });
  return { ...counts, channels };
}

async function offersOf(scope: Scope, rows: readonly VariantRecord[]): Promise<ReadonlyMap<string | null, OfferView[]>> {
  const ids = rows.map((row) => row.id);
  return groupBy(await offerViews(scope, await findOffersOf(scope, ids)), (offer) => offer.variantId);
}

function viewOf({ archivedAt, ...row }: VariantRecord, offers: ReadonlyMap<string | null, OfferView[]>): VariantView {
  return { ...row, available: availableOf(row), isArchived: archivedAt !== null, offers: offers.get(row.id) ?? [] };
}

const MOVEMENTS = ["counted", "received", "written_off", "shipped", "returned"] as const;

function asMovement(text: string): MovementView["kind"] {
  const kind = MOVEMENTS.find((known) => known === text);
  if (kind === undefined) throw new Error(`stock cannot be ${text}`);
  return kind;
}
