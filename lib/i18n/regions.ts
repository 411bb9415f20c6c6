/** Countries of the sellers Karavan is made for, with the money and the clock that usually go with them. */
export const COUNTRIES = {
  RU: { currency: "RUB", timeZone: "Europe/Moscow" },
  UA: { currency: "UAH", timeZone: "Europe/Kyiv" },
  TR: { currency: "TRY", timeZone: "Europe/Istanbul" },
  KZ: { currency: "KZT", timeZone: "Asia/Almaty" },
  BY: { currency: "BYN", timeZone: "Europe/Minsk" },
  UZ: { currency: "UZS", timeZone: "Asia/Tashkent" },
  AM: { currency: "AMD", timeZone: "Asia/Yerevan" },
  GE: { currency: "GEL", timeZone: "Asia/Tbilisi" },
  AZ: { currency: "AZN", timeZone: "Asia/Baku" },
  KG: { currency: "KGS", timeZone: "Asia/Bishkek" },
  PL: { currency: "PLN", timeZone: "Europe/Warsaw" },
  DE: { currency: "EUR", timeZone: "Europe/Berlin" },
  AE: { currency: "AED", timeZone: "Asia/Dubai" },
  CN: { currency: "CNY", timeZone: "Asia/Shanghai" },
  GB: { currency: "GBP", timeZone: "Europe/London" },
  US: { currency: "USD", timeZone: "America/New_York" },
} as const;

export type Country = keyof typeof COUNTRIES;

export function isCountry(value: string): value is Country {
  return value in COUNTRIES;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** `current` stays choosable although it is not in our list. */
export function countryOptions(locale: string, current?: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return withCurrent(Object.keys(COUNTRIES), current).map((value) => ({ value, label: names.of(value) ?? value }));
}

export function currencyOptions(locale: string, current?: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  const codes = [...new Set(Object.values(COUNTRIES).map((country) => country.currency))];
  return withCurrent(codes, current).map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}

function withCurrent(values: readonly string[], current: string | undefined): readonly string[] {
  return current === undefined || current === "" || values.includes(current) ? values : [current, ...values];
}

/** "Europe/Istanbul (UTC+3)"; the offset is that of today. */
export function timeZoneOptions(locale: string): Option[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({ value, label: `${value.replaceAll("_", " ")} (${offsetOf(value, locale)})` }));
}

function offsetOf(zone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date());
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** The zone of this browser; UTC where it does not tell. */
export function browserTimeZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === "" ? "UTC" : zone;
}
