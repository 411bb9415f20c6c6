import { watchDeadlines } from "@/server/deadlines/index";
import { inngest } from "../../client";

/** Every minute: calls replies near or late. */
export const watchDeadlinesFunction = inngest.createFunction(
  { id: "deadlines-watch", name: "Watch reply deadlines", retries: 1, concurrency: [{ limit: 1 }], triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => step.run("watch", () => watchDeadlines()),
);
