import type { Card, Listing } from "./state";

const GOODS: readonly [merchantSku: string, name: string, lira: number, stock: number][] = [
  ["TENCERE-28-GRN", "Granit Tencere 28 cm Kapaklı", 849.9, 24],
  ["CAYDANLIK-CLK", "Çelik Çaydanlık Takımı", 629, 15],
  ["BARDAK-6LI", "Cam Bardak Seti 6'lı 300 ml", 219.5, 60],
  ["KESME-BAMBU-3", "Bambu Kesme Tahtası 3'lü", 349, 32],
  ["SEF-BICAK-20", "Şef Bıçağı 20 cm", 459, 18],
  ["TERMOS-1L", "Çelik Termos 1 L", 529.9, 27],
  ["MUFFIN-12", "Silikon Muffin Kalıbı 12'li", 189, 44],
  ["TARTI-5KG", "Dijital Mutfak Tartısı 5 kg", 279, 21],
  ["KAVANOZ-4LU", "Saklama Kavanozu 4'lü", 319, 36],
  ["SUZGEC-20", "Çelik Süzgeç 20 cm", 149.9, 52],
];

const hbSku = (index: number) => `HBCV0000${(0x10a2b + index * 977).toString(36).toUpperCase().padStart(5, "0")}`;

/** The first `count` goods on sale. The last of them lies in the marketplace's own warehouse. */
export function makeListings(count: number, listingIdOf: (index: number) => string): Listing[] {
  return Array.from({ length: count }, (_, index) => {
    const [merchantSku, , price, stock] = goodAt(index);
    return {
      listingId: listingIdOf(index),
      hbSku: hbSku(index),
      merchantSku,
      priceMinor: Math.round(price * 100),
      stock,
      isFulfilledByHB: index === count - 1,
      isFrozen: false,
      inCampaign: false,
    };
  });
}

/** Cards of the catalogue: all but the second and the third good (listed by hand in the panel), and two that are not on sale yet. */
export function makeCards(count: number): Card[] {
  const onSale = Array.from({ length: count }, (_, index) => index).filter((index) => index !== 1 && index !== 2);
  const waiting: Card[] = [
    card("ONCE-MATCH-1", null, "Porselen Fincan Takımı", "PRE_MATCHED", 90),
    card("RED-URUN-1", null, "Elektrikli Su Isıtıcı", "REJECTED", 91),
  ];
  return [...onSale.map((index) => card(goodAt(index)[0], hbSku(index), goodAt(index)[1], "MATCHED", index)), ...waiting];
}

function card(merchantSku: string, sku: string | null, productName: string, status: string, index: number): Card {
  return { merchantSku, hbSku: sku, barcode: String(8_690_000_000_000 + index * 113), productName, variantGroupId: `VG-${merchantSku}`, status };
}

function goodAt(index: number): (typeof GOODS)[number] {
  const good = GOODS[index % GOODS.length] ?? GOODS[0];
  if (good === undefined) throw new Error("no goods");
  return index < GOODS.length ? good : [`${good[0]}-${index}`, `${good[1]} (${index})`, good[2], good[3]];
}

export function nameOf(hb: string, cards: readonly Card[]): string {
  const listed = GOODS.findIndex((_, index) => hbSku(index) === hb);
  return cards.find((one) => one.hbSku === hb)?.productName ?? GOODS[listed]?.[1] ?? hb;
}
