import { describe, expect, it } from "vitest";
import sample from "./fixtures/good.json";
import { toProduct } from "./mapper-goods";
import { goodSchema } from "./schemas-goods";

const read = (change: Readonly<Record<string, unknown>> = {}) => toProduct(goodSchema.parse({ ...sample, ...change }));

describe("an item of the documents", () => {
  it("comes out whole, prices in kopecks", () => {
    expect(read()).toEqual({
      externalId: "114053",
      sku: "344560030",
      offerId: "2972",
      name: "Плед в’язаний",
      imageUrl: "https://content.rozetka.com.ua/goods/344560030.jpg",
      status: "active",
      url: "https://rozetka.com.ua/ua/344560030/p344560030/",
      stock: { available: 15 },
      price: { amountMinor: 4_500_300n, oldMinor: 5_000_000n, currency: "UAH" },
      remoteContext: { rzItemId: "344560030" },
    });
  });

  it("in Rozetka's own warehouse has no stock of ours", () => {
    const product = read({ is_ff: true });
    expect(product).toMatchObject({ marketplaceStock: 15, remoteContext: { fulfilment: "rozetka" } });
    expect(product.stock).toBeUndefined();
  });

  it("not published yet has no public number; fed by a file says so", () => {
    expect(read({ rz_item_id: null, sync_source: { availability: 3 } }).remoteContext).toEqual({ stockBy: "feed" });
    expect(read({ rz_item_id: 0 }).sku).toBeUndefined();
  });

  it.each([
    [1, 4, "active"],
    [1, 3, "active"],
    [1, 0, "inactive"],
    [3, 4, "inactive"],
    [5, 4, "rejected"],
    [7, 4, "archived"],
    [1, 5, "archived"],
  ])("item status %i with sell status %i is %s", (rz_status, rz_sell_status, status) => {
    expect(read({ rz_status, rz_sell_status }).status).toBe(status);
  });

  it("does without price, picture and names", () => {
    const bare = toProduct(goodSchema.parse({ item_id: 5, photo_preview: null, price: "" }));
    expect(bare).toEqual({ externalId: "5", name: "5", remoteContext: {} });
    expect(read({ price_old: 45003 }).price).toEqual({ amountMinor: 4_500_300n, currency: "UAH" });
  });
});
