"use client";

import { useTranslations } from "next-intl";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { cn } from "../ui/class-names";
import { useBrowserLocale } from "./use-preferences";

/** The languages by their own names, for people who are not signed in. */
export function LocaleLinks() {
  const t = useTranslations("layout.profile");
  const { locale, change } = useBrowserLocale();
  return (
    <div role="group" aria-label={t("language")} className="flex flex-wrap justify-center gap-1">
      {LOCALES.map((value) => (
        <button
          key={value}
          type="button"
          lang={value}
          aria-pressed={value === locale}
          onClick={() => change(value)}
          className={cn("h-7 rounded-md px-2 text-sm text-ink-muted hover:bg-hover hover:text-ink coarse:h-10", value === locale && "font-medium text-ink")}
        >
          {LOCALE_NAMES[value]}
        </button>
      ))}
    </div>
  );
}
