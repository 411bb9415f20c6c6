import { isPermitted } from "@/server/access/index";
import type { Role } from "@/server/access/schema";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { cancelRun } from "./cancel-run";
import { getRun } from "./get-run";
import { jobsOverview } from "./jobs-overview";
import { listRuns } from "./list-runs";
import type { Audience } from "./repository";
import { retryRun } from "./retry-run";
import * as s from "./schema";

const read = permitted("jobs.read");
const manage = permitted("jobs.manage");

/** Schedules belong to no workspace: they are for those who answer for the installation. */
function audienceOf({ workspaceId, session }: { readonly workspaceId: string; readonly session: { readonly role: Role } }): Audience {
  return { workspaceId, includeSystem: isPermitted(session.role, "jobs.manage") };
}

export const jobsRouter = router({
  overview: read
    .input(s.runFilterInput)
    .output(s.jobsOverviewOutput)
    .query(({ ctx, input }) => jobsOverview(audienceOf(ctx), input)),
  list: read
    .input(s.listRunsInput)
    .output(s.listRunsOutput)
    .query(({ ctx, input }) => listRuns(audienceOf(ctx), input)),
  get: read
    .input(s.runIdInput)
    .output(s.runOutput)
    .query(({ ctx, input }) => getRun(audienceOf(ctx), input.runId)),
  cancel: manage
    .input(s.runIdInput)
    .output(s.cancelRunOutput)
    .mutation(async ({ ctx, input }) => {
      await cancelRun(audienceOf(ctx), input.runId, ctx.actor);
      return { runId: input.runId };
    }),
  retry: manage
    .input(s.runIdInput)
    .output(s.retryRunOutput)
    .mutation(({ ctx, input }) => retryRun(audienceOf(ctx), input.runId, ctx.actor)),
});
