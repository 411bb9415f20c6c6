import { planDueStreams } from "@/server/integrations/index";
import { inngest } from "../../client";

/** Queues a run for every due stream, twice a minute; a poll a minute then is never late by more than half of one. */
export const planDueStreamsFunction = inngest.createFunction(
  { id: "sync-plan-due-streams", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
  async ({ step }) => {
    const first = await step.run("plan", () => planDueStreams());
    await step.sleep("half a minute", "30s");
    const second = await step.run("plan again", () => planDueStreams());
    return { queued: first.queued + second.queued, closed: first.closed + second.closed };
  },
);
