import { describe, expect, it } from "vitest";
import { describeRefusals, reviewFunctions } from "./refusals";

const base = {
  id: "app-fn",
  name: "fn",
  triggers: [{ event: "a/b" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "http://x" }, retries: { attempts: 3 } } },
};

const refused = (extra: Record<string, unknown>) => reviewFunctions([{ ...base, ...extra }]).refusals.map((refusal) => refusal.option);

describe("start-up review", () => {
  it("accepts everything the engine runs", () => {
    const all = {
      ...base,
      triggers: [
        { event: "a/*", expression: "event.data.x > 1" },
        { cron: "TZ=Europe/Istanbul 0 9 * * 1", jitter: "10s" },
      ],
      concurrency: [{ limit: 5 }, { limit: 2, key: "event.data.k", scope: "account" }],
      idempotency: "event.data.k",
      debounce: { period: "5s", key: "event.data.k", timeout: "1m" },
      rateLimit: { limit: 3, period: "1h" },
      singleton: { key: "event.data.k", mode: "skip" },
      cancel: [{ event: "a/stop", timeout: "1h", if: "async.data.id == event.data.id" }],
    };
    expect(reviewFunctions([all]).refusals).toEqual([]);
    expect(reviewFunctions([{ ...base, concurrency: 4 }]).functions[0]?.concurrency).toEqual([{ limit: 4 }]);
  });

  it.each([
    ["batchEvents", { batchEvents: { maxSize: 3, timeout: "1s" } }],
    ["throttle", { throttle: { limit: 1, period: "1s" } }],
    ["priority", { priority: { run: "1" } }],
    ["timeouts", { timeouts: { start: "1s" } }],
    ["somethingNew", { somethingNew: true }],
    ["triggers.if", { triggers: [{ event: "a/b", expression: "now() > 1" }] }],
    ["triggers.event", { triggers: [{ event: "a/*/c" }] }],
    ["triggers.cron", { triggers: [{ cron: "* * * * * *" }] }],
    ["triggers.jitter", { triggers: [{ cron: "* * * * *", jitter: "1h" }] }],
    ["triggers", { triggers: Array.from({ length: 11 }, (_, n) => ({ event: `a/${n}` })) }],
    ["concurrency", { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }],
    ["concurrency.key", { concurrency: { limit: 1, key: "user.id" } }],
    ["debounce.period", { debounce: { period: "8d" } }],
    ["rateLimit.period", { rateLimit: { limit: 1, period: "2d" } }],
    ["retries", { steps: { step: { ...base.steps.step, retries: { attempts: 21 } } } }],
  ])("refuses %s", (option, extra) => {
    expect(refused(extra)).toContain(option);
  });

  it("refuses two functions of one name and one schedule written twice", () => {
    expect(reviewFunctions([base, base]).refusals.map((refusal) => refusal.option)).toEqual(["id"]);
    expect(refused({ triggers: [{ cron: "0 9 * * *" }, { cron: "0 9 * * *" }] })).toEqual(["triggers.cron"]);
  });

  it("names function, option and remedy", () => {
    const { refusals } = reviewFunctions([{ ...base, throttle: {} }]);
    expect(describeRefusals(refusals)).toMatch(/app-fn: throttle: use concurrency .* ENGINE=inngest/);
  });
});
