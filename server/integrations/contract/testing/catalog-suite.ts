import { describe, expect, it } from "vitest";
import type { Connector } from "../connector";
import type { CatalogPort, ConnectorContext, Cursor } from "../ports";
import type { ExternalProduct } from "../records";
import { contextOf, onStand, portOf, type StandMaker } from "./stand";

/** How every connector with products must read them. */
export function catalogSuite(connector: Connector, make: StandMaker): void {
  const port = portOf(connector, "catalog");

  describe(`${connector.id}: reading products`, () => {
    it("reads them all, each with a name", () =>
      onStand(make, async (stand) => {
        const products = await readAll(port, contextOf(stand));
        expect(products.map((product) => product.externalId).sort()).toEqual([...((await stand.products?.()) ?? [])].sort());
        for (const product of products) expect(product.name.length).toBeGreaterThan(0);
      }));

    it("reports an outage and reads on after it", () =>
      onStand(make, async (stand) => {
        await stand.fail({ kind: "html-gateway" }, "products");
        await expect(readAll(port, contextOf(stand))).rejects.toMatchObject({ kind: "unavailable" });
        expect((await readAll(port, contextOf(stand))).length).toBeGreaterThan(0);
      }));
  });
}

async function readAll(port: CatalogPort, context: ConnectorContext): Promise<ExternalProduct[]> {
  const products: ExternalProduct[] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await port.pull(context, { cursor });
    products.push(...page.records);
    cursor = page.next === undefined ? undefined : (JSON.parse(JSON.stringify(page.next)) as Cursor);
  } while (cursor !== undefined);
  return products;
}
