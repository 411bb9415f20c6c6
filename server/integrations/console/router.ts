import { z } from "zod";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { listCheckpoints, rewindCheckpoint } from "./checkpoints";
import { measureConnection } from "./measure-connection";
import * as s from "./schema";

const read = permitted("connections.read");
const manage = permitted("connections.manage");

export const consoleRouter = router({
  metrics: read
    .input(s.metricsInput)
    .output(s.metricsOutput)
    .query(({ ctx, input }) => measureConnection(ctx.workspaceId, input)),
  checkpoints: manage
    .input(s.connectionOnlyInput)
    .output(s.checkpointsOutput)
    .query(({ ctx, input }) => listCheckpoints(ctx.workspaceId, input.connectionId)),
  rewind: manage
    .input(s.rewindInput)
    .output(z.void())
    .mutation(({ ctx, input }) => rewindCheckpoint(ctx.workspaceId, input, ctx.actor)),
});
