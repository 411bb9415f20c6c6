import { deadLetterReplayRequested } from "@/server/integrations/events";
import { replayDeadLetter } from "@/server/sync/index";
import { inngest } from "../../client";

/** Reads the record of one dead letter anew, at a person's wish. */
export const replayDeadLetterFunction = inngest.createFunction(
  { id: "sync-replay-dead-letter", triggers: [deadLetterReplayRequested], retries: 3, concurrency: [{ key: "event.data.connectionId", limit: 1 }] },
  ({ event, step }) => step.run("replay", () => replayDeadLetter(event.data)),
);
