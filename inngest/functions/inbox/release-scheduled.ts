import { sendScheduled } from "@/server/inbox/events";
import { releaseScheduled } from "@/server/inbox/index";
import { inngest } from "../../client";

/** Lets a held back message go at its moment: the seconds of an undo, or "send later". What it misses the sweep lets go. */
export const releaseScheduledFunction = inngest.createFunction(
  { id: "inbox-release-scheduled", name: "Let a held back message go", retries: 5, triggers: [sendScheduled] },
  async ({ event, step }) => {
    await step.sleepUntil("until its moment", new Date(event.data.at));
    const release = await step.run("release", () => releaseScheduled(event.data));
    return { release };
  },
);
