import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a picker while its code or its items are on the way. */
export function PickSkeleton() {
  return (
    <div aria-busy="true" className="flex w-72 max-w-full flex-col gap-2 p-3">
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-5 w-48" />
    </div>
  );
}
