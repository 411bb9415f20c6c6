import { describe, expect, it } from "vitest";
import { roleSchema } from "@/server/access/schema";
import { apiScopeSchema } from "../schema";
import { blockedScopes, isGone } from "./maker-rules";

const all = apiScopeSchema.options;

describe("a token and its maker", () => {
  it.each([
    ["owner", []],
    ["admin", []],
    ["operator", ["sales:read", "integrations:read", "integrations:write"]],
    ["accountant", ["conversations:read", "integrations:read", "integrations:write"]],
    ["warehouse", ["sales:read", "conversations:read", "integrations:read", "integrations:write"]],
    ["read_only", ["integrations:read", "integrations:write", "integrations:sync"]],
  ] as const)("made by somebody who is %s now, it may not %j", (role, blocked) => {
    expect(blockedScopes(all, { role, isDisabled: false })).toEqual(blocked);
  });

  it("does nothing once its maker is disabled or gone, whatever the role", () => {
    for (const role of roleSchema.options) expect(blockedScopes(all, { role, isDisabled: true })).toEqual(all);
    expect(blockedScopes(["orders:read"], null)).toEqual(["orders:read"]);
    expect([isGone(null), isGone({ role: "owner", isDisabled: true }), isGone({ role: "owner", isDisabled: false })]).toEqual([true, true, false]);
  });
});
