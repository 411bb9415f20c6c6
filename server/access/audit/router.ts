import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { auditListInput, auditListOutput } from "../schema";
import { listAudit } from "./list-audit";

export const auditRouter = router({
  list: permitted("audit.read")
    .input(auditListInput)
    .output(auditListOutput)
    .query(({ ctx, input }) => listAudit(ctx.workspaceId, input)),
});
