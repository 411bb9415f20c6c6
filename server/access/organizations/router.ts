import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import {
  createdOutput,
  okOutput,
  organizationCreateInput,
  organizationListInput,
  organizationListOutput,
  organizationRefInput,
  organizationSchema,
  organizationUpdateInput,
} from "../schema";
import { archiveOrganization, createOrganization, getOrganization, listOrganizations, restoreOrganization, updateOrganization } from "./manage-organizations";

const read = permitted("organizations.read");
const manage = permitted("organizations.manage");

export const organizationRouter = router({
  list: read
    .input(organizationListInput)
    .output(organizationListOutput)
    .query(({ ctx, input }) => listOrganizations(ctx.workspaceId, input.includeArchived)),
  get: read
    .input(organizationRefInput)
    .output(organizationSchema)
    .query(({ ctx, input }) => getOrganization(ctx.workspaceId, input.organizationId)),
  create: manage
    .input(organizationCreateInput)
    .output(createdOutput)
    .mutation(async ({ ctx, input }) => ({ id: await createOrganization(ctx.workspaceId, ctx.actor, input) })),
  update: manage
    .input(organizationUpdateInput)
    .output(okOutput)
    .mutation(async ({ ctx, input: { organizationId, ...fields } }) => {
      await updateOrganization(ctx.workspaceId, ctx.actor, organizationId, fields);
      return { ok: true };
    }),
  archive: manage
    .input(organizationRefInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await archiveOrganization(ctx.workspaceId, ctx.actor, input.organizationId);
      return { ok: true };
    }),
  restore: manage
    .input(organizationRefInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await restoreOrganization(ctx.workspaceId, ctx.actor, input.organizationId);
      return { ok: true };
    }),
});
