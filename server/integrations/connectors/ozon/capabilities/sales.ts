import { z } from "zod";
import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, DateWindow, PullPage, PullWarning, SalesPort } from "../../../contract/ports";
import type { ExternalSaleLine, RejectedRecord } from "../../../contract/records";
import { type OzonClient, ozonClient } from "../client";
import { ENDPOINTS } from "../endpoints";
import { toProduct } from "../mapper";
import { mergeLines, toSaleLines } from "../sale-lines";
import { accrualSchema, type RemotePostingAccruals } from "../schemas";
import { optional } from "./optional";

const DAY_MS = 86_400_000;
/** The service knows nothing before this day. */
const FIRST_DAY = "2022-01-01";
const POSTINGS_A_CALL = 200;
const SKUS_A_CALL = 1_000;

const cursorSchema = z.object({ day: z.iso.date() });

/** The UTC days of a window, its end excluded; the whole API is in UTC. */
export function daysOf(window: DateWindow): string[] {
  const days: string[] = [];
  const last = Math.max(window.from.getTime(), window.to.getTime() - 1);
  for (let at = Date.parse(window.from.toISOString().slice(0, 10)); at <= last; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day >= FIRST_DAY) days.push(day);
  }
  return days;
}

/**
 * One page is one day: lines that share an id are added up, and that is only right over a whole day.
 */
async function pull(context: ConnectorContext, input: Parameters<SalesPort["pull"]>[1]): Promise<PullPage<ExternalSaleLine>> {
  const days = daysOf(input.window);
  const index = input.cursor === undefined ? 0 : indexOf(days, input.cursor);
  const day = days[index];
  if (day === undefined) return { records: [], rejected: [], received: 0, progress: { done: days.length, total: days.length } };
  const client = ozonClient(context);
  const read = await readDay(context, client, day);
  const next = days[index + 1];
  return {
    ...read,
    received: read.records.length + read.rejected.length,
    ...(next === undefined ? {} : { next: { day: next } }),
    progress: { done: index + 1, total: days.length },
  };
}

function indexOf(days: readonly string[], cursor: Readonly<Record<string, unknown>>): number {
  const parsed = cursorSchema.safeParse(cursor);
  if (!parsed.success) throw new ConnectorError("invalid", "remote.cursor", { cause: parsed.error });
  const index = days.findIndex((day) => day >= parsed.data.day);
  return index === -1 ? days.length : index;
}

type Day = Pick<PullPage<ExternalSaleLine>, "records" | "rejected" | "warnings">;

async function readDay(context: ConnectorContext, client: OzonClient, day: string): Promise<Day> {
  const accruals = await readAccruals(client, day);
  if (accruals.length === 0) return { records: [], rejected: [] };
  const warnings: PullWarning[] = [];
  const types = await optional(context, ENDPOINTS.accrualTypes, warnings, new Map<string, string>(), () => readTypes(client));
  const rejected: RejectedRecord[] = [];
  const lines: ExternalSaleLine[] = [];
  for (const raw of accruals) {
    const mapped = mapAccrual(raw, types);
    if (Array.isArray(mapped)) lines.push(...mapped);
    else rejected.push(mapped);
  }
  const counted = await withQuantities(context, client, mergeLines(lines), warnings);
  const records = await withProducts(context, client, counted, warnings);
  return { records, rejected, ...(warnings.length === 0 ? {} : { warnings }) };
}

/** @throws ConnectorError `malformed` when the pages of a day go in a circle. */
async function readAccruals(client: OzonClient, day: string): Promise<unknown[]> {
  const accruals: unknown[] = [];
  const seen = new Set<string>();
  let lastId = "";
  for (;;) {
    const page = await client.accrualsByDay(day, lastId);
    accruals.push(...page.accruals);
    if (page.last_id === undefined || page.accruals.length === 0 || page.last_id === lastId) return accruals;
    if (seen.has(page.last_id)) throw new ConnectorError("malformed", undefined, { params: { method: ENDPOINTS.accrualByDay } });
    seen.add(page.last_id);
    lastId = page.last_id;
  }
}

