import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import { contextOf, expectLimited, onStand, type StandMaker } from "./stand";

/** What every connector's connection test must do. */
export function connectionSuite(connector: Connector, make: StandMaker): void {
  describe(`${connector.id}: connection`, () => {
    it("tells who the account is and that nothing is missing", () =>
      onStand(make, async (stand) => {
        const facts = await connector.test(contextOf(stand));
        expect(facts.missingPermissions).toEqual([]);
        expect(facts.accountRef).toBeTruthy();
        expect(JSON.parse(JSON.stringify(facts.facts))).toEqual(facts.facts);
      }));

    it("calls wrong credentials wrong, and does not ask twice", () =>
      onStand(make, async (stand) => {
        await expect(connector.test(contextOf(stand, stand.wrongCredentials))).rejects.toMatchObject({ kind: "auth", retryable: false });
        expect(await stand.requests("test")).toBe(1);
      }));

    it("accepts its own credentials by its own schema", () =>
      onStand(make, async (stand) => {
        expect(connector.credentials.schema.parse(stand.credentials)).toEqual(stand.credentials);
        expect(connector.credentials.fields.map((field) => field.name).sort()).toEqual(Object.keys(stand.credentials).sort());
      }));

    it("tells an outage, a broken answer and a limit from wrong credentials", () =>
      onStand(make, async (stand) => {
        await stand.fail({ kind: "html-gateway" }, "test");
        await expect(connector.test(contextOf(stand))).rejects.toMatchObject({ kind: "unavailable" });
        await stand.fail({ kind: "malformed-json" }, "test");
        await expect(connector.test(contextOf(stand))).rejects.toMatchObject({ kind: "malformed" });
        await stand.fail({ kind: "rate-limit", retryAfterSeconds: 3 }, "test");
        await expectLimited(stand, connector.test(contextOf(stand)), 3_000);
        await stand.fail({ kind: "drop-before" }, "test");
        await expect(connector.test(contextOf(stand))).rejects.toMatchObject({ kind: "unavailable" });
        await expect(connector.test(contextOf(stand))).resolves.toMatchObject({ missingPermissions: [] });
      }));
  });
}
