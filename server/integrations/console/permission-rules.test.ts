import { expect, it } from "vitest";
import { findConnector } from "../registry";
import { permissionsOf } from "./permission-rules";

function shopify() {
  const connector = findConnector("shopify");
  if (connector === undefined) throw new Error("no connector");
  return connector;
}

it("names everything the connector can do, and what the key lacks for it", () => {
  const lines = permissionsOf(shopify(), [{ capability: "stock", permission: "write_inventory" }]);
  expect(lines.map(({ capability }) => capability)).toEqual(["orders", "products", "sales", "order_changes", "stock", "price"]);
  expect(lines.filter(({ state }) => state !== "granted")).toEqual([{ capability: "stock", state: "missing", permission: "write_inventory" }]);
});

it("claims nothing of a key nobody has tested", () => {
  expect(new Set(permissionsOf(shopify(), null).map(({ state }) => state))).toEqual(new Set(["unknown"]));
});
