import type { ReactNode } from "react";

/** Fields of a long form that belong together, under a heading. */
export function FormSection({
  title,
  description,
  children,
}: {
  readonly title: string;
  readonly description?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-t pt-4">
      <legend className="sr-only">{title}</legend>
      <div>
        <p aria-hidden="true" className="text-base font-semibold">
          {title}
        </p>
        {description === undefined ? null : <p className="text-sm text-ink-muted">{description}</p>}
      </div>
      {children}
    </fieldset>
  );
}
