import { sweepOffers } from "@/server/catalog/index";
import { inngest } from "../../client";

/** Every minute: wakes wishes whose runs were lost, and ends hold-backs that are an hour old. */
export const sweepOffersFunction = inngest.createFunction(
  { id: "catalog-sweep-offers", name: "Wake stock and prices left behind", retries: 1, concurrency: 1, triggers: [{ cron: "* * * * *" }] },
  async ({ step }) => step.run("sweep", () => sweepOffers()),
);
