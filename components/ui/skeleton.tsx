import { cn } from "./class-names";

/** A grey shape of what is coming; give it the final size. The region around it carries `aria-busy`. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden="true" className={cn("block animate-shimmer rounded-md bg-line", className)} />;
}

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-2/3", "w-1/3"] as const;

/** Rows of the height the list will have. */
export function SkeletonRows({ rows = 6, className }: { readonly rows?: number | undefined; readonly className?: string | undefined }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={cn("flex h-12 items-center gap-3 border-b px-4 last:border-b-0", className)}>
          <Skeleton className="size-6 shrink-0 rounded-full" />
          <span className="flex-1">
            <Skeleton className={cn("h-3", widths[index % widths.length])} />
          </span>
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
