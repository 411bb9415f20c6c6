import { z } from "zod";
import { type Clock, systemClock } from "@/server/platform/clock";
import { notFound } from "@/server/platform/errors";
import { inWorkspace, type Scope } from "@/server/platform/transaction";
import { findConnector, listConnectors } from "../registry";
import { type ConnectionView, type ConnectorView, healthStateSchema, type StreamView, streamIdSchema } from "../schema";
import { runsByIds } from "../sync/run.repository";
import { runView } from "../sync/run-view";
import { type ConnectionCard, findCard, listCards } from "./connection.repository";
import { expiryOf, isSendingBlocked } from "./rules";

const textsSchema = z.record(z.string(), z.string());
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** The connectors a person may choose from, with the fields their forms are drawn from. */
export function connectorCatalog(): ConnectorView[] {
  return listConnectors().map((connector) => ({
    id: connector.id,
    label: connector.label,
    fields: connector.credentials.fields.map(({ name, secret, optional, example }) => ({
      name,
      secret,
      optional: optional ?? false,
      example: example ?? null,
    })),
    streams: connector.streams.map((stream) => ({ ...stream })),
    hasWebhook: connector.webhook !== undefined,
    canSubscribe: connector.webhook?.subscribe !== undefined,
  }));
}

export async function listConnections(workspaceId: string, clock: Clock = systemClock): Promise<ConnectionView[]> {
  return inWorkspace(workspaceId, async (scope) => views(scope, await listCards(scope), clock.now()));
}

/** @throws AppError `connection.not_found`. */
export async function getConnection(workspaceId: string, id: string, clock: Clock = systemClock): Promise<ConnectionView> {
  return inWorkspace(workspaceId, async (scope) => {
    const card = await findCard(scope, id);
    const [view] = card === null ? [] : await views(scope, [card], clock.now());
    if (view === undefined) throw notFound("connection.not_found");
    return view;
  });
}

async function views(scope: Scope, cards: readonly ConnectionCard[], now: Date): Promise<ConnectionView[]> {
  const runIds = cards.flatMap((card) => card.streams.flatMap((stream) => (stream.lastRunId === null ? [] : [stream.lastRunId])));
  const runs = new Map((await runsByIds(scope, runIds)).map((run) => [run.id, runView(run)]));
  return cards.map((card) => {
    const connector = findConnector(card.connectorId);
    const streams = card.streams.map(
      (stream): StreamView => ({
        stream: streamIdSchema.parse(stream.stream),
        isEnabled: stream.isEnabled,
        intervalSeconds: stream.intervalSeconds,
        minIntervalSeconds: connector?.streams.find((entry) => entry.id === stream.stream)?.minIntervalSeconds ?? stream.intervalSeconds,
        nextDueAt: stream.nextDueAt,
        lastSuccessAt: stream.lastSuccessAt,
        lastErrorAt: stream.lastErrorAt,
        lastErrorCode: stream.lastErrorCode,
        failures: stream.failures,
        lastRun: runs.get(stream.lastRunId ?? "") ?? null,
      }),
    );
    return toView(card, connector?.label ?? card.connectorId, streams, now);
  });
}

function toView(card: ConnectionCard, connectorLabel: string, streams: StreamView[], now: Date): ConnectionView {
  const state = healthStateSchema.parse(card.health);
  return {
    id: card.id,
    connectorId: card.connectorId,
    connectorLabel,
    organizationId: card.organizationId,
    name: card.name,
    isActive: card.isActive,
    autoSync: card.autoSync,
    baseUrl: card.baseUrl,
    accountRef: card.accountRef,
    health: {
      state: card.isActive ? state : "disabled",
      code: card.healthCode,
      params: paramsSchema.catch({}).parse(card.healthParams),
      checkedAt: card.healthCheckedAt,
    },
    sendingBlocked: isSendingBlocked(state),
    credentialsExpireAt: card.credentialsExpireAt,
    expiry: expiryOf(card.credentialsExpireAt, now),
    credentialHints: textsSchema.catch({}).parse(card.credential?.hints ?? {}),
    streams,
    ...summary(card, streams),
    hasWebhookAddress: card.webhookTokenHash !== null,
    pushes: card.pushesSubscribedAt === null ? null : { checkedAt: card.pushesCheckedAt, errorCode: card.pushesErrorCode },
    createdAt: card.createdAt,
  };
}

function summary(card: ConnectionCard, streams: readonly StreamView[]): Pick<ConnectionView, "lastSync" | "nextSyncAt" | "freshAsOf"> {
  const enabled = streams.filter((stream) => stream.isEnabled);
  const runs = enabled.flatMap((stream) => (stream.lastRun === null ? [] : [stream.lastRun])).sort((a, b) => b.queuedAt.getTime() - a.queuedAt.getTime());
  const running = runs.find((run) => run.status === "queued" || run.status === "running");
  const last = running ?? runs[0];
  const successes = enabled.map((stream) => stream.lastSuccessAt?.getTime());
  const due = enabled.map((stream) => stream.nextDueAt.getTime());
  return {
    lastSync:
      last === undefined
        ? null
        : {
            at: last.endedAt ?? last.startedAt ?? last.queuedAt,
            result: running !== undefined ? "running" : last.status === "succeeded" ? "success" : "error",
            errorCode: last.errorCode,
          },
    nextSyncAt: !card.isActive || !card.autoSync || due.length === 0 ? null : new Date(Math.min(...due)),
    freshAsOf: successes.length === 0 || successes.some((at) => at === undefined) ? null : new Date(Math.min(...successes.map((at) => at ?? 0))),
  };
}
