import { deadlineBreached, deadlineWarned } from "@/server/deadlines/events";
import { tellDeadline } from "@/server/notifications/index";
import { inngest } from "../../client";

/** A reply will be late soon: whoever should write it is told. */
export const tellDeadlineNearFunction = inngest.createFunction(
  { id: "notifications-tell-deadline-near", name: "Tell of a near deadline", retries: 5, triggers: [deadlineWarned] },
  ({ event, step }) => step.run("tell", () => tellDeadline({ ...event.data, kind: "deadline_near", targets: ["assignee"] })),
);

/** A reply is late: those are told whom the policy names. */
export const tellDeadlineBreachedFunction = inngest.createFunction(
  { id: "notifications-tell-deadline-breached", name: "Tell of a missed deadline", retries: 5, triggers: [deadlineBreached] },
  ({ event, step }) => step.run("tell", () => tellDeadline({ ...event.data, kind: "deadline_breached", targets: event.data.notify })),
);
