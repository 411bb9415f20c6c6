import { inWorkspace } from "@/server/platform/transaction";
import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { okOutput, shortcutMapSchema } from "../schema";
import { findPreference, savePreference } from "./repository";

const own = permitted("profile.own");
const SHORTCUTS = "shortcuts";

/** What a person has set for themselves, kept here so that it follows them from one browser to the next. */
export const preferenceRouter = router({
  shortcuts: own
    .output(shortcutMapSchema)
    .query(({ ctx }) =>
      inWorkspace(ctx.workspaceId, async (scope) => shortcutMapSchema.catch({}).parse((await findPreference(scope, ctx.session.userId, SHORTCUTS)) ?? {})),
    ),
  saveShortcuts: own
    .input(shortcutMapSchema)
    .output(okOutput)
    .mutation(async ({ ctx, input }) => {
      await inWorkspace(ctx.workspaceId, (scope) => savePreference(scope, ctx.session.userId, SHORTCUTS, input));
      return { ok: true };
    }),
});
