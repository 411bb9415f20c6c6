import { router } from "@/server/trpc/init";
import { permitted } from "@/server/trpc/procedures";
import { screenInput, verdictSchema } from "./schema";
import { screen } from "./screen";

export const moderationRouter = router({
  /** Asked by the composer while a reply is written; the outbox asks again on every way out. */
  screen: permitted("inbox.write")
    .input(screenInput)
    .output(verdictSchema)
    .query(({ input }) => {
      const { findings, clean } = screen(input);
      return { findings: [...findings], clean };
    }),
});
