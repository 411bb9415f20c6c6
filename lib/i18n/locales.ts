/** The languages of the interface, in the order the switch shows them. Each names itself. */
export const LOCALES = ["en", "ru", "uk", "tr"] as const;
export type AppLocale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Readonly<Record<AppLocale, string>> = { en: "English", ru: "Русский", uk: "Українська", tr: "Türkçe" };

/** Remembers the choice of somebody who is not signed in; a signed-in person's profile counts more. */
export const LOCALE_COOKIE = "karavan.locale";

export function isLocale(value: string | undefined | null): value is AppLocale {
  return LOCALES.some((locale) => locale === value);
}

/** The first of our languages in an `Accept-Language` header, by the reader's weights; English when there is none. */
export function chooseLocale(acceptLanguage: string | null): AppLocale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find((q) => q !== undefined);
      return { language: tag.toLowerCase().split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((entry) => entry.weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return "en";
}
