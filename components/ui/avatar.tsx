import { cn } from "./class-names";

const sizes = { xs: "size-5 text-[0.625rem]", sm: "size-6 text-[0.6875rem]", md: "size-8 text-xs", lg: "size-10 text-sm" } as const;
const TINTS = 8;

function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const letters = words.length > 1 ? `${[...(words[0] ?? "")][0] ?? ""}${[...(words.at(-1) ?? "")][0] ?? ""}` : [...(words[0] ?? "?")].slice(0, 2).join("");
  return letters.toLocaleUpperCase();
}

/** The same name has the same tint everywhere; the tint is so faint that it never reads as a state. */
function tintOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % TINTS;
}

/** A person without a picture. Decorative: the name stands beside it, or pass `label`. */
export function Avatar({
  name,
  size = "md",
  label,
  className,
}: {
  readonly name: string;
  readonly size?: keyof typeof sizes | undefined;
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}) {
  const naming = label === undefined ? { "aria-hidden": true as const } : { role: "img", "aria-label": label };
  return (
    <span
      {...naming}
      data-tint={tintOf(name)}
      className={cn("avatar-tint inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none", sizes[size], className)}
    >
      {initials(name)}
    </span>
  );
}
