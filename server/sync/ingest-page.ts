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
 * refused, it is applied in parts, and the records that fail on their own are kept as dead letters.
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

interface Applied {
  readonly ingested: Ingested;
  readonly failed: { readonly records: readonly RejectedRecord[]; readonly units: number };
}

const NOTHING: Applied = { ingested: { applied: 0, duplicate: 0, rejected: [] }, failed: { records: [], units: 0 } };

async function applyBatch(scope: Scope, batch: Batch): Promise<Applied> {
  const all = Array.from({ length: batch.size }, (_, index) => index);
  return all.length === 0 ? NOTHING : applyPart(scope, batch, all);
}

/** What is refused as a whole is halved, and halved again: a bad record among thousands costs a few dozen attempts, not thousands. */
async function applyPart(scope: Scope, batch: Batch, indexes: readonly number[]): Promise<Applied> {
  const whole = await guarded(scope, () => batch.ingest(scope, indexes));
  if (whole.ok) return { ingested: whole.value, failed: NOTHING.failed };
  const [first = 0, ...rest] = indexes;
  if (rest.length === 0) return failedOne(batch, first, whole.error);
  if (indexes.length === batch.size) logger.warn({ err: describeError(whole.error), kind: batch.kind, records: batch.size }, "a page is applied in parts");
  const middle = Math.ceil(indexes.length / 2);
  return together(await applyPart(scope, batch, indexes.slice(0, middle)), await applyPart(scope, batch, indexes.slice(middle)));
}

function failedOne(batch: Batch, index: number, error: unknown): Applied {
  const record: RejectedRecord = {
    kind: batch.kind,
    ...batch.identify(index),
    errorCode: error instanceof AppError ? error.code : "sync.record_failed",
    errorText: describeError(error).message,
  };
  return { ...NOTHING, failed: { records: [record], units: batch.units(index) } };
}

function together(left: Applied, right: Applied): Applied {
  return {
    ingested: {
      applied: left.ingested.applied + right.ingested.applied,
      duplicate: left.ingested.duplicate + right.ingested.duplicate,
      rejected: [...left.ingested.rejected, ...right.ingested.rejected],
    },
    failed: { records: [...left.failed.records, ...right.failed.records], units: left.failed.units + right.failed.units },
  };
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