function mapAccrual(raw: unknown, types: ReadonlyMap<string, string>): ExternalSaleLine[] | RejectedRecord {
  const parsed = accrualSchema.safeParse(raw);
  if (!parsed.success) return rejection(raw, "ozon.accrual_shape", z.prettifyError(parsed.error));
  try {
    return toSaleLines(parsed.data, { types });
  } catch (error) {
    if (error instanceof RangeError) return rejection(raw, "ozon.accrual_amount", error.message, parsed.data.unit_number);
    throw error;
  }
}

function rejection(payload: unknown, errorCode: string, errorText: string, externalId?: string): RejectedRecord {
  return { kind: "sale", externalId, payload, errorCode, errorText: errorText.slice(0, 500) };
}

async function readTypes(client: OzonClient): Promise<Map<string, string>> {
  const { accrual_types: types } = await client.accrualTypes();
  return new Map(types.map((type) => [type.id, type.name || (type.description ?? type.id)]));
}

async function withQuantities(
  context: ConnectorContext,
  client: OzonClient,
  lines: readonly ExternalSaleLine[],
  warnings: PullWarning[],
): Promise<readonly ExternalSaleLine[]> {
  const open = lines.filter(lacksQuantity);
  const postings = [...new Set(open.flatMap((line) => line.postingNumber ?? []))];
  const found: RemotePostingAccruals[] = [];
  for (let start = 0; start < postings.length; start += POSTINGS_A_CALL) {
    const batch = postings.slice(start, start + POSTINGS_A_CALL);
    found.push(...(await optional(context, ENDPOINTS.accrualPostings, warnings, [], async () => (await client.accrualsOfPostings(batch)).posting_accruals)));
  }
  const pieces = piecesOf(found);
  return lines.map((line) => {
    if (!lacksQuantity(line)) return line;
    const told = pieces.get(pieceKey(line.postingNumber, line.date, line.sku)) ?? 1;
    return { ...line, quantity: line.kind === "return" ? -told : told };
  });
}

function lacksQuantity(line: ExternalSaleLine): boolean {
  return line.quantity === 0 && (line.kind === "sale" || line.kind === "return");
}

function pieceKey(posting: string | undefined, date: string, sku: string | undefined): string {
  return [posting, date, sku].join("|");
}

/** Every accrual of a posting repeats the pieces it is for: the largest number is the quantity. */
function piecesOf(found: readonly RemotePostingAccruals[]): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const posting of found) {
    for (const accrual of posting.accruals) {
      const key = pieceKey(posting.posting_number, accrual.accrual_date.slice(0, 10), accrual.sku);
      const quantity = Math.abs(accrual.quantity ?? 0);
      if (quantity > (pieces.get(key) ?? 0)) pieces.set(key, quantity);
    }
  }
  return pieces;
}

async function withProducts(
  context: ConnectorContext,
  client: OzonClient,
  lines: readonly ExternalSaleLine[],
  warnings: PullWarning[],
): Promise<readonly ExternalSaleLine[]> {
  const skus = [...new Set(lines.flatMap((line) => line.sku ?? []))];
  const named = new Map<string, { readonly name: string; readonly offerId: string | undefined }>();
  for (let start = 0; start < skus.length; start += SKUS_A_CALL) {
    const batch = skus.slice(start, start + SKUS_A_CALL);
    const items = await optional(context, ENDPOINTS.productInfo, warnings, [], async () => (await client.productInfo({ skus: batch })).items);
    for (const item of items) {
      const { name, offerId } = toProduct(item);
      for (const sku of [item.sku, ...item.sources.map((source) => source.sku)]) if (sku !== undefined) named.set(sku, { name, offerId });
    }
  }
  return lines.map((line) => {
    const product = line.sku === undefined ? undefined : named.get(line.sku);
    if (product === undefined) return line;
    const isSale = line.kind === "sale" || line.kind === "return";
    return { ...line, productName: product.name, offerId: product.offerId, description: isSale ? product.name : line.description };
  });
}

export const ozonSales: SalesPort = { maxWindowDays: 90, rereadDays: 14, pull };
