import { Prisma } from "@/server/platform/generated/client";
import type { Scope } from "@/server/platform/transaction";
import type { SaleFigures } from "../repository";
import type { SaleKind } from "../schema";
import type { KnownPlaces } from "./places";

/** Archived organizations and removed connections too: their sales of the past are still theirs. */
export async function findPlaces(scope: Scope): Promise<Omit<KnownPlaces, "marketplaces">> {
  const where = { workspaceId: scope.workspaceId };
  const organizations = await scope.db.organization.findMany({ where, select: { id: true, name: true } });
  const connections = await scope.db.connection.findMany({
    where,
    select: { id: true, name: true, connectorId: true, organizationId: true, removedAt: true },
  });
  return { organizations, connections: connections.map(({ removedAt, ...one }) => ({ ...one, isRemoved: removedAt !== null })) };
}

/** Until the transaction ends nobody else brings a file into this workspace or takes one back. */
export async function lockImports(scope: Scope): Promise<void> {
  await scope.db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sale-import:${scope.workspaceId}`}, 0))::text`;
}

/** What a known line says, to see whether the file says something else. */
export interface KnownLine {
  readonly date: string;
  readonly kind: SaleKind;
  readonly revenueMinor: bigint;
  readonly currency: string;
}

const SAID = Prisma.sql`to_char(s.date, 'YYYY-MM-DD') AS date, s.kind::text AS kind, s.revenue_minor AS "revenueMinor", s.currency`;

export interface ExternalKey {
  readonly at: number;
  readonly connectionId: string;
  readonly externalId: string;
}

/** Lines by a connection and the service's own id; `at` of each key that is there. */
export async function findByExternalId(scope: Scope, keys: readonly ExternalKey[]): Promise<(KnownLine & { readonly at: number })[]> {
  if (keys.length === 0) return [];
  return scope.db.$queryRaw(Prisma.sql`
    SELECT k.at, ${SAID} FROM unnest(${keys.map(({ at }) => at)}::integer[], ${keys.map(({ connectionId }) => connectionId)}::uuid[], ${keys.map(({ externalId }) => externalId)}::text[])
      AS k(at, connection_id, external_id) JOIN sale_line s ON s.connection_id = k.connection_id AND s.external_id = k.external_id
    WHERE s.workspace_id = ${scope.workspaceId}::uuid`);
}

export interface TextKey {
  readonly at: number;
  readonly key: string;
}

/** Lines that came with a file before, by their key. */
export async function findByImportKey(scope: Scope, keys: readonly TextKey[]): Promise<(KnownLine & { readonly at: number })[]> {
  if (keys.length === 0) return [];
  return scope.db.$queryRaw(Prisma.sql`
    SELECT k.at, ${SAID} FROM unnest(${keys.map(({ at }) => at)}::integer[], ${keys.map(({ key }) => key)}::text[]) AS k(at, import_key)
      JOIN sale_line s ON s.workspace_id = ${scope.workspaceId}::uuid AND s.import_key = k.import_key`);
}

/** Lines by our own id, as our export writes it for lines no service has named. */
export async function findById(scope: Scope, keys: readonly TextKey[]): Promise<(KnownLine & { readonly at: number })[]> {
  if (keys.length === 0) return [];
  return scope.db.$queryRaw(Prisma.sql`
    SELECT k.at, ${SAID} FROM unnest(${keys.map(({ at }) => at)}::integer[], ${keys.map(({ key }) => key)}::uuid[]) AS k(at, id)
      JOIN sale_line s ON s.id = k.id WHERE s.workspace_id = ${scope.workspaceId}::uuid`);
}

export interface ImportedRow extends SaleFigures {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string | null;
  readonly marketplace: string;
  readonly externalId: string | null;
  readonly importKey: string | null;
  readonly possibleDuplicateOfId: string | null;
}

/** A line that got there meanwhile stays as it is. The empty hash is no service's: the first news of the service itself replaces it. @returns how many were added. */
export async function insertImportedLines(scope: Scope, importId: string, rows: readonly ImportedRow[]): Promise<number> {
  return scope.db.$executeRaw`
    INSERT INTO sale_line (id, workspace_id, organization_id, connection_id, marketplace, external_id, import_id, import_key, kind, date, quantity, revenue_minor, fees_minor, payout_minor, currency, description,
      order_number, posting_number, sku, offer_id, product_name, is_preliminary, source_hash, possible_duplicate_of_id, updated_at)
    SELECT r.id, ${scope.workspaceId}::uuid, r."organizationId", r."connectionId", r.marketplace, r."externalId", ${importId}::uuid, r."importKey", r.kind::sale_kind, r.date, r.quantity, r."revenueMinor", r."feesMinor",
      r."payoutMinor", r.currency, r.description, r."orderNumber", r."postingNumber", r.sku, r."offerId", r."productName", r."isPreliminary", '', r."possibleDuplicateOfId", now()
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "organizationId" uuid, "connectionId" uuid, marketplace text, "externalId" text, "importKey" text, kind text, date date, quantity integer,
      "revenueMinor" bigint, "feesMinor" bigint, "payoutMinor" bigint, currency text, description text, "orderNumber" text, "postingNumber" text, sku text, "offerId" text, "productName" text, "isPreliminary" boolean,
      "possibleDuplicateOfId" uuid)
    ON CONFLICT DO NOTHING`;
}

