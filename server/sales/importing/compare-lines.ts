import { newId } from "@/lib/ids";
import type { Scope } from "@/server/platform/transaction";
import { findTwins, type TwinKey } from "../repository";
import { type ExternalKey, findByExternalId, findById, findByImportKey, type ImportedRow, type KnownLine, type TextKey } from "./import.repository";
import { idKey, keysOf, type LineKey } from "./line-key";
import type { KnownPlaces } from "./places";
import type { ReadLine } from "./read-line";

/** A line of a file beside what is stored already. */
export interface ComparedLine {
  readonly source: ReadLine;
  /** Null = it is here already. */
  readonly row: ImportedRow | null;
  /** It is here, and says another day, kind or revenue. */
  readonly differs: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Which lines are new, which are here already, and which of the new ones may repeat another. */
export async function compareLines(scope: Scope, lines: readonly ReadLine[], known: KnownPlaces): Promise<ComparedLine[]> {
  const keys = keysOf(lines);
  const here = await findKnown(scope, lines, keys, known);
  const twins = await twinsOf(
    scope,
    lines.flatMap((line, at) => (here.has(at) || line.ownId !== null ? [] : [{ at, line, id: newId() }])),
  );
  return lines.map((source, at) => {
    const stored = here.get(at);
    if (stored !== undefined) return { source, row: null, differs: !saysTheSame(source, stored) };
    const twin = twins.get(at);
    return { source, row: rowOf(source, keys[at], twin?.id ?? newId(), twin?.of ?? null), differs: false };
  });
}

const saysTheSame = (line: ReadLine, stored: KnownLine): boolean =>
  line.date === stored.date && line.kind === stored.kind && line.revenueMinor === stored.revenueMinor && line.currency === stored.currency;

/** The stored line of each line that is here, by its position. */
async function findKnown(scope: Scope, lines: readonly ReadLine[], keys: readonly LineKey[], known: KnownPlaces): Promise<ReadonlyMap<number, KnownLine>> {
  const external: ExternalKey[] = [];
  const texts: TextKey[] = [];
  const ids: TextKey[] = [];
  for (const [at, line] of lines.entries()) {
    const key = keys[at];
    if (key !== undefined && key.kind !== "external") texts.push({ at, key: key.importKey });
    if (line.ownId === null) continue;
    // Brought in once by the marketplace and once by the shop, a line with an id of its own is the same line.
    if (key?.kind === "external") texts.push({ at, key: idKey(line) });
    for (const connectionId of shopsOf(line, known)) external.push({ at, connectionId, externalId: line.ownId });
    if (UUID.test(line.ownId)) ids.push({ at, key: line.ownId });
  }
  const found = [...(await findByExternalId(scope, external)), ...(await findByImportKey(scope, texts)), ...(await findById(scope, ids))];
  return new Map(found.map(({ at, ...stored }) => [at, stored]));
}

function shopsOf({ place }: ReadLine, { connections }: KnownPlaces): string[] {
  if (place.connectionId !== null) return [place.connectionId];
  return connections.filter((one) => one.connectorId === place.marketplace && one.organizationId === place.organizationId).map(({ id }) => id);
}

interface Candidate {
  readonly at: number;
  readonly line: ReadLine;
  readonly id: string;
}

/** New lines without an id of their own, each with the older line it may repeat: one that is stored, else one further up in the file. */
async function twinsOf(scope: Scope, candidates: readonly Candidate[]): Promise<ReadonlyMap<number, { readonly id: string; readonly of: string | null }>> {
  const stored = await findTwins(
    scope,
    candidates.map(({ line }) => twinKeyOf(line)),
  );
  const inFile = new Map<string, string>();
  return new Map(
    candidates.map(({ at, line, id }, index) => {
      const { revenueMinor, ...rest } = twinKeyOf(line);
      const key = JSON.stringify([...Object.values(rest), String(revenueMinor)]);
      const above = inFile.get(key) ?? null;
      if (above === null) inFile.set(key, id);
      return [at, { id, of: stored[index] ?? above }];
    }),
  );
}

function twinKeyOf({ date, place, revenueMinor, currency }: ReadLine): TwinKey {
  return { date, marketplace: place.marketplace, organizationId: place.organizationId, revenueMinor, currency };
}

function rowOf(line: ReadLine, key: LineKey | undefined, id: string, possibleDuplicateOfId: string | null): ImportedRow {
  const { place, ownId, line: _line, rounded: _rounded, revenueMinor, feesMinor, payoutMinor, ...fields } = line;
  return {
    ...fields,
    id,
    organizationId: place.organizationId,
    connectionId: place.connectionId,
    marketplace: place.marketplace,
    externalId: ownId,
    importKey: key === undefined || key.kind === "external" ? null : key.importKey,
    revenueMinor: String(revenueMinor),
    feesMinor: String(feesMinor),
    payoutMinor: payoutMinor === null ? null : String(payoutMinor),
    possibleDuplicateOfId,
  };
}
