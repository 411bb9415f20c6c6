import { z } from "zod";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { createTokenInput, createTokenOutput, listTokensOutput, revokeTokenInput } from "./schema";
import { createToken, listTokens, revokeToken } from "./tokens/manage-tokens";

const manage = permitted("tokens.manage");

export const apiRouter = router({
  tokens: router({
    list: manage.output(listTokensOutput).query(async ({ ctx }) => ({ tokens: await listTokens(ctx.workspaceId) })),
    create: manage
      .input(createTokenInput)
      .output(createTokenOutput)
      .mutation(({ ctx, input }) => createToken(ctx.workspaceId, input, { ...ctx.actor, id: ctx.session.userId })),
    revoke: manage
      .input(revokeTokenInput)
      .output(z.void())
      .mutation(({ ctx, input }) => revokeToken(ctx.workspaceId, input.apiTokenId, ctx.actor)),
  }),
});
