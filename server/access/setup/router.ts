import { router } from "@/server/trpc/init";
import { publicProcedure } from "@/server/trpc/procedures";
import { createFirstOwnerInput, okOutput, setupStatusOutput } from "../schema";
import { createFirstOwner } from "./create-first-owner";
import { isSetUp } from "./is-set-up";

export const setupRouter = router({
  status: publicProcedure.output(setupStatusOutput).query(async () => ({ isSetUp: await isSetUp() })),
  create: publicProcedure
    .input(createFirstOwnerInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await createFirstOwner(input, ctx);
      return { ok: true };
    }),
});
