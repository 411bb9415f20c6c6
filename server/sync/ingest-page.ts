import { ingestProducts } from "@/server/catalog/index";
import { ingestConversations } from "@/server/inbox/index";
import type { OrdersPort } from "@/server/integrations/contract/orders";
import { countOf, type MessagingPort } from "@/server/integrations/contract/ports";
import type { RejectedRecord } from "@/server/integrations/contract/records";
import { keepDeadLetters, type PageCounts, resolveArrived } from "@/server/integrations/index";
import { ingestOrders } from "@/server/orders/index";
import { AppError, describeError } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import type { Scope } from "@/server/platform/transaction";
import { ingestSaleLines } from "@/server/sales/index";
import type { PulledPage } from "./pull-page";
import { guarded } from "./savepoint";

export interface IngestTarget {
  readonly connection: { readonly id: string; readonly organizationId: string; readonly connectorId: string };
  readonly runId?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly source: "poll" | "push";
  readonly isSame?: MessagingPort["isSame"] | undefined;
  readonly hasTaken?: OrdersPort["hasTaken"] | undefined;
}

interface Ingested {
  readonly applied: number;
  readonly duplicate: number;
  readonly rejected: readonly RejectedRecord[];
}

/** The records of one stream as the room that keeps them takes them. */
interface Batch {
  readonly kind: RejectedRecord["kind"];
  readonly size: number;
  /** How many units of the conservation line record `index` is. */
  units(index: number): number;
  identify(index: number): { readonly externalId: string; readonly payload: unknown };
  ingest(scope: Scope, indexes: readonly number[]): Promise<Ingested>;
}

/**
 * Applies a page in the caller's transaction and counts it. One bad record never stops a page: when the page as a whole is
 * refused, its records are applied one by one, and those that fail on their own are kept as dead letters.
 */
export async function ingestPage(scope: Scope, target: IngestTarget, pulled: PulledPage, now: Date): Promise<PageCounts> {
  const batch = batchOf(target, pulled, now);
  const { ingested, failed } = await applyBatch(scope, batch);
  const { page } = pulled;
  const setAside = [...page.rejected, ...ingested.rejected, ...failed.records];
  await keepDeadLetters(scope, { connectionId: target.connection.id, runId: target.runId, deliveryId: target.deliveryId }, setAside);
  const bad = new Set(setAside.map(keyOf));
  await resolveArrived(
    scope,
    target.connection.id,
    carriedBy(pulled).filter((record) => !bad.has(keyOf(record))),
    now,
  );
  return {
    received: page.received,
    applied: ingested.applied,
    duplicate: ingested.duplicate,
    rejected: ingested.rejected.length,
    deadLetter: page.rejected.length + failed.units,
  };
}

const keyOf = (record: { readonly kind: string; readonly externalId?: string | undefined }) => `${record.kind} ${record.externalId ?? ""}`;

function carriedBy(pulled: PulledPage): { kind: RejectedRecord["kind"]; externalId: string }[] {
  if (pulled.stream === "sales") return pulled.page.records.map(({ externalId }) => ({ kind: "sale", externalId }));
  if (pulled.stream === "orders") return pulled.page.records.map(({ externalId }) => ({ kind: "order", externalId }));
  if (pulled.stream === "products") return pulled.page.records.map(({ externalId }) => ({ kind: "product", externalId }));
  return pulled.page.records.flatMap(({ externalId, messages }) => [
    { kind: "conversation" as const, externalId },
    ...messages.map((message) => ({ kind: "message" as const, externalId: message.externalId })),
  ]);
}

async function applyBatch(scope: Scope, batch: Batch): Promise<{ ingested: Ingested; failed: { records: RejectedRecord[]; units: number } }> {
  const all = Array.from({ length: batch.size }, (_, index) => index);
  if (all.length === 0) return { ingested: { applied: 0, duplicate: 0, rejected: [] }, failed: { records: [], units: 0 } };
  const whole = await guarded(scope, () => batch.ingest(scope, all));
  if (whole.ok) return { ingested: whole.value, failed: { records: [], units: 0 } };
  logger.warn({ err: describeError(whole.error), kind: batch.kind, records: batch.size }, "a page is applied record by record");
  let sum: Ingested = { applied: 0, duplicate: 0, rejected: [] };
  const failed: { records: RejectedRecord[]; units: number } = { records: [], units: 0 };
  for (const index of all) {
    const one = await guarded(scope, () => batch.ingest(scope, [index]));
    if (one.ok) {
      sum = { applied: sum.applied + one.value.applied, duplicate: sum.duplicate + one.value.duplicate, rejected: [...sum.rejected, ...one.value.rejected] };
      continue;
    }
    failed.units += batch.units(index);
    failed.records.push({
      kind: batch.kind,
      ...batch.identify(index),
      errorCode: one.error instanceof AppError ? one.error.code : "sync.record_failed",
      errorText: describeError(one.error).message,
    });
  }
  return { ingested: sum, failed };
}

function batchOf(target: IngestTarget, pulled: PulledPage, now: Date): Batch {
  const { connection } = target;
  switch (pulled.stream) {
    case "chats":
    case "questions":
    case "reviews": {
      const { records } = pulled.page;
      return {
        ...shape("conversation", records),
        units: (index) => countOf(at(records, index)),
        async ingest(scope, indexes) {
          const conversations = indexes.map((index) => at(records, index));
          const result = await ingestConversations(scope, { connection, conversations, source: target.source, isSame: target.isSame });
          // The inbox counts messages; a conversation without any still is one record of the page.
          const empty =
            conversations.filter((conversation) => conversation.messages.length === 0).length -
            result.rejected.filter((record) => record.kind === "conversation").length;
          return { ...result, applied: result.applied + empty };
        },
      };
    }
    case "sales": {
      const { records } = pulled.page;
      return {
        ...shape("sale", records),
        ingest: (scope, indexes) => ingestSaleLines(scope, { connection, lines: indexes.map((index) => at(records, index)) }),
      };
    }
    case "products": {
      const { records } = pulled.page;
      return {
        ...shape("product", records),
        ingest: (scope, indexes) => ingestProducts(scope, { connection, products: indexes.map((index) => at(records, index)) }),
      };
    }
    case "orders": {
      const { records } = pulled.page;
      return {
        ...shape("order", records),
        ingest: (scope, indexes) =>
          ingestOrders(
            scope,
            { connection, orders: indexes.map((index) => at(records, index)), source: target.source, hasTaken: target.hasTaken },
            { now: () => now },
          ),
      };
    }
  }
}

function shape(kind: RejectedRecord["kind"], records: readonly { readonly externalId: string }[]): Omit<Batch, "ingest"> {
  return { kind, size: records.length, units: () => 1, identify: (index) => ({ externalId: at(records, index).externalId, payload: at(records, index) }) };
}

function at<T>(records: readonly T[], index: number): T {
  const record = records[index];
  if (record === undefined) throw new RangeError(`no record ${index}`);
  return record;
}
