/** Signs and short words people write for the currencies of our marketplaces. */
const WORDS: Readonly<Record<string, string>> = {
  "₽": "RUB",
  РУБ: "RUB",
  Р: "RUB",
  RUR: "RUB",
  "₴": "UAH",
  ГРН: "UAH",
  "₺": "TRY",
  TL: "TRY",
  "₸": "KZT",
  ТГ: "KZT",
  $: "USD",
  "€": "EUR",
  "£": "GBP",
};
const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** ISO 4217 code of what a cell names, or null. */
export function currencyOf(text: string): string | null {
  const word = text.trim().replace(/\.$/, "").toUpperCase();
  return WORDS[word] ?? (CODES.has(word) ? word : null);
}
