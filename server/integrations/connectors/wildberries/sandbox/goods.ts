import type { Product } from "./state";

const GOODS: readonly [vendorCode: string, title: string, subject: string, rubles: number][] = [
  ["kast-28-gran", "Кастрюля 2,8 л с крышкой, гранитное покрытие", "Кастрюли", 2_190],
  ["nab-posud-6", "Набор посуды 6 предметов, нержавеющая сталь", "Наборы посуды", 5_490],
  ["chai-750-st", "Чайник заварочный стеклянный 750 мл", "Чайники заварочные", 890],
  ["kruz-400-bl", "Кружка керамическая 400 мл, чёрная", "Кружки", 490],
  ["dosk-3-bam", "Доски разделочные бамбуковые, 3 шт.", "Доски разделочные", 1_290],
  ["nozh-20-shef", "Нож поварской 20 см", "Ножи кухонные", 1_690],
  ["term-1000", "Термос 1 л, нержавеющая сталь", "Термосы", 1_990],
  ["form-keks-12", "Форма для кексов силиконовая, 12 ячеек", "Формы для выпечки", 590],
  ["vesy-5kg", "Весы кухонные до 5 кг", "Весы кухонные", 990],
  ["bank-4-zern", "Банки для сыпучих продуктов, 4 шт.", "Банки для хранения", 1_190],
  ["sito-20", "Сито 20 см, нержавеющая сталь", "Сита", 450],
  ["ferm-dlya-sushi", "Набор для роллов, 10 предметов", "Наборы для суши", 790],
];

/** What comes in several sizes. */
const SIZES: Readonly<Record<string, readonly string[]>> = { "dosk-3-bam": ["S", "L"], "form-keks-12": ["6", "12"] };

/** The first `count` products of the shop, with ids that never change. */
export function makeGoods(count: number, nowMs: number): Product[] {
  return GOODS.slice(0, count).map(([vendorCode, title, subject, rubles], index) => ({
    nmId: 154_200_100 + index * 371,
    imtId: 138_700_000 + index * 53,
    vendorCode,
    title,
    subject,
    sizes: (SIZES[vendorCode] ?? ["0"]).map((techSize, place) => ({
      chrtId: 316_399_200 + index * 17 + place,
      techSize,
      barcode: String(2_038_000_000_000 + index * 113 + place),
    })),
    // Half off, as the shop shows it.
    ...(index % 3 === 0 ? { fullPrice: rubles * 2, discount: 50 } : { fullPrice: rubles, discount: 0 }),
    priceMinor: rubles * 100,
    updatedAtMs: nowMs - (count - index) * 3_600_000,
  }));
}

/** Goods nobody cares about, for large batches: one size each. */
export function plainGoods(from: number, count: number, nowMs: number): Product[] {
  return Array.from({ length: count }, (_, index) => ({
    nmId: 170_000_000 + (from + index) * 3,
    imtId: 171_000_000 + from + index,
    vendorCode: `plain-${from + index}`,
    title: `Крючок № ${from + index}`,
    subject: "Крючки",
    sizes: [{ chrtId: 330_000_000 + (from + index) * 3, techSize: "0", barcode: String(2_039_000_000_000 + from + index) }],
    fullPrice: 200 + index,
    discount: 0,
    priceMinor: (200 + index) * 100,
    updatedAtMs: nowMs,
  }));
}
