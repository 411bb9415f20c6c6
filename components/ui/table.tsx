import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export interface DataListProps {
  readonly title: ReactNode;
  readonly count?: ReactNode;
  readonly actions?: ReactNode;
  /** Filters that live in the URL. */
  readonly filters?: ReactNode;
  /** Shown instead of the filters while something is selected. */
  readonly bulkBar?: ReactNode;
  /** Paging or "that is all". */
  readonly footer?: ReactNode;
  readonly busy?: boolean | undefined;
  readonly className?: string | undefined;
  /** Table, cards, skeleton, EmptyState or ErrorState. */
  readonly children: ReactNode;
}

/** The anatomy every list shares: title and count, filters or bulk bar, content, footer. */
export function DataList({ title, count, actions, filters, bulkBar, footer, busy = false, className, children }: DataListProps) {
  const bar = bulkBar ?? filters;
  return (
    <section aria-busy={busy} className={cn("overflow-hidden rounded-lg border bg-surface shadow-card", className)}>
      <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2">
        <h2 className="flex items-baseline gap-2 text-base font-semibold">
          {title}
          {count === undefined ? null : <span className="tabular text-sm font-normal text-ink-faint">{count}</span>}
        </h2>
        {actions === undefined ? null : <div className="flex items-center gap-2">{actions}</div>}
      </header>
      {bar === undefined || bar === null ? null : (
        <div className={cn("flex min-h-11 flex-wrap items-center gap-2 border-b px-4 py-1.5", bulkBar !== undefined && bulkBar !== null && "bg-selected")}>
          {bar}
        </div>
      )}
      {children}
      {footer === undefined ? null : <footer className="flex items-center justify-between gap-4 border-t px-4 py-2 text-sm text-ink-muted">{footer}</footer>}
    </section>
  );
}

/** Wide tables scroll inside themselves, never the page. `label` names the region for the keyboard and screen readers. */
export function Table({ label, className, children, ...rest }: ComponentProps<"table"> & { readonly label: string }) {
  return (
    <section aria-label={label} tabIndex={0} className="focus-inset relative overflow-x-auto">
      <table {...rest} className={cn("w-full border-collapse text-left text-base", className)}>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead className="text-xs font-medium text-ink-muted">
      <tr className="border-b bg-sunken">{children}</tr>
    </thead>
  );
}

type Align = "start" | "end";

export function HeadCell({ align = "start", className, ...rest }: Omit<ComponentProps<"th">, "align"> & { readonly align?: Align | undefined }) {
  return <th scope="col" {...rest} className={cn("h-8 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4", align === "end" && "text-right", className)} />;
}

export function TableRow({ selected = false, className, ...rest }: ComponentProps<"tr"> & { readonly selected?: boolean | undefined }) {
  return (
    <tr {...rest} data-selected={selected || undefined} className={cn("h-11 border-b last:border-b-0 hover:bg-hover data-selected:bg-selected", className)} />
  );
}

export function Cell({
  align = "start",
  numeric = false,
  className,
  ...rest
}: Omit<ComponentProps<"td">, "align"> & { readonly align?: Align | undefined; readonly numeric?: boolean | undefined }) {
  return (
    <td
      {...rest}
      className={cn("px-3 py-1.5 first:pl-4 last:pr-4", (align === "end" || numeric) && "text-right", numeric && "tabular whitespace-nowrap", className)}
    />
  );
}
