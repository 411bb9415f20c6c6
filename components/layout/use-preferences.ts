"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type AppLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { useTRPC } from "../providers/trpc-provider";

const YEAR_S = 365 * 24 * 60 * 60;

/** Remembers the language in this browser; the next request is answered in it. */
export function rememberLocale(locale: AppLocale): void {
  // The Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

export interface LocaleSwitch {
  readonly locale: AppLocale;
  readonly change: (locale: AppLocale) => void;
}

/** For somebody who is not signed in. */
export function useBrowserLocale(): LocaleSwitch {
  const router = useRouter();
  const locale = useLocale() as AppLocale;
  return {
    locale,
    change: (next) => {
      rememberLocale(next);
      router.refresh();
    },
  };
}

/** For a member: the profile keeps it, so every browser of theirs speaks it. */
export function useProfileLocale(name: string, onFailure: (error: unknown) => void): LocaleSwitch {
  const router = useRouter();
  const trpc = useTRPC();
  const locale = useLocale() as AppLocale;
  const update = useMutation(trpc.access.profile.update.mutationOptions({ onSuccess: () => router.refresh(), onError: onFailure }));
  return {
    locale,
    change: (next) => {
      rememberLocale(next);
      update.mutate({ name, locale: next });
    },
  };
}
