import type { ReactNode } from "react";

export function AuthHeading({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <header className="mb-6">
      <h1 className="text-2xl font-semibold">{title}</h1>
      {children === undefined ? null : <p className="mt-1.5 text-base text-pretty text-ink-muted">{children}</p>}
    </header>
  );
}
