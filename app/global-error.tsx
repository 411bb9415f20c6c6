"use client";

import { useSyncExternalStore } from "react";
import { chooseLocale } from "@/lib/i18n/locales";
import en from "@/messages/en/crash.json";
import ru from "@/messages/ru/crash.json";
import tr from "@/messages/tr/crash.json";
import uk from "@/messages/uk/crash.json";
import "./globals.css";

const texts = { en, ru, uk, tr };
const never = () => () => undefined;

interface Props {
  readonly error: Error & { readonly digest?: string };
}

/** The root layout itself has failed (the database is away, most likely): no providers, no session, so the browser's language. */
export default function GlobalError({ error }: Props) {
  const locale = useSyncExternalStore(
    never,
    () => chooseLocale(navigator.languages.join(",")),
    () => "en" as const,
  );
  const text = texts[locale];
  return (
    <html lang={locale}>
      <body>
        <main className="grid min-h-dvh place-items-center px-6">
          <div className="max-w-md text-center">
            <h1 className="text-lg font-semibold">{text.title}</h1>
            <p className="mt-1 text-pretty text-ink-muted">{text.text}</p>
            <button
              type="button"
              onClick={() => window.location.reload()}
              className="mt-4 h-9 rounded-md bg-accent px-4 font-medium text-accent-ink hover:bg-accent-hover"
            >
              {text.action}
            </button>
            {error.digest === undefined ? null : (
              <p className="mt-4 text-xs text-ink-faint">
                {text.requestId} <code className="font-mono">{error.digest}</code>
              </p>
            )}
          </div>
        </main>
      </body>
    </html>
  );
}
