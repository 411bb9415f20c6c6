import type { ImportField, SaleKind } from "../schema";

/**
 * What columns are called in four languages: first the headings of our own export (a test holds them against the catalogues), then
 * what spreadsheets and reports of the marketplaces say.
 */
const HEADINGS: Readonly<Record<ImportField, string>> = {
  date: "date|sale date|order date|operation date|accounting date|day|дата|дата продажи|дата реализации|дата операции|дата заказа|дата начисления|день|дата продажу|дата реалізації|дата операції|дата замовлення|tarih|satış tarihi|işlem tarihi|sipariş tarihi|fatura tarihi",
  revenue:
    "revenue|amount|sum|total|sales|gross|sale amount|выручка|сумма|сумма продажи|сумма реализации|реализация|реализовано|продажи|итого|стоимость|виручка|сума|сума продажу|реалізація|вартість|gelir|tutar|satış tutarı|toplam tutar|toplam|ciro|hasılat",
  currency: "currency|currency code|валюта|код валюты|код валюти|para birimi|döviz|döviz cinsi",
  kind: "type|kind|operation|operation type|transaction type|тип|вид|тип операции|вид операции|операция|тип операції|операція|tür|tip|işlem türü|işlem tipi",
  quantity: "quantity|qty|pieces|units|count|количество|кол во|колво|шт|штук|кількість|к сть|adet|miktar",
  fees: "fees|fee|commission|deductions|charges|удержания|удержание|комиссия|комиссии|утримання|комісія|kesintiler|kesinti|komisyon",
  payout: "payout|net|net amount|to pay|к выплате|выплата|к перечислению|до виплати|виплата|до перерахування|ödenecek tutar|hakediş|net tutar",
  description: "description|comment|note|details|описание|комментарий|примечание|назначение|опис|коментар|примітка|призначення|açıklama|not",
  orderNumber: "order number|order|order no|order id|номер заказа|заказ|№ заказа|номер замовлення|замовлення|№ замовлення|sipariş numarası|sipariş no|sipariş",
  postingNumber:
    "posting number|posting|shipment number|package number|номер отправления|отправление|номер відправлення|відправлення|gönderi numarası|gönderi no|paket numarası|paket no",
  sku: "sku|sku id|код товара|код товару|stok kodu",
  offerId: "offer id|offer|article|vendor code|seller sku|item code|артикул|артикул продавца|артикул продавця|satıcı ürün kodu|satıcı stok kodu|ürün kodu",
  productName:
    "product|product name|item|item name|title|name|товар|наименование|название|название товара|наименование товара|номенклатура|назва|назва товару|найменування|ürün|ürün adı",
  marketplace: "marketplace|channel|platform|sales channel|маркетплейс|площадка|канал|канал продаж|майданчик|pazaryeri|pazar yeri|kanal|satış kanalı",
  organization:
    "organization|organisation|company|legal entity|seller|организация|юрлицо|юридическое лицо|компания|продавец|організація|юрособа|юридична особа|компанія|kuruluş|şirket|firma|satıcı",
  connection: "connection|shop|store|подключение|магазин|кабинет|підключення|крамниця|кабінет|bağlantı|mağaza",
  preliminary: "preliminary|предварительно|попередньо|ön kayıt",
  lineId:
    "line id|id|transaction id|operation id|row id|sale id|id строки|ид|идентификатор|номер операции|id рядка|ідентифікатор|номер операції|satır kimliği|kimlik|işlem numarası|işlem no",
};

const KINDS: Readonly<Record<SaleKind, string>> = {
  sale: "sale|sold|order|purchase|продажа|реализация|заказ|продаж|реалізація|замовлення|satış|sipariş",
  return: "return|returned|refund|возврат|повернення|iade",
  fee: "fee|fees|commission|charge|удержание|удержания|комиссия|утримання|комісія|kesinti|komisyon",
  correction: "correction|adjustment|корректировка|исправление|коригування|виправлення|düzeltme",
};
const YES = "yes|true|1|да|так|evet|+|preliminary|предварительно|попередньо";
const NO = "no|false|0|нет|ні|hayır|-|final";

/** A word as it is compared: without case, accents, spaces and signs; the Turkish dotless letter is the dotted one. */
function normalise(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .replace(/[^\p{L}\p{N}+-]|(?<=[\p{L}\p{N}])-/gu, "");
}

function dictionary<T extends string>(words: Readonly<Record<T, string>>): ReadonlyMap<string, T> {
  const entries = (Object.entries(words) as [T, string][]).flatMap(([value, list]) => list.split("|").map((word) => [normalise(word), value] as const));
  return new Map([...entries, ...(Object.keys(words) as T[]).map((value) => [normalise(value), value] as const)]);
}

const FIELD_BY_HEADING = dictionary(HEADINGS);
const KIND_BY_WORD = dictionary(KINDS);
const FLAG_BY_WORD = dictionary({ yes: YES, no: NO });

/** The field a heading means, also with a unit behind it: "Sum, ₽", "Tutar (TL)". */
function fieldOf(heading: string): ImportField | null {
  const readings = [heading, heading.replace(/[([].*$/, ""), heading.replace(/,.*$/, "")];
  for (const reading of readings) {
    const field = FIELD_BY_HEADING.get(normalise(reading));
    if (field !== undefined) return field;
  }
  return null;
}

/** Which column each field is, by the headings; of several that mean the same the first. */
export function recogniseColumns(headings: readonly string[]): ReadonlyMap<ImportField, number> {
  const columns = new Map<ImportField, number>();
  for (const [at, heading] of headings.entries()) {
    const field = fieldOf(heading);
    if (field !== null && !columns.has(field)) columns.set(field, at);
  }
  return columns;
}

export const kindOf = (cell: string): SaleKind | null => KIND_BY_WORD.get(normalise(cell)) ?? null;

/** Null = neither yes nor no. */
export function flagOf(cell: string): boolean | null {
  const word = FLAG_BY_WORD.get(normalise(cell));
  return word === undefined ? null : word === "yes";
}
