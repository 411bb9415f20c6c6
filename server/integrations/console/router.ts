import { z } from "zod";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { listCheckpoints, rewindCheckpoint } from "./checkpoints";
import { describeCredentials } from "./describe-credentials";
import { listMetErrors } from "./list-met-errors";
import { measureConnection } from "./measure-connection";
import * as s from "./schema";

const read = permitted("connections.read");
const manage = permitted("connections.manage");

export const consoleRouter = router({
  metrics: read
    .input(s.metricsInput)
    .output(s.metricsOutput)
    .query(({ ctx, input }) => measureConnection(ctx.workspaceId, input)),
  errors: read
    .input(s.metricsInput)
    .output(s.metErrorsOutput)
    .query(({ ctx, input }) => listMetErrors(ctx.workspaceId, input)),
  credentials: manage
    .input(s.connectionOnlyInput)
    .output(s.credentialsOutput)
    .query(({ ctx, input }) => describeCredentials(ctx.workspaceId, input.connectionId)),
  checkpoints: manage
    .input(s.connectionOnlyInput)
    .output(s.checkpointsOutput)
    .query(({ ctx, input }) => listCheckpoints(ctx.workspaceId, input.connectionId)),
  rewind: manage
    .input(s.rewindInput)
    .output(z.void())
    .mutation(({ ctx, input }) => rewindCheckpoint(ctx.workspaceId, input, ctx.actor)),
});
