import type { ReactNode } from "react";
import { LocaleLinks } from "../layout/locale-select";
import { Mark } from "../layout/wordmark";

/** One column in the middle of a quiet page; the languages at its foot. */
export function AuthFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 pt-[clamp(2rem,12dvh,7rem)] pb-6">
      <main className="w-full max-w-sm flex-1">
        <p className="mb-8 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
          <Mark className="size-8" />
          Karavan
        </p>
        {children}
      </main>
      <footer className="mt-10">
        <LocaleLinks />
      </footer>
    </div>
  );
}
