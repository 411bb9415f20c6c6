import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { okOutput, workspaceSchema, workspaceUpdateInput } from "../schema";
import { getWorkspace, updateWorkspace } from "./workspace-settings";

export const workspaceRouter = router({
  get: permitted("workspace.read")
    .output(workspaceSchema)
    .query(({ ctx }) => getWorkspace(ctx.workspaceId)),
  update: permitted("workspace.manage")
    .input(workspaceUpdateInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await updateWorkspace(ctx.workspaceId, ctx.actor, input);
      return { ok: true };
    }),
});
