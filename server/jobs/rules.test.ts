import { describe, expect, it } from "vitest";
import { actionsOf, beginnings, doingOf, isAlive, type Movement, periodStart } from "./rules";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
const still: Movement = { executing: 0, blocked: 0, nextCallAt: null, nextAttempt: null, waits: 0, waitsUntil: null };

describe("doingOf", () => {
  it.each([
    ["nothing, once it has ended", "Completed", { ...still, executing: 1 }, null, null],
    ["executing before anything else", "Running", { ...still, executing: 1, blocked: 1, nextCallAt: at(5), nextAttempt: 1, waits: 1 }, "executing", null],
    ["due", "Queued", { ...still, nextCallAt: at(0), nextAttempt: 0 }, "due", at(0)],
    ["another attempt", "Running", { ...still, nextCallAt: at(9), nextAttempt: 2, blocked: 1 }, "retrying", at(9)],
    ["waiting for a slot", "Queued", { ...still, blocked: 1, waits: 1 }, "blocked", null],
    ["waiting for the clock", "Running", { ...still, waits: 1, waitsUntil: at(60) }, "waiting", at(60)],
    ["waiting for another run", "Running", { ...still, waits: 1 }, "waiting", null],
    ["between two calls", "Running", still, "due", null],
  ] as const)("says %s", (_case, status, movement, activity, dueAt) => {
    expect(doingOf(status, movement)).toEqual({ activity, dueAt });
  });
});

describe("actionsOf", () => {
  it.each([
    ["Running", "workspace", false, false, { canCancel: true, canRetry: false }],
    ["Failed", "workspace", false, false, { canCancel: false, canRetry: true }],
    ["Failed", "workspace", true, false, { canCancel: false, canRetry: false }],
    ["Queued", "workspace", true, false, { canCancel: true, canRetry: false }],
    ["Queued", "installation", false, false, { canCancel: false, canRetry: false }],
    ["Queued", "installation", false, true, { canCancel: true, canRetry: false }],
    ["Completed", "installation", false, true, { canCancel: false, canRetry: true }],
  ] as const)("%s of the %s (child %s, sole %s)", (status, origin, isChild, sole, actions) => {
    expect(actionsOf({ status, origin, isChild }, sole)).toEqual(actions);
  });
});

describe("beginnings", () => {
  const step = (from: number, to: number | null) => ({ startedAt: at(from), endedAt: to === null ? null : at(to) });

  it("begins a step noted at its end where the one before ended", () => {
    expect(beginnings([step(3, 3), step(7, 7), step(8, 20), step(21, 21), step(21, null)], at(1))).toEqual([at(1), at(3), at(8), at(20), at(21)]);
  });

  it("does not go back before the run, nor in parallel branches", () => {
    expect(beginnings([step(10, 10), step(2, 4), step(12, 12)], at(1))).toEqual([at(1), at(2), at(10)]);
    expect(beginnings([step(5, 5)], null)).toEqual([at(5)]);
  });
});

it("knows periods and silent workers", () => {
  expect(periodStart("hour", at(3_600))).toEqual(at(0));
  expect(periodStart("month", at(30 * 86_400))).toEqual(at(0));
  expect([isAlive(at(0), at(14)), isAlive(at(0), at(15))]).toEqual([true, false]);
});
