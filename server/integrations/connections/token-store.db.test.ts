import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { db } from "@/server/platform/db";
import { makeFixture, TestClock } from "@/server/sync/testing/fixture";
import type { TokenStore } from "../contract/ports";
import { storedTokens } from "./token-store";

vi.mock("@/server/integrations/registry", async () => (await import("@/server/sync/testing/fake-connector")).fakeRegistry);

const HOUR_MS = 3_600_000;
let clock: TestClock;
/** A store as each piece of work gets it: two of them are two processes. */
let opened: () => TokenStore;
let made: number;
let connectionId: string;
const make = async () => {
  made += 1;
  return { value: `token-${made}-${randomUUID()}`, expiresAt: new Date(clock.now().getTime() + HOUR_MS) };
};
const neverMake = (): Promise<never> => Promise.reject(new Error("made"));

beforeEach(async () => {
  const fixture = await makeFixture();
  clock = new TestClock();
  made = 0;
  connectionId = fixture.connectionId;
  opened = () => storedTokens(fixture.workspaceId, connectionId, clock);
});

describe("a stored token", () => {
  it("is made once, kept sealed, and found by the next piece of work", async () => {
    const token = await opened().get("access", make);
    expect(await opened().get("access", neverMake)).toBe(token);
    const { sealed } = await db.connectionToken.findUniqueOrThrow({ where: { connectionId_name: { connectionId, name: "access" } } });
    expect(Buffer.from(sealed).toString("utf8")).not.toContain(token);
  });

  it("is remembered by the work that read or made it: the store is not asked for every call", async () => {
    const [maker, reader] = [opened(), opened()];
    const token = await maker.get("access", make);
    await reader.get("access", neverMake);
    await db.connectionToken.deleteMany({ where: { connectionId } });
    expect(await maker.get("access", neverMake)).toBe(token);
    expect(await reader.get("access", neverMake)).toBe(token);
    await expect(opened().get("access", neverMake)).rejects.toThrow("made");
  });

  it("of one name says nothing of another", async () => {
    const store = opened();
    expect(await store.get("one", make)).not.toBe(await store.get("two", make));
    expect(made).toBe(2);
  });

  it("close to its end is made anew, remembered or not", async () => {
    const store = opened();
    const first = await store.get("access", make);
    clock.advance(HOUR_MS - 61_000);
    expect(await store.get("access", neverMake)).toBe(first);
    clock.advance(2_000);
    const second = await store.get("access", make);
    expect([second === first, made]).toEqual([false, 2]);
  });

  it("that is refused leads to the one another process has made meanwhile", async () => {
    const [slow, quick] = [opened(), opened()];
    const refused = await slow.get("access", make);
    await quick.get("access", neverMake);
    await quick.drop("access", refused);
    const renewed = await quick.get("access", make);
    await slow.drop("access", refused);
    expect(await slow.get("access", neverMake)).toBe(renewed);
    expect(await opened().get("access", neverMake)).toBe(renewed);
  });

  it("that is refused everywhere is made anew once; a late word against the old one hurts nobody", async () => {
    const store = opened();
    const refused = await store.get("access", make);
    await store.drop("access", refused);
    const renewed = await store.get("access", make);
    expect([renewed === refused, made]).toEqual([false, 2]);
    await opened().drop("access", refused);
    for (const each of [store, opened()]) expect(await each.get("access", neverMake)).toBe(renewed);
  });
});
