import { NoDeprecatedCustomRule, parse, specifiedRules, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { MUTATIONS, ORDERS_IN_BULK, QUERIES } from "./documents";
import { officialSchema } from "./testing/official-schema";

describe("GraphQL documents", () => {
  it.each(Object.entries({ ...QUERIES, ...MUTATIONS, OrdersInBulk: ORDERS_IN_BULK }))(
    "%s is valid against the official schema and uses nothing deprecated",
    (name, document) => {
      const parsed = parse(document);
      expect(parsed.definitions).toHaveLength(1);
      if (name !== "OrdersInBulk") expect(parsed.definitions[0]).toMatchObject({ kind: "OperationDefinition", name: { value: name } });
      const schema = officialSchema();
      if (schema === undefined) return;
      expect(validate(schema, parsed, [...specifiedRules, NoDeprecatedCustomRule]).map(({ message }) => message)).toEqual([]);
    },
  );
});
