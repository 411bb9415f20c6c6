import { newId } from "@/lib/ids";
import { storable } from "@/lib/storable";
import type { ExternalSaleLine, RejectedRecord } from "@/server/integrations/contract/records";
import type { Scope } from "@/server/platform/transaction";
import { lockSaleLines, type SaleRow, type SaleSource, settleLines, upsertSaleLines } from "./repository";
import { lineFault, sourceHash } from "./rules";

const ROWS_PER_STATEMENT = 4_000;

export interface IngestSaleLinesInput {
  readonly connection: SaleSource;
  readonly lines: readonly ExternalSaleLine[];
}

export interface IngestResult {
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedRecord[];
}

/**
 * Takes realised lines as a service tells them, keyed by (connection, its own line id): an unchanged repeat is a duplicate, a
 * corrected line replaces the old one; preliminary lines give way to the final ones of the same settlement. Runs in the caller's transaction (with the checkpoint).
 */
export async function ingestSaleLines(scope: Scope, { connection, lines }: IngestSaleLinesInput): Promise<IngestResult> {
  const rejected: RejectedRecord[] = [];
  const latest = new Map<string, ExternalSaleLine>();
  for (const line of lines) {
    const fault = lineFault(line);
    if (fault === null) latest.set(line.externalId, line);
    else
      rejected.push({
        kind: "sale",
        externalId: line.externalId,
        payload: payloadOf(line),
        errorCode: `sales.${fault}`,
        errorText: fault.replaceAll("_", " "),
      });
  }
  const rows = [...latest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1)).map(toRow);
  const keys = [...new Set(rows.flatMap(({ settlementKey }) => (settlementKey === null ? [] : [settlementKey])))];
  if (rows.length > 0) await lockSaleLines(scope, [connection.id]);
  let applied = 0;
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) applied += await upsertSaleLines(scope, connection, rows.slice(at, at + ROWS_PER_STATEMENT));
  await settleLines(scope, connection.id, keys);
  return { applied, duplicate: lines.length - rejected.length - applied, rejected };
}

const optional = (text: string | undefined) => (text === undefined || text === "" ? null : storable(text));

function toRow(line: ExternalSaleLine): SaleRow {
  return {
    id: newId(),
    externalId: line.externalId,
    kind: line.kind,
    date: line.date,
    quantity: line.quantity,
    revenueMinor: String(line.revenueMinor),
    feesMinor: String(line.feesMinor),
    payoutMinor: line.payoutMinor === undefined ? null : String(line.payoutMinor),
    currency: line.currency,
    description: storable(line.description),
    orderNumber: optional(line.orderNumber),
    postingNumber: optional(line.postingNumber),
    sku: optional(line.sku),
    offerId: optional(line.offerId),
    productName: optional(line.productName),
    isPreliminary: line.isPreliminary,
    feeDetails: line.fees.map((fee) => ({ typeId: fee.typeId, name: storable(fee.name), amountMinor: String(fee.amountMinor) })),
    sourceHash: sourceHash(line),
    settlementKey: optional(line.settlementKey),
  };
}

/** A dead letter is kept as JSON, which has no bigint. */
function payloadOf(line: ExternalSaleLine): unknown {
  return JSON.parse(JSON.stringify(line, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)));
}
