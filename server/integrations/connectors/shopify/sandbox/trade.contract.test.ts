import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openStage, type Stage } from "./testing/stage";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.stop());

type Node = Record<string, unknown>;
async function mutate(
  query: string,
  variables: Record<string, unknown>,
): Promise<{ userErrors: { code?: string; field?: string[]; message: string }[]; [key: string]: unknown }> {
  const { data, errors } = await stage.ask(query, variables);
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join());
  return Object.values(data ?? {})[0] as never;
}
const SET = `mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) { inventoryAdjustmentGroup { id } userErrors { code field message } } }`;

const levelSchema = z.object({
  productVariants: z.object({
    nodes: z.tuple([
      z.object({
        id: z.string(),
        inventoryItem: z.object({
          id: z.string(),
          inventoryLevels: z.object({ nodes: z.tuple([z.object({ quantities: z.tuple([z.object({ quantity: z.number() })]) })]) }),
        }),
      }),
    ]),
  }),
});

async function aLevel(): Promise<{ item: string; variant: string; available: number }> {
  const query =
    '{ productVariants(first: 1) { nodes { id inventoryItem { id inventoryLevels(first: 1) { nodes { quantities(names: ["available"]) { quantity } } } } } } }';
  const [variant] = levelSchema.parse((await stage.ask(query)).data).productVariants.nodes;
  const [level] = variant.inventoryItem.inventoryLevels.nodes;
  return { variant: variant.id, item: variant.inventoryItem.id, available: level.quantities[0].quantity };
}
const entry = (item: string, quantity: number, more: Node) => ({ inventoryItemId: item, locationId: "gid://shopify/Location/711", quantity, ...more });
const input = (quantities: Node[], more: Node = {}) => ({ name: "available", reason: "correction", quantities, ...more });

describe("stock", () => {
  it("wants the idempotency key and an explicit comparison", async () => {
    const { item } = await aLevel();
    const bare = SET.replace("@idempotent(key: $key) ", "").replace(", $key: String!", "");
    await expect(mutate(bare, { input: input([entry(item, 1, { changeFromQuantity: null })]) })).rejects.toThrow("@idempotent directive is required");
    await expect(mutate(SET, { key: "k", input: input([entry(item, 1, {})]) })).rejects.toThrow("changeFromQuantity");
  });

  it("takes a list whole or not at all and names what it minds", async () => {
    const { item, available } = await aLevel();
    const refused = await mutate(SET, {
      key: "k",
      input: input([
        entry(item, 3, { changeFromQuantity: available }),
        entry("gid://shopify/InventoryItem/1", 3, { changeFromQuantity: null }),
        entry(item, -1, { changeFromQuantity: null }),
      ]),
    });
    expect(refused.userErrors.map(({ code, field }) => [code, field?.[2]])).toEqual([
      ["INVALID_INVENTORY_ITEM", "1"],
      ["INVALID_QUANTITY_NEGATIVE", "2"],
    ]);
    expect((await aLevel()).available).toBe(available);
    const stale = await mutate(SET, { key: "k2", input: input([entry(item, 3, { changeFromQuantity: available + 1 })]) });
    expect(stale.userErrors).toMatchObject([{ code: "CHANGE_FROM_QUANTITY_STALE" }]);
    expect((await mutate(SET, { key: "k3", input: input([entry(item, 3, { changeFromQuantity: null })], { reason: "because" }) })).userErrors).toMatchObject([
      { code: "INVALID_REASON" },
    ]);
  });

  it("one key is one setting", async () => {
    const { item } = await aLevel();
    const first = { key: "k", input: input([entry(item, 3, { changeFromQuantity: null })]) };
    expect((await mutate(SET, first)).userErrors).toEqual([]);
    expect((await mutate(SET, first)).userErrors).toEqual([]);
    expect((await mutate(SET, { ...first, input: input([entry(item, 4, { changeFromQuantity: null })]) })).userErrors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" },
    ]);
    expect((await aLevel()).available).toBe(3);
  });
});

