import type { ReactNode } from "react";

/** One thing about the order, under its name. */
export function Section({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="border-b px-4 py-4 last:border-b-0">
      <header className="mb-2 flex items-baseline justify-between gap-4">
        <h3 className="text-sm font-semibold text-ink-muted">{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