export interface NewImport {
  readonly id: string;
  readonly fileName: string;
  readonly fileHash: string;
  readonly importedById: string;
  readonly rows: number;
  readonly added: number;
  readonly known: number;
  readonly possibleDuplicates: number;
  readonly rejected: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly totals: readonly { readonly currency: string; readonly revenueMinor: string }[];
  readonly createdAt: Date;
}

export async function insertImport(scope: Scope, { firstDay, lastDay, totals, ...fields }: NewImport): Promise<void> {
  await scope.db.saleImport.create({
    data: { ...fields, workspaceId: scope.workspaceId, firstDay: new Date(firstDay), lastDay: new Date(lastDay), totals: totals.map((one) => ({ ...one })) },
  });
}

/** When this very file was brought in last, and not taken back. */
export async function findImportedAt(scope: Scope, fileHash: string): Promise<Date | null> {
  const row = await scope.db.saleImport.findFirst({
    where: { workspaceId: scope.workspaceId, fileHash, undoneAt: null },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  return row?.createdAt ?? null;
}

export interface ImportRow {
  readonly id: string;
  readonly fileName: string;
  readonly at: Date;
  readonly byName: string | null;
  readonly rows: number;
  readonly added: number;
  readonly known: number;
  readonly possibleDuplicates: number;
  readonly rejected: number;
  readonly from: string;
  readonly to: string;
  readonly totals: unknown;
  readonly undoneAt: Date | null;
  readonly undoneByName: string | null;
}

export async function listImportRows(scope: Scope, limit: number): Promise<ImportRow[]> {
  return scope.db.$queryRaw<ImportRow[]>(Prisma.sql`
    SELECT i.id, i.file_name AS "fileName", i.created_at AS at, u.name AS "byName", i.rows, i.added, i.known, i.possible_duplicates AS "possibleDuplicates", i.rejected,
      to_char(i.first_day, 'YYYY-MM-DD') AS "from", to_char(i.last_day, 'YYYY-MM-DD') AS "to", i.totals, i.undone_at AS "undoneAt", w.name AS "undoneByName"
    FROM sale_import i LEFT JOIN "user" u ON u.id = i.imported_by_id LEFT JOIN "user" w ON w.id = i.undone_by_id
    WHERE i.workspace_id = ${scope.workspaceId}::uuid ORDER BY i.created_at DESC, i.id DESC LIMIT ${limit}`);
}

/** Null = there is no such import here. */
export async function findImport(
  scope: Scope,
  id: string,
): Promise<{ readonly fileName: string; readonly added: number; readonly undoneAt: Date | null } | null> {
  return scope.db.saleImport.findFirst({ where: { workspaceId: scope.workspaceId, id }, select: { fileName: true, added: true, undoneAt: true } });
}

/** The shops whose lines change when a file is taken back: of its lines, and of those marked as their possible duplicates. */
export async function findShopsOfImport(scope: Scope, importId: string): Promise<(string | null)[]> {
  const rows = await scope.db.$queryRaw<{ connectionId: string | null }[]>`
    SELECT DISTINCT s.connection_id AS "connectionId" FROM sale_line s WHERE s.workspace_id = ${scope.workspaceId}::uuid AND s.import_id = ${importId}::uuid
    UNION SELECT d.connection_id FROM sale_line s JOIN sale_line d ON d.possible_duplicate_of_id = s.id
      WHERE s.workspace_id = ${scope.workspaceId}::uuid AND s.import_id = ${importId}::uuid AND d.workspace_id = s.workspace_id`;
  return rows.map(({ connectionId }) => connectionId);
}

/**
 * Takes the lines of a file away. A line that was marked as a possible duplicate of one of them is marked by the next oldest like it,
 * or not at all. @returns how many went.
 */
export async function deleteImportedLines(scope: Scope, importId: string): Promise<number> {
  const removed = await scope.db.$queryRaw<{ id: string }[]>`
    DELETE FROM sale_line WHERE workspace_id = ${scope.workspaceId}::uuid AND import_id = ${importId}::uuid RETURNING id`;
  await scope.db.$executeRaw`
    UPDATE sale_line d SET updated_at = now(), possible_duplicate_of_id = (
      SELECT t.id FROM sale_line t WHERE t.workspace_id = d.workspace_id AND t.organization_id = d.organization_id AND t.date = d.date AND t.marketplace = d.marketplace
        AND t.revenue_minor = d.revenue_minor AND t.currency = d.currency AND (t.created_at, t.id) < (d.created_at, d.id)
      ORDER BY t.created_at, t.id LIMIT 1)
    WHERE d.workspace_id = ${scope.workspaceId}::uuid AND d.possible_duplicate_of_id = ANY(${removed.map(({ id }) => id)}::uuid[])`;
  return removed.length;
}

export async function markUndone(scope: Scope, importId: string, userId: string, at: Date): Promise<void> {
  await scope.db.saleImport.updateMany({ where: { workspaceId: scope.workspaceId, id: importId }, data: { undoneAt: at, undoneById: userId } });
}
