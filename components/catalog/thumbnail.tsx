import { Package } from "lucide-react";

/** Stands for the picture: the services' own lie on foreign hosts, which the page's security policy keeps out. */
export function Thumbnail() {
  return (
    <span aria-hidden="true" className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-ink-faint">
      <Package className="size-4" />
    </span>
  );
}
