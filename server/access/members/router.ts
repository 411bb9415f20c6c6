import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { memberListOutput, memberUpdateInput, okOutput } from "../schema";
import { listMembers, updateMember } from "./manage-members";

export const memberRouter = router({
  list: permitted("members.read")
    .output(memberListOutput)
    .query(({ ctx }) => listMembers(ctx.session)),
  update: permitted("members.manage")
    .input(memberUpdateInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await updateMember(ctx.session, ctx.actor, input);
      return { ok: true };
    }),
});
