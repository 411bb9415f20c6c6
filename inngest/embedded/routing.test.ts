import { describe, expect, it } from "vitest";
import { functionConfigSchema } from "./configuration";
import { cancels, concurrencyScopes, functionsStartedBy, listensTo, workspaceOf } from "./routing";

const config = (id: string, extra: Record<string, unknown>) =>
  functionConfigSchema.parse({ id, triggers: [], steps: { step: { runtime: { type: "http", url: "x" } } }, ...extra });
const event = (name: string, data: unknown = {}) => ({ id: "e1", name, data, ts: 0 });

describe("routing", () => {
  it("starts by name, wildcard and condition", () => {
    const functions = [
      config("exact", { triggers: [{ event: "a/b" }] }),
      config("wild", { triggers: [{ event: "a/*" }] }),
      config("picky", { triggers: [{ event: "a/b", expression: "event.data.n > 2" }] }),
      config("timed", { triggers: [{ cron: "* * * * *" }] }),
    ];
    const started = (name: string, data?: unknown) => functionsStartedBy(event(name, data), functions).map((one) => one.id);
    expect(started("a/b", { n: 3 })).toEqual(["exact", "wild", "picky"]);
    expect(started("a/b", { n: 1 })).toEqual(["exact", "wild"]);
    expect(started("a/c")).toEqual(["wild"]);
    expect(started("b/a")).toEqual([]);
    expect([listensTo("a/zzz", functions), listensTo("z", functions)]).toEqual([true, false]);
  });

  it("cancels within the time of an entry only", () => {
    const entries = [{ event: "stop", if: "async.data.k == event.data.k", timeout: "1m" }];
    const at = (seconds: number) => new Date(seconds * 1000);
    const started = { data: { k: 1 } };
    expect(cancels(entries, event("stop", { k: 1 }), started, at(0), at(30))).toBe(true);
    expect(cancels(entries, event("stop", { k: 2 }), started, at(0), at(30))).toBe(false);
    expect(cancels(entries, event("stop", { k: 1 }), started, at(0), at(90))).toBe(false);
  });

  it("keeps concurrency keys of functions apart and shared ones together", () => {
    const [own] = concurrencyScopes(config("f", { concurrency: { limit: 2, key: "event.data.k" } }), event("x", { k: "1" }));
    const [other] = concurrencyScopes(config("g", { concurrency: { limit: 2, key: "event.data.k" } }), event("x", { k: "1" }));
    expect(own?.scope).not.toBe(other?.scope);
    const shared = (id: string) =>
      concurrencyScopes(config(id, { concurrency: { limit: 2, key: "event.data.k", scope: "account" } }), event("x", { k: "1" }))[0]?.scope;
    expect(shared("f")).toBe(shared("g"));
    expect(concurrencyScopes(config("f", { concurrency: 0 }), event("x"))).toEqual([]);
  });

  it("knows the workspace an event belongs to", () => {
    const id = "0190b5f2-6f2a-7c3e-8a59-5a1d2f3c4b5a";
    expect(workspaceOf(event("x", { workspaceId: id }))).toBe(id);
    expect(workspaceOf(event("inngest/function.failed", { event: { name: "x", data: { workspaceId: id } } }))).toBe(id);
    expect(workspaceOf(event("x", { event: { name: "x", data: { workspaceId: id } } }))).toBeUndefined();
    expect(workspaceOf(event("x", { workspaceId: "'; drop" }))).toBeUndefined();
    expect(workspaceOf(event("x", null))).toBeUndefined();
  });
});
