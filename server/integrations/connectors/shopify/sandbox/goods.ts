import { nextId, type Product, type Shop, type ShopifyState, type Variant } from "./state";

const NAMES = [
  ["Granit Tencere 2,8 L", ["Gri", "Siyah"]],
  ["Bambu Kesme Tahtası", ["Default Title"]],
  ["Keten Masa Örtüsü", ["140×140", "160×220"]],
  ["Seramik Kupa", ["Beyaz", "Mavi", "Toprak"]],
  ["Çelik Termos 750 ml", ["Default Title"]],
  ["Bahçe Makası", ["Default Title"]],
  ["Pamuk Nevresim Takımı", ["Tek kişilik", "Çift kişilik"]],
  ["Hasır Sepet", ["S", "M", "L"]],
] as const;

/** Products with their variants, stocked at the first location. One variant is not tracked, one has never lain there. */
export function fillGoods(state: ShopifyState, shop: Shop, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const [title, variants] = NAMES[index % NAMES.length] ?? NAMES[0];
    const round = Math.floor(index / NAMES.length);
    addProduct(state, shop, round === 0 ? title : `${title} ${round + 1}`, variants);
  }
  const [untracked, bare] = shop.variants.slice(-2);
  if (untracked !== undefined) untracked.tracked = false;
  if (bare !== undefined) bare.levels = [];
}

export function addProduct(state: ShopifyState, shop: Shop, title: string, names: readonly string[]): Variant[] {
  const nowMs = state.host.clock.nowMs();
  const id = nextId(state);
  const product: Product = {
    id,
    title,
    handle: `urun-${id}`,
    vendor: shop.name,
    status: shop.products.length % 9 === 8 ? "DRAFT" : "ACTIVE",
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
  shop.products.push(product);
  const made = names.map((name, index): Variant => {
    const own = nextId(state);
    return {
      id: own,
      productId: id,
      itemId: nextId(state),
      title: name,
      sku: `KRV-${String(shop.products.length).padStart(3, "0")}-${index + 1}`,
      barcode: `869${String(own).padStart(10, "0")}`,
      priceMinor: state.random.int(90, 900) * 100 + 90,
      compareAtMinor: index === 0 ? 99_990 : null,
      tracked: true,
      levels: [{ locationId: shop.locations[0]?.id ?? 0, available: state.random.int(8, 40), committed: 0 }],
      updatedAtMs: nowMs,
    };
  });
  shop.variants.push(...made);
  return made;
}
