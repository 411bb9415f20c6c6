import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { permissionsOf } from "../permissions";
import { okOutput, sessionEndInput, sessionEndOthersOutput, sessionListOutput, sessionMeOutput, switchWorkspaceInput, workspacesOfMineOutput } from "../schema";
import { endOtherSessions, endSession } from "./end-session";
import { listOwnWorkspaces, listSessions } from "./list-sessions";
import { switchWorkspace } from "./switch-workspace";

const own = permitted("sessions.own");

export const sessionRouter = router({
  me: own.output(sessionMeOutput).query(({ ctx: { session } }) => ({
    ...session,
    ...session.user,
    permissions: permissionsOf(session.role),
    workspace: { ...session.workspace, id: session.workspaceId },
  })),
  list: own.output(sessionListOutput).query(({ ctx }) => listSessions(ctx.session)),
  end: own
    .input(sessionEndInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await endSession(ctx.session, ctx.actor, input.sessionId);
      return { ok: true };
    }),
  endOthers: own.output(sessionEndOthersOutput).mutation(async ({ ctx }) => ({ ended: await endOtherSessions(ctx.session, ctx.actor) })),
  workspaces: own.output(workspacesOfMineOutput).query(({ ctx }) => listOwnWorkspaces(ctx.session)),
  switchWorkspace: own
    .input(switchWorkspaceInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await switchWorkspace(ctx.session, ctx.actor, input.workspaceId);
      return { ok: true };
    }),
});
