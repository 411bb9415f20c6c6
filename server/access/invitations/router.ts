import { router } from "@/server/trpc/init";
import { permitted, publicProcedure } from "@/server/trpc/procedures";
import {
  invitationAcceptInput,
  invitationAcceptOutput,
  invitationCreateInput,
  invitationCreateOutput,
  invitationInspectInput,
  invitationInspectOutput,
  invitationListOutput,
  invitationRefInput,
  okOutput,
} from "../schema";
import { acceptInvitation, inspectInvitation } from "./accept-invitation";
import { createInvitation, listInvitations, revokeInvitation } from "./manage-invitations";

const manage = permitted("members.manage");

export const invitationRouter = router({
  list: manage.output(invitationListOutput).query(({ ctx }) => listInvitations(ctx.workspaceId)),
  create: manage
    .input(invitationCreateInput)
    .output(invitationCreateOutput)
    .mutation(({ ctx, input }) => createInvitation(ctx.session, ctx.actor, input)),
  revoke: manage
    .input(invitationRefInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await revokeInvitation(ctx.workspaceId, ctx.actor, input.invitationId);
      return { ok: true };
    }),
  inspect: publicProcedure
    .input(invitationInspectInput)
    .output(invitationInspectOutput)
    .query(({ input }) => inspectInvitation(input.token)),
  accept: publicProcedure
    .input(invitationAcceptInput)
    .output(invitationAcceptOutput)
    .mutation(({ ctx, input }) => acceptInvitation(input, { ip: ctx.ip, userAgent: ctx.userAgent })),
});
