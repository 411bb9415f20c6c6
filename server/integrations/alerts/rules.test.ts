import { describe, expect, it } from "vitest";
import { type Condition, stageOf, type Trouble, troublesOf } from "./rules";

const now = new Date("2026-11-21T12:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const well: Condition = {
  isActive: true,
  health: "ok",
  healthCode: null,
  credentialsExpireAt: null,
  failingStream: null,
  deadPushes: 0,
  failingPushes: 0,
  pushesErrorCode: null,
};
const codes = (change: Partial<Condition>) => troublesOf({ ...well, ...change }, now).map((trouble) => trouble.code);

describe("what is worth an alert", () => {
  it("nothing of a connection that does well, or is paused", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ isActive: false, health: "auth_failed", deadPushes: 9 })).toEqual([]);
    expect(codes({ health: "throttled" })).toEqual([]);
  });

  it("names each subject once", () => {
    expect(codes({ health: "auth_failed", deadPushes: 2, failingPushes: 7, credentialsExpireAt: later(3 * 86_400_000) })).toEqual([
      "auth_failed",
      "webhooks_dead",
      "key_expires",
    ]);
    expect(codes({ pushesErrorCode: "shopify.subscription_refused", failingPushes: 9 })).toEqual(["pushes_gone"]);
    expect(codes({ failingPushes: 4 })).toEqual([]);
    expect(codes({ failingPushes: 5 })).toEqual(["webhooks_failing"]);
    expect(codes({ credentialsExpireAt: later(15 * 86_400_000) })).toEqual([]);
  });

  it("a stream that fails counts only where the connection itself is well", () => {
    const failingStream = { stream: "chats", failures: 5, code: "remote.malformed" };
    expect(codes({ failingStream })).toEqual(["sync_failing"]);
    expect(codes({ failingStream, health: "unreachable" })).toEqual(["unreachable"]);
  });
});

describe("stages", () => {
  const trouble: Trouble = { subject: "health", code: "unreachable", params: {}, patienceMs: 600_000 };
  it("noticed, told after the patience, told again after a day, then silent", () => {
    expect(stageOf(trouble, null, now)).toBe(1);
    expect(stageOf({ ...trouble, patienceMs: 0 }, null, now)).toBe(2);
    const noticed = { stage: 1, openedAt: now, toldAt: null };
    expect(stageOf(trouble, noticed, later(599_999))).toBe(1);
    expect(stageOf(trouble, noticed, later(600_000))).toBe(2);
    const told = { stage: 2, openedAt: now, toldAt: later(600_000) };
    expect(stageOf(trouble, told, later(86_400_000))).toBe(2);
    expect(stageOf(trouble, told, later(87_000_000))).toBe(3);
    expect(stageOf(trouble, { ...told, stage: 3 }, later(870_000_000))).toBe(3);
  });

  it("a key is told of again in its last three days", () => {
    const told = { stage: 2, openedAt: now, toldAt: now };
    const expiring = (days: number): Trouble => ({ subject: "key_expires", code: "key_expires", params: { days }, patienceMs: 0 });
    expect(stageOf(expiring(4), told, later(10 * 86_400_000))).toBe(2);
    expect(stageOf(expiring(3), told, later(11 * 86_400_000))).toBe(3);
  });
});
