import { cn } from "../ui/class-names";

/** Two humps over the road: the mark of the house. */
export function Mark({ className }: { readonly className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6.5" className="fill-accent" />
      <path
        d="M4.6 14.6c.9-4.6 2.2-6.9 3.9-6.9 1.9 0 1.9 3.5 3.5 3.5s1.6-3.5 3.5-3.5c1.7 0 3 2.3 3.9 6.9"
        className="stroke-accent-ink"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M6.5 18h11" className="stroke-accent-ink" strokeWidth="1.5" strokeLinecap="round" opacity="0.6" />
    </svg>
  );
}