describe("orders", () => {
  const ORDER = `query Order($id: ID!) { order(id: $id) { displayFulfillmentStatus displayFinancialStatus
    fulfillmentOrders(first: 5) { nodes { id status supportedActions { action } } } } }`;
  const SHIP =
    "mutation Ship($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } } }";
  const CANCEL = "mutation Cancel($id: ID!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: true) { job { id } orderCancelUserErrors { code } } }";
  const open = async (id: string) => {
    const { data } = await stage.ask(ORDER, { id });
    return data?.["order"] as { displayFulfillmentStatus: string; fulfillmentOrders: { nodes: { id: string; supportedActions: { action: string }[] }[] } };
  };
  const ship = async (id: string) => {
    const [first] = (await open(id)).fulfillmentOrders.nodes;
    return mutate(SHIP, { fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: first?.id }] } });
  };

  it("stock is committed by an order, consumed by shipping and given back by a cancel", async () => {
    const before = await stage.control.variants();
    const [variant] = before;
    const figures = async () => {
      const now = (await stage.control.variants())[0];
      return [(now?.available ?? 0) - (variant?.available ?? 0), (now?.committed ?? 0) - (variant?.committed ?? 0)];
    };
    const { id } = await stage.control.placeOrder({ variant: variant?.id, quantity: 2 });
    expect(await figures()).toEqual([-2, 2]);
    await ship(id);
    expect(await figures()).toEqual([-2, 0]);
    const other = await stage.control.placeOrder({ variant: variant?.id, quantity: 1 });
    await mutate(CANCEL, { id: other.id });
    expect(await figures()).toEqual([-2, 0]);
  });

  it("ships once, nothing on hold, nothing cancelled, and cancels nothing shipped", async () => {
    const { id } = await stage.control.placeOrder({});
    expect((await ship(id)).userErrors).toEqual([]);
    expect((await ship(id)).userErrors).toMatchObject([{ message: expect.stringContaining("unfulfillable status= closed") }]);
    expect(await open(id)).toMatchObject({ displayFulfillmentStatus: "FULFILLED" });
    expect(await mutate(CANCEL, { id })).toMatchObject({ job: null, orderCancelUserErrors: [{ code: "INVALID" }] });
    const held = await stage.control.placeOrder({});
    await stage.control.holdOrder({ id: held.id });
    expect((await ship(held.id)).userErrors).toHaveLength(1);
    const gone = await stage.control.placeOrder({});
    await mutate(CANCEL, { id: gone.id });
    expect((await ship(gone.id)).userErrors).toHaveLength(1);
    expect(await mutate(CANCEL, { id: gone.id })).toMatchObject({ orderCancelUserErrors: [{ code: "INVALID" }] });
  });

  it("shows sixty days without the right to all", async () => {
    const count = async () => {
      const { data } = await stage.ask("{ ordersCount { count precision } }");
      return z.object({ ordersCount: z.object({ count: z.number() }) }).parse(data).ordersCount.count;
    };
    const all = await count();
    await stage.advance(55 * 86_400_000);
    expect(await count()).toBeLessThan(all);
    await stage.control.setScopes({ scopes: [...(await stage.control.scopes()), "read_all_orders"] });
    expect(await count()).toBe(all);
  });
});

describe("bulk operations", () => {
  const RUN =
    "mutation Run($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: true) { bulkOperation { id status } userErrors { code message } } }";
  it.each([
    ["{ shop { name } }", "at least one connection"],
    ["{ orders { edges { node { id } } } products { edges { node { id } } } }", "single top-level field"],
    ["{ orders { edges { node { id colour } } } }", "Cannot query field"],
    [
      "{ products { edges { node { id variants { edges { node { id inventoryItem { inventoryLevels { edges { node { id } } } } } } } } } } }",
      "depth greater than 2",
    ],
  ])("%s is refused", async (query, words) => {
    expect((await mutate(RUN, { query })).userErrors).toMatchObject([{ code: "INVALID", message: expect.stringContaining(words) }]);
  });

  it("run for a while, five at once, and lie as lines at an address of their own that serves ranges", async () => {
    const query = "{ orders { edges { node { id name lineItems { edges { node { id quantity } } } } } } }";
    const made = await mutate(RUN, { query });
    const { id } = made["bulkOperation"] as { id: string };
    for (let count = 0; count < 4; count += 1) await mutate(RUN, { query });
    expect((await mutate(RUN, { query })).userErrors).toMatchObject([{ code: "LIMIT_REACHED" }]);
    await stage.advance(3_000);
    const { data } = await stage.ask("query Status($id: ID!) { bulkOperation(id: $id) { status objectCount rootObjectCount url } }", { id });
    const operation = data?.["bulkOperation"] as { status: string; rootObjectCount: string; url: string };
    expect(operation).toMatchObject({ status: "COMPLETED", rootObjectCount: String((await stage.control.orders()).length) });
    const path = operation.url.replace("https://storage.googleapis.com", `${stage.baseUrl}/results`);
    const whole = await (await fetch(path)).text();
    const rows = whole
      .trim()
      .split("\n")
      .map((row) => JSON.parse(row) as { id: string; __parentId?: string });
    expect(rows.filter((row) => row.__parentId === undefined)).toHaveLength(Number(operation.rootObjectCount));
    let parent = "";
    for (const row of rows) {
      if (row.__parentId === undefined) parent = row.id;
      else expect(row.__parentId).toBe(parent);
    }
    const piece = await fetch(path, { headers: { range: "bytes=10-19" } });
    expect([piece.status, await piece.text()]).toEqual([206, whole.slice(10, 20)]);
    expect((await fetch(path, { headers: { range: `bytes=${whole.length + 500}-${whole.length + 600}` } })).status).toBe(416);
    expect((await fetch(path.replace("sandbox", "forged"))).status).toBe(403);
    await stage.advance(8 * 86_400_000);
    expect((await fetch(path)).status).toBe(403);
  });
});
