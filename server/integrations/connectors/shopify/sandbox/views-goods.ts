import { type Call, demand } from "./call";
import { connection, numberKey, type PageArgs } from "./connection";
import { decimal, gid, idOf, iso, type Level, type Product, type Variant } from "./state";

/** Goods as the schema shows them; fields with arguments are functions. */
const byId = <T extends { id: number }>(items: readonly T[], view: (item: T) => unknown) =>
  items.map((item) => ({ key: numberKey(0, item.id), item: view(item) }));

export function productView(call: Call, product: Product): unknown {
  const own = call.shop.variants.filter((variant) => variant.productId === product.id);
  const url = `https://cdn.shopify.com/s/files/sandbox/${product.handle}.jpg`;
  return {
    id: gid("Product", product.id),
    title: product.title,
    handle: product.handle,
    status: product.status,
    vendor: product.vendor,
    hasOnlyDefaultVariant: own.length === 1 && own[0]?.title === "Default Title",
    onlineStoreUrl: product.status === "ACTIVE" ? `https://${call.shop.domain}/products/${product.handle}` : null,
    featuredMedia: { __typename: "MediaImage", id: gid("MediaImage", product.id), alt: product.title, preview: { image: { url, altText: null } } },
    createdAt: iso(product.createdAtMs),
    updatedAt: iso(product.updatedAtMs),
    totalInventory: own.reduce((sum, variant) => sum + availableOf(variant), 0),
    variants: (args: PageArgs) =>
      connection(
        byId(own, (variant) => variantView(call, variant)),
        args,
        call.isBulk,
      ),
  };
}

const availableOf = (variant: Variant) => variant.levels.reduce((sum, level) => sum + level.available, 0);

export function variantView(call: Call, variant: Variant): unknown {
  const product = call.shop.products.find((candidate) => candidate.id === variant.productId);
  return {
    id: gid("ProductVariant", variant.id),
    title: variant.title,
    displayName: `${product?.title ?? ""} - ${variant.title}`,
    sku: variant.sku,
    barcode: variant.barcode,
    price: decimal(variant.priceMinor),
    compareAtPrice: variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor),
    position: 1,
    inventoryQuantity: availableOf(variant),
    updatedAt: iso(variant.updatedAtMs),
    selectedOptions: [{ name: "Title", value: variant.title }],
    product: () => (product === undefined ? null : productView(call, product)),
    inventoryItem: () => itemView(call, variant),
  };
}

export function itemView(call: Call, variant: Variant): unknown {
  return {
    id: gid("InventoryItem", variant.itemId),
    sku: variant.sku,
    tracked: variant.tracked,
    variant: () => variantView(call, variant),
    inventoryLevel({ locationId }: { locationId: string }) {
      demand(call, "inventoryLevel", "read_inventory");
      const level = variant.levels.find((candidate) => candidate.locationId === idOf("Location", locationId));
      return level === undefined ? null : levelView(call, variant, level);
    },
    inventoryLevels: (args: PageArgs) =>
      connection(
        variant.levels.map((level) => ({ key: numberKey(0, level.locationId), item: levelView(call, variant, level) })),
        args,
        call.isBulk,
      ),
  };
}

export function levelView(call: Call, variant: Variant, level: Level): unknown {
  const figures: Record<string, number> = {
    available: level.available,
    committed: level.committed,
    on_hand: level.available + level.committed,
    incoming: 0,
    reserved: 0,
  };
  return {
    id: `gid://shopify/InventoryLevel/${level.locationId}?inventory_item_id=${variant.itemId}`,
    updatedAt: iso(call.state.host.clock.nowMs()),
    quantities: ({ names }: { names: string[] }) => names.map((name) => ({ name, quantity: figures[name] ?? 0, updatedAt: null })),
    location: () => locationView(call, level.locationId),
    item: () => itemView(call, variant),
  };
}

export function locationView({ shop }: Call, id: number): unknown {
  const location = shop.locations.find((candidate) => candidate.id === id);
  return location === undefined ? null : { id: gid("Location", id), name: location.name, isActive: true, shipsInventory: true, fulfillsOnlineOrders: true };
}
