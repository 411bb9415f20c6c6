import { viewerOf } from "@/server/access/index";
import { okOutput } from "@/server/access/schema";
import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { followUpsOf, listFollowUps, readEffect } from "./list-follow-ups";
import { listRules, removeRule, saveRule, warningsOf } from "./manage-rules";
import { cancelFollowUp, remindBuyer } from "./plan-follow-ups";
import {
  checkRuleInput,
  checkRuleOutput,
  conversationFollowUpsInput,
  dryRunOutput,
  effectOutput,
  followUpIdInput,
  listFollowUpsInput,
  listFollowUpsOutput,
  listRulesOutput,
  plannedOutput,
  remindInput,
  remindOutput,
  ruleIdInput,
  saveRuleInput,
  saveRuleOutput,
} from "./schema";
import { tryRule } from "./try-rule";

const read = permitted("inbox.read");
const write = permitted("inbox.write");
const manage = permitted("automations.manage");

export const followUpsRouter = router({
  rules: read.output(listRulesOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, listRules)),
  saveRule: manage
    .input(saveRuleInput)
    .output(saveRuleOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => saveRule(scope, ctx.actor, input))),
  /** What would not work, while the rule is being written. */
  checkRule: manage
    .input(checkRuleInput)
    .output(checkRuleOutput)
    .query(({ input }) => ({ warnings: warningsOf(input) })),
  removeRule: manage
    .input(ruleIdInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => removeRule(scope, ctx.actor, input.ruleId));
      return { ok: true };
    }),
  dryRun: manage
    .input(ruleIdInput)
    .output(dryRunOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => tryRule(scope, input.ruleId))),
  effect: read.output(effectOutput).query(({ ctx }) => inWorkspace(ctx.workspaceId, readEffect)),
  log: read
    .input(listFollowUpsInput)
    .output(listFollowUpsOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => listFollowUps(scope, await viewerOf(scope, ctx.session), input))),
  ofConversation: read
    .input(conversationFollowUpsInput)
    .output(plannedOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => followUpsOf(scope, await viewerOf(scope, ctx.session), input.conversationId))),
  remind: write
    .input(remindInput)
    .output(remindOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, async (scope) => remindBuyer(scope, await viewerOf(scope, ctx.session), input))),
  cancel: write
    .input(followUpIdInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, async (scope) => cancelFollowUp(scope, await viewerOf(scope, ctx.session), input.followUpId));
      return { ok: true };
    }),
});
