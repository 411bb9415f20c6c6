import { DangerousChangeType, findBreakingChanges, findDangerousChanges } from "graphql";
import { describe, expect, it } from "vitest";
import { shopifySchema } from "./sandbox/schema";
import { officialSchema } from "./testing/official-schema";

describe("the simulator's schema", () => {
  it("is a part of the published one: what works here works there, with the same enum values and defaults", () => {
    const official = officialSchema();
    if (official === undefined) return;
    const breaking = findBreakingChanges(shopifySchema, official).map(({ description }) => description);
    // Where `@deprecated` may stand differs with the library, not with the service.
    expect(breaking.filter((description) => !description.endsWith("from deprecated."))).toEqual([]);
    const kinds: readonly string[] = [DangerousChangeType.VALUE_ADDED_TO_ENUM, DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE];
    const dangerous = findDangerousChanges(shopifySchema, official).filter(({ type }) => kinds.includes(type));
    expect(dangerous.map(({ description }) => description)).toEqual([]);
    const directive = (schema: typeof official) => schema.getDirective("idempotent")?.args.map(({ name, type }) => `${name}: ${String(type)}`);
    expect(directive(shopifySchema)).toEqual(directive(official));
  });
});
