import { randomUUID } from "node:crypto";
import type { StreamId } from "@/server/integrations/contract/connector";
import type { BenchSource } from "./source";

const STEP_MS = 15_000;

export interface Shop {
  /** Carries a run of the stream to its end. @returns how many milliseconds of it the run only waited because the service is slow, and what it applied. */
  sync(stream: StreamId): Promise<{ readonly waitedMs: number; readonly applied: number }>;
}

/** A connection to the source whose limits of calls are lifted: they would be the only thing measured. */
export async function openShop({ connectorId, credentials, facts }: BenchSource, baseUrl: string): Promise<Shop> {
  const { createConnection, openConnection, syncNow } = await import("@/server/integrations/index");
  const { makeContext } = await import("@/server/integrations/connections/open-connection");
  const { runPages } = await import("@/server/sync/index");
  const { db } = await import("@/server/platform/db");
  const workspaceId = randomUUID();
  const organizationId = randomUUID();
  await db.workspace.create({ data: { id: workspaceId, name: "Bench", organizations: { create: { id: organizationId, name: "Bench" } } } });
  const actor = { kind: "system" };
  const input = { connectorId, organizationId, name: "Bench", credentials, isActive: true, autoSync: true, streams: [], baseUrl };
  const connectionId = await createConnection(workspaceId, input, actor);
  const open: typeof openConnection = async (scope, id, clock) => {
    const opened = await openConnection(scope, id, clock);
    const { context } = opened;
    const connector = {
      ...opened.connector,
      limits: (given: Readonly<Record<string, string>>) => opened.connector.limits(given).map((limit) => ({ ...limit, points: 1_000_000 })),
    };
    const { clock: now, tokens } = context;
    return {
      ...opened,
      context: makeContext({
        workspaceId,
        connector,
        connectionId: id,
        credentials: context.credentials,
        override: baseUrl,
        facts: facts ?? {},
        clock: now,
        tokens,
      }),
    };
  };
  return {
    async sync(stream) {
      const [run] = await syncNow(workspaceId, { id: connectionId, streams: [stream] }, actor);
      const ref = { workspaceId, connectionId, stream, runId: run?.id ?? "" };
      let waitedMs = 0;
      for (;;) {
        const { done, waitMs } = await runPages(ref, STEP_MS, { open });
        if (done) break;
        waitedMs += waitMs;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
      const ended = await db.syncRun.findUniqueOrThrow({ where: { id: ref.runId } });
      if (ended.status !== "succeeded") throw new Error(`the run of ${stream} ended ${ended.status}: ${ended.errorCode} ${ended.errorText}`);
      return { waitedMs, applied: ended.applied };
    },
  };
}
