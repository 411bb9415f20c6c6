import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { okOutput, passwordChangeInput, passwordChangeOutput, profileSchema, profileUpdateInput } from "../schema";
import { changePassword, getProfile, updateProfile } from "./own-profile";

const own = permitted("profile.own");

export const profileRouter = router({
  get: own.output(profileSchema).query(({ ctx }) => getProfile(ctx.session)),
  update: own
    .input(profileUpdateInput)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await updateProfile(ctx.session, ctx.actor, input);
      return { ok: true };
    }),
  changePassword: own
    .input(passwordChangeInput)
    .output(passwordChangeOutput)
    .mutation(async ({ ctx, input }) => ({
      endedSessions: await changePassword(ctx.session, ctx.actor, input, { ip: ctx.ip, userAgent: ctx.userAgent }),
    })),
});
