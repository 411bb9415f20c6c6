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

/** The first `count` products of the shop, with ids that never change. */
export function makeGoods(count: number, nowMs: number): Product[] {
  return GOODS.slice(0, count).map(([vendorCode, title, subject, rubles], index) => ({
    nmId: 154_200_100 + index * 371,
    imtId: 138_700_000 + index * 53,
    chrtId: 316_399_200 + index * 17,
    vendorCode,
    title,
    subject,
    barcode: String(2_038_000_000_000 + index * 113),
    priceMinor: rubles * 100,
    updatedAtMs: nowMs - (count - index) * 3_600_000,
  }));
}
