import { describe, expect, it } from "vitest";
import { invitationState, knownLocale, refuseMemberChange, SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, sessionDeadline } from "./rules";
import type { Role } from "./schema";

const DAY = 86_400_000;
const start = new Date("2026-03-01T00:00:00Z");
const later = (ms: number) => new Date(start.getTime() + ms);

describe("session deadline", () => {
  it("slides with use", () => {
    expect(sessionDeadline(start, later(3 * DAY))).toEqual(later(3 * DAY + SESSION_IDLE_MS));
  });
  it("never passes the absolute end", () => {
    expect(sessionDeadline(start, later(SESSION_ABSOLUTE_MS - DAY))).toEqual(later(SESSION_ABSOLUTE_MS));
  });
});

describe("invitation state", () => {
  const row = { acceptedAt: null, revokedAt: null, expiresAt: later(DAY) };
  it.each([
    ["pending", row, later(DAY - 1)],
    ["expired", row, later(DAY)],
    ["revoked", { ...row, revokedAt: start }, start],
    ["accepted", { ...row, acceptedAt: start }, later(2 * DAY)],
  ] as const)("%s", (state, invitation, now) => {
    expect(invitationState(invitation, now)).toBe(state);
  });
});

describe("member changes", () => {
  const change = (before: Role, changed: Role, extra: { isDisabled?: boolean; others?: number; byOwner?: boolean; self?: boolean } = {}) =>
    refuseMemberChange({
      actorIsOwner: extra.byOwner ?? true,
      actorIsTarget: extra.self ?? false,
      before: { role: before, isDisabled: false },
      after: { role: changed, isDisabled: extra.isDisabled ?? false },
      otherActiveOwners: extra.others ?? 0,
    });

  it("keeps the last owner", () => {
    expect(change("owner", "admin")).toBe("member.last_owner");
    expect(change("owner", "owner", { isDisabled: true })).toBe("member.last_owner");
    expect(change("owner", "admin", { others: 1 })).toBeNull();
  });
  it("leaves owners to owners", () => {
    expect(change("operator", "owner", { byOwner: false, others: 1 })).toBe("member.owner_needed");
    expect(change("owner", "admin", { byOwner: false, others: 1 })).toBe("member.owner_needed");
    expect(change("operator", "admin", { byOwner: false })).toBeNull();
  });
  it("lets nobody shut themselves out", () => {
    expect(change("admin", "admin", { isDisabled: true, self: true, byOwner: false })).toBe("member.not_yourself");
  });
});

it("falls back to English for a language that is not offered", () => {
  expect([knownLocale("tr"), knownLocale("xx")]).toEqual(["tr", "en"]);
});
