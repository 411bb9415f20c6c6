import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { createView, listViews, removeView, setDefaultView, updateView } from "./saved-views";
import { doneOutput, viewCreateInput, viewCreateOutput, viewIdInput, viewListInput, viewListOutput, viewSetDefaultInput, viewUpdateInput } from "./schema";

const own = permitted("views.own");
const done = () => ({ ok: true }) as const;

export const viewsRouter = router({
  list: own
    .input(viewListInput)
    .output(viewListOutput)
    .query(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => listViews(scope, ctx.session, input.page))),
  create: own
    .input(viewCreateInput)
    .output(viewCreateOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => createView(scope, ctx.session, ctx.actor, input))),
  update: own
    .input(viewUpdateInput)
    .output(doneOutput)
    .mutation(({ ctx, input: { viewId, ...fields } }) =>
      inWorkspace(ctx.workspaceId, (scope) => updateView(scope, ctx.session, ctx.actor, viewId, fields).then(done)),
    ),
  remove: own
    .input(viewIdInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => removeView(scope, ctx.session, ctx.actor, input.viewId).then(done))),
  setDefault: own
    .input(viewSetDefaultInput)
    .output(doneOutput)
    .mutation(({ ctx, input }) => inWorkspace(ctx.workspaceId, (scope) => setDefaultView(scope, ctx.session, input.viewId, input.isDefault).then(done))),
});
