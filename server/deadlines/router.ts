import { viewerOf } from "@/server/access/index";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { listCalendars, removeCalendar, saveCalendar } from "./calendars";
import { dryRun } from "./dry-run";
import { explainDeadline } from "./explain-deadline";
import { listLimits, resetLimit, saveLimit } from "./limits";
import { listPolicies, removePolicy, reorderPolicies, savePolicy } from "./policies";
import * as s from "./schema";

const read = permitted("inbox.read");
const manage = permitted("automations.manage");

const done = { done: true } as const;

const policiesRouter = router({
  list: read.output(s.policiesOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => listPolicies(scope))),
  save: manage
    .input(s.savePolicyInput)
    .output(s.idOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => savePolicy(scope, input, ctx.actor))),
  reorder: manage
    .input(s.reorderPoliciesInput)
    .output(s.doneOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => reorderPolicies(scope, input.policyIds, ctx.actor));
      return done;
    }),
  remove: manage
    .input(s.policyIdInput)
    .output(s.doneOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => removePolicy(scope, input.policyId, ctx.actor));
      return done;
    }),
});

const calendarsRouter = router({
  list: read.output(s.calendarsOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => listCalendars(scope))),
  save: manage
    .input(s.saveCalendarInput)
    .output(s.idOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => saveCalendar(scope, input, ctx.actor))),
  remove: manage
    .input(s.calendarIdInput)
    .output(s.doneOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => removeCalendar(scope, input.calendarId, ctx.actor));
      return done;
    }),
});

const limitsRouter = router({
  list: read.output(s.limitsOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, (scope) => listLimits(scope))),
  save: manage
    .input(s.saveLimitInput)
    .output(s.doneOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => saveLimit(scope, input, ctx.actor));
      return done;
    }),
  reset: manage
    .input(s.channelInput)
    .output(s.doneOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => resetLimit(scope, input.channel, ctx.actor));
      return done;
    }),
});

export const deadlinesRouter = router({
  policies: policiesRouter,
  calendars: calendarsRouter,
  limits: limitsRouter,
  explain: read
    .input(s.explainInput)
    .output(s.explainOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => explainDeadline(scope, await viewerOf(scope, ctx.session), input.conversationId))),
  // Changes nothing; a mutation because whole lists of policies do not fit an address.
  dryRun: manage
    .input(s.dryRunInput)
    .output(s.dryRunOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => dryRun(scope, input), { timeoutMs: 60_000 })),
});
