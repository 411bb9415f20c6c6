import { Star } from "lucide-react";
import { cn } from "@/components/ui/class-names";

const FIVE = [1, 2, 3, 4, 5] as const;

/** The stars of a review; `label` says them in words. */
export function Stars({ rating, label, className }: { readonly rating: number; readonly label: string; readonly className?: string | undefined }) {
  return (
    <span role="img" aria-label={label} title={label} className={cn("flex shrink-0 items-center", className)}>
      {FIVE.map((star) => (
        <Star key={star} aria-hidden="true" className={cn("size-3", star <= rating ? "fill-attention text-attention" : "text-line-strong")} />
      ))}
    </span>
  );
}
