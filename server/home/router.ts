import { isPermitted } from "@/server/access/index";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { homeSummaryOutput } from "./schema";
import { summarizeHome } from "./summarize-home";

export const homeRouter = router({
  summary: permitted("home.read")
    .output(homeSummaryOutput)
    .query(({ ctx }) => {
      const { role } = ctx.session;
      const may = { inbox: isPermitted(role, "inbox.read"), connections: isPermitted(role, "connections.read"), sales: isPermitted(role, "sales.read") };
      return summarizeHome({ workspaceId: ctx.workspaceId, member: ctx.session, may });
    }),
});
