import { z } from "zod";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { listAlerts } from "./alerts/list-alerts";
import { listCalls } from "./connections/calls";
import { createWebhookAddress } from "./connections/create-webhook-address";
import { changeConnection, createConnection, requireConnection } from "./connections/save-connection";
import { removeConnection, setActive } from "./connections/set-active";
import { testConnection, testDraft } from "./connections/test-connection";
import { connectorCatalog, getConnection, listConnections } from "./connections/view";
import { consoleRouter } from "./console/router";
import { getDelivery, listDeliveries, replayDeliveries, replayDelivery } from "./intake/deliveries";
import { refusedToday } from "./intake/refusals";
import { subscribeWebhook } from "./intake/subscribe-webhook";
import { testWebhook } from "./intake/test-webhook";
import * as s from "./schema";
import { listDeadLetters, requestDeadLetterReplay } from "./sync/dead-letters";
import { cancelRun } from "./sync/end-run";
import { syncNow } from "./sync/queue-run";
import { getRun, listRuns, runView } from "./sync/run-view";

const read = permitted("connections.read");
const manage = permitted("connections.manage");
const sync = permitted("sync.run");

/** Payloads of calls, pushes and dead letters may hold buyers' words: they are for those who manage connections. */
export const integrationsRouter = router({
  connectors: read.output(z.array(s.connectorOutput)).query(() => connectorCatalog()),
  list: read.output(z.array(s.connectionOutput)).query(({ ctx }) => listConnections(ctx.workspaceId)),
  get: read
    .input(s.connectionIdInput)
    .output(s.connectionOutput)
    .query(({ ctx, input }) => getConnection(ctx.workspaceId, input.id)),

  create: manage
    .input(s.createConnectionInput)
    .output(s.connectionOutput)
    .mutation(async ({ ctx, input }) => getConnection(ctx.workspaceId, await createConnection(ctx.workspaceId, input, ctx.actor))),
  update: manage
    .input(s.updateConnectionInput)
    .output(s.connectionOutput)
    .mutation(async ({ ctx, input }) => {
      await changeConnection(ctx.workspaceId, input, ctx.actor);
      return getConnection(ctx.workspaceId, input.id);
    }),
  setActive: manage
    .input(s.setActiveInput)
    .output(s.connectionOutput)
    .mutation(async ({ ctx, input }) => {
      await setActive(ctx.workspaceId, input.id, input.isActive, ctx.actor);
      return getConnection(ctx.workspaceId, input.id);
    }),
  remove: manage
    .input(s.connectionIdInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeConnection(ctx.workspaceId, input.id, ctx.actor)),
  test: manage
    .input(s.connectionIdInput)
    .output(s.testOutput)
    .mutation(({ ctx, input }) => testConnection(ctx.workspaceId, input.id, ctx.actor)),
  testDraft: manage
    .input(s.testDraftInput)
    .output(s.testOutput)
    .mutation(({ ctx, input }) => testDraft(ctx.workspaceId, input)),
  createWebhookAddress: manage
    .input(s.connectionIdInput)
    .output(s.webhookAddressOutput)
    .mutation(({ ctx, input }) => createWebhookAddress(ctx.workspaceId, input.id, ctx.actor)),

  syncNow: sync
    .input(s.syncNowInput)
    .output(s.syncNowOutput)
    .mutation(async ({ ctx, input }) => ({ runs: (await syncNow(ctx.workspaceId, input, ctx.actor)).map(runView) })),
  runs: router({
    list: read
      .input(s.listRunsInput)
      .output(s.listRunsOutput)
      .query(async ({ ctx, input }) => ({ runs: await listRuns(ctx.workspaceId, input) })),
    get: read
      .input(s.connectionIdInput)
      .output(s.runOutput)
      .query(({ ctx, input }) => getRun(ctx.workspaceId, input.id)),
    cancel: sync
      .input(s.connectionIdInput)
      .output(z.void())
      .mutation(({ ctx, input }) => cancelRun(ctx.workspaceId, input.id, ctx.actor)),
  }),

  console: consoleRouter,
  alerts: router({
    list: read
      .input(s.listAlertsInput)
      .output(s.listAlertsOutput)
      .query(async ({ ctx, input }) => ({ alerts: await listAlerts(ctx.workspaceId, input) })),
  }),
  calls: router({
    list: manage
      .input(s.listCallsInput)
      .output(s.listCallsOutput)
      .query(async ({ ctx, input }) => ({ calls: await listCalls(ctx.workspaceId, input) })),
  }),
  deliveries: router({
    list: manage
      .input(s.listDeliveriesInput)
      .output(s.listDeliveriesOutput)
      .query(async ({ ctx, input }) => ({ deliveries: await listDeliveries(ctx.workspaceId, input) })),
    get: manage
      .input(s.connectionIdInput)
      .output(s.getDeliveryOutput)
      .query(({ ctx, input }) => getDelivery(ctx.workspaceId, input.id)),
    /** Forged, garbled or oversized pushes to this connection within the current day. */
    refused: manage
      .input(s.connectionIdInput)
      .output(s.refusedOutput)
      .query(async ({ ctx, input }) => {
        const connection = await inWorkspace(ctx.workspaceId, (scope) => requireConnection(scope, input.id));
        return { today: await refusedToday(connection.connectorId, connection.id) };
      }),
    replay: manage
      .input(s.connectionIdInput)
      .output(z.void())
      .mutation(({ ctx, input }) => replayDelivery(ctx.workspaceId, input.id, ctx.actor)),
    replayMany: manage
      .input(s.replayDeliveriesInput)
      .output(s.replayDeliveriesOutput)
      .mutation(({ ctx, input }) => replayDeliveries(ctx.workspaceId, input, ctx.actor)),
    schedule: read.output(s.retryScheduleOutput).query(() => ({ seconds: [...s.RETRY_SCHEDULE_SECONDS] })),
  }),
  webhooks: router({
    /** A new address, told to the service by its API; the old one counts until the service took it. */
    subscribe: manage
      .input(s.connectionIdInput)
      .output(z.void())
      .mutation(({ ctx, input }) => subscribeWebhook(ctx.workspaceId, input.id, ctx.actor)),
    test: manage
      .input(s.connectionIdInput)
      .output(s.webhookTestOutput)
      .mutation(({ ctx, input }) => testWebhook(ctx.workspaceId, input.id, ctx.actor)),
  }),
  deadLetters: router({
    list: manage
      .input(s.listDeadLettersInput)
      .output(s.listDeadLettersOutput)
      .query(async ({ ctx, input }) => ({ deadLetters: await listDeadLetters(ctx.workspaceId, input) })),
    replay: manage
      .input(s.connectionIdInput)
      .output(z.void())
      .mutation(({ ctx, input }) => requestDeadLetterReplay(ctx.workspaceId, input.id)),
  }),
});
