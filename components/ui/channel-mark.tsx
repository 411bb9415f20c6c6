import { cn } from "./class-names";

interface Mark {
  readonly letters: string;
  /** Tile and letter colours; the pair keeps 4.5:1. Fixed in both themes: a channel looks the same at night. */
  readonly look: string;
}

const marks: Readonly<Record<string, Mark>> = {
  ozon: { letters: "Oz", look: "fill-[oklch(0.5_0.19_262)] text-[oklch(1_0_0)]" },
  wildberries: { letters: "W", look: "fill-[oklch(0.46_0.2_325)] text-[oklch(1_0_0)]" },
  "yandex-market": { letters: "Я", look: "fill-[oklch(0.87_0.17_92)] text-[oklch(0.25_0.04_90)]" },
  rozetka: { letters: "R", look: "fill-[oklch(0.47_0.13_150)] text-[oklch(1_0_0)]" },
  hepsiburada: { letters: "H", look: "fill-[oklch(0.57_0.17_45)] text-[oklch(1_0_0)]" },
  shopify: { letters: "S", look: "fill-[oklch(0.83_0.14_130)] text-[oklch(0.25_0.05_135)]" },
  iyzico: { letters: "iy", look: "fill-[oklch(0.48_0.13_245)] text-[oklch(1_0_0)]" },
  monobank: { letters: "m", look: "fill-[oklch(0.2_0_0)] text-[oklch(1_0_0)]" },
  privatbank: { letters: "P", look: "fill-[oklch(0.72_0.17_135)] text-[oklch(0.22_0.05_140)]" },
  luca: { letters: "L", look: "fill-[oklch(0.45_0.1_195)] text-[oklch(1_0_0)]" },
  "nova-poshta": { letters: "НП", look: "fill-[oklch(0.53_0.19_28)] text-[oklch(1_0_0)]" },
  telegram: { letters: "Tg", look: "fill-[oklch(0.5_0.12_235)] text-[oklch(1_0_0)]" },
  smtp: { letters: "@", look: "fill-[oklch(0.45_0.02_235)] text-[oklch(1_0_0)]" },
  "openai-compatible": { letters: "AI", look: "fill-[oklch(0.42_0.04_290)] text-[oklch(1_0_0)]" },
};

const sizes = { sm: "size-4", md: "size-5", lg: "size-8" } as const;

export interface ChannelMarkProps {
  /** Id of the system, e.g. `ozon`. An unknown one gets its first letter on grey. */
  readonly system: string;
  readonly size?: keyof typeof sizes | undefined;
  /** Name for screen readers; leave out when the name stands beside it. */
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

/** A letter tile per system, drawn by us: nobody's logo. */
export function ChannelMark({ system, size = "md", label, className }: ChannelMarkProps) {
  const mark = marks[system] ?? { letters: system.slice(0, 1).toUpperCase(), look: "fill-[oklch(0.45_0.02_235)] text-[oklch(1_0_0)]" };
  return (
    <svg viewBox="0 0 20 20" role="img" aria-label={label} aria-hidden={label === undefined} className={cn("shrink-0", sizes[size], mark.look, className)}>
      <rect width="20" height="20" rx="5" />
      <text
        x="10"
        y="10.5"
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={mark.letters.length > 1 ? 9.5 : 12}
        fontWeight="700"
        fill="currentColor"
        className="font-sans"
      >
        {mark.letters}
      </text>
    </svg>
  );
}
