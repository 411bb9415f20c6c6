import { createHash } from "node:crypto";
import type { ReadLine } from "./read-line";

/** By what a line of a file is recognised when it comes again. */
export type LineKey =
  /** The service's own line id at one of our shops: the key of `sale_line` itself. */
  | { readonly kind: "external"; readonly connectionId: string; readonly externalId: string }
  /** Its own id at a marketplace without a connection. */
  | { readonly kind: "id"; readonly importKey: string }
  /** Everything it says, and which of the lines of its file that say exactly the same it is. */
  | { readonly kind: "content"; readonly importKey: string };

const digest = (parts: readonly unknown[]) => createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/** The key of a line by its own id at a marketplace, whatever the shop. */
export function idKey({ place, ownId }: Pick<ReadLine, "place" | "ownId">): string {
  return `id:${digest([place.marketplace, place.organizationId, ownId])}`;
}

/**
 * Keys of the lines of one file, in their order. A line without an id of its own is keyed by everything it says, not by the file and its
 * row: next month's file with the same lines in it, sorted anew or saved in another encoding, adds only what is new. Two lines of one
 * file that say the same are two sales, and stay two (docs/decisions/0011-sales-from-files.md).
 */
export function keysOf(lines: readonly ReadLine[]): LineKey[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const { place, ownId } = line;
    if (ownId !== null && place.connectionId !== null) return { kind: "external", connectionId: place.connectionId, externalId: ownId };
    if (ownId !== null) return { kind: "id", importKey: idKey(line) };
    const content = digest(contentOf(line));
    const times = (seen.get(content) ?? 0) + 1;
    seen.set(content, times);
    return { kind: "content", importKey: `line:${content}:${times}` };
  });
}

function contentOf(line: ReadLine): readonly unknown[] {
  const { place, date, kind, quantity, currency } = line;
  const amounts = [line.revenueMinor, line.feesMinor, line.payoutMinor].map((minor) => (minor === null ? null : String(minor)));
  const words = [line.description, line.orderNumber, line.postingNumber, line.sku, line.offerId, line.productName, line.isPreliminary];
  return [place.organizationId, place.marketplace, place.connectionId, date, kind, quantity, ...amounts, currency, ...words];
}
