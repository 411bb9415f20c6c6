import { describe, expect, it } from "vitest";
import { decide } from "./decide";
import type { CallOutcome } from "./handler";

const now = new Date("2026-01-01T00:00:00Z");
const context = { attempt: 0, maxAttempts: 3, retry: { delayMs: () => 500 }, now };

const operations = (list: ReadonlyArray<Record<string, unknown>>, extra: { final?: boolean; retryAfterMs?: number } = {}): CallOutcome => ({
  kind: "operations",
  operations: list.map((entry) => ({ id: "s1", op: "StepRun", opts: {}, displayName: "one", ...entry })) as never,
  final: extra.final ?? false,
  retryAfterMs: extra.retryAfterMs,
});

describe("decide", () => {
  it("completes with what the function returned", () => {
    expect(decide({ kind: "returned", output: 1 }, context).next).toEqual({ kind: "complete", output: 1 });
  });

  it("keeps the results in front of the end", () => {
    const decision = decide(operations([{ data: 5 }, { id: "end", op: "RunComplete", data: "out" }]), context);
    expect(decision.results.map((result) => result.memo)).toEqual([{ type: "data", data: 5 }]);
    expect(decision.next).toEqual({ kind: "complete", output: "out" });
  });

  it("repeats a thrown error until the attempts are used up, then fails", () => {
    const threw: CallOutcome = { kind: "threw", error: { name: "Error", message: "boom" }, final: false };
    expect(decide(threw, context).next).toMatchObject({ kind: "retry", delayMs: 500 });
    expect(decide({ ...threw, retryAfterMs: 2_000 }, context).next).toMatchObject({ kind: "retry", delayMs: 2_000 });
    expect(decide(threw, { ...context, attempt: 2 }).next).toMatchObject({ kind: "fail" });
    expect(decide({ ...threw, final: true }, context).next).toMatchObject({ kind: "fail" });
  });

  it("repeats a step's error, and memoises it when no attempt is left", () => {
    const error = { op: "StepError", error: { name: "Error", message: "boom" } };
    expect(decide(operations([error]), context)).toMatchObject({ results: [], next: { kind: "retry" }, failure: { stepId: "s1" } });
    const last = decide(operations([error]), { ...context, attempt: 2 });
    expect(last.next).toEqual({ kind: "continue" });
    expect(last.results[0]?.memo).toEqual({ type: "error", error: { name: "Error", message: "boom" } });
    expect(decide(operations([{ ...error, op: "StepFailed" }], { final: true }), context).results).toHaveLength(1);
  });

  it("places sleeps, waits, invokes and planned steps", () => {
    const decision = decide(
      operations([
        { id: "a", op: "Sleep", name: "5s" },
        { id: "b", op: "WaitForEvent", name: "x/y", opts: { timeout: "1m", if: "async.data.k == event.data.k" } },
        { id: "c", op: "InvokeFunction", opts: { function_id: "app-child", payload: { data: { n: 1 } } } },
        { id: "d", op: "StepPlanned", opts: { parallelMode: "race" } },
      ]),
      context,
    );
    expect(decision.pending).toMatchObject([
      { kind: "sleep", dueAt: new Date("2026-01-01T00:00:05Z") },
      { kind: "wait", eventName: "x/y", dueAt: new Date("2026-01-01T00:01:00Z") },
      { kind: "invoke", functionId: "app-child", data: { n: 1 } },
      { kind: "planned", race: true },
    ]);
    expect(decision.next).toEqual({ kind: "continue" });
  });

  it("fails a run that uses what this engine has not, and says what to do", () => {
    const decision = decide(operations([{ op: "AIGateway", displayName: "ask" }]), context);
    expect(decision.next).toMatchObject({ kind: "fail", error: { name: "UnsupportedOperation", message: expect.stringContaining("ENGINE=inngest") } });
    const wait = decide(operations([{ op: "WaitForEvent", name: "x", opts: { timeout: "1s", if: "now() > 1" } }]), context);
    expect(wait.next).toMatchObject({ kind: "fail" });
  });
});
