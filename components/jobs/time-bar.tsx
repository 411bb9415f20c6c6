import { cn } from "@/components/ui/class-names";
import type { TimeScale } from "./time-scale";

export type TimeBarTone = "done" | "idle" | "active" | "waiting" | "failed";

const fills: Readonly<Record<TimeBarTone, string>> = {
  done: "fill-ok",
  idle: "fill-line-strong",
  active: "fill-accent animate-shimmer",
  waiting: "fill-attention animate-shimmer",
  failed: "fill-failed",
};

/** A mark at the very end stays inside the line. */
const LAST_MARK = 99.3;

export interface TimeBarProps {
  readonly scale: TimeScale;
  readonly from: Date;
  readonly to: Date;
  readonly tone: TimeBarTone;
  /** Moments of failed attempts. */
  readonly marks: readonly Date[];
}

/**
 * One stretch of a timeline. Drawn with SVG attributes: the page's security policy allows no inline styles. Everything it
 * shows is said in words beside it.
 */
export function TimeBar({ scale, from, to, tone, marks }: TimeBarProps) {
  const { start, width } = scale.bar(from, to);
  return (
    <svg aria-hidden="true" width="100%" height="12" className="block overflow-visible">
      <rect x="0" y="5.5" width="100%" height="1" className="fill-line" />
      <rect x={`${start}%`} y="2" width={`${width}%`} height="8" rx="2" className={fills[tone]} />
      {marks.map((mark, index) => (
        <rect
          key={`${mark.getTime()}-${index}`}
          x={`${Math.min(LAST_MARK, scale.at(mark))}%`}
          y="0"
          width="2"
          height="12"
          rx="1"
          className={cn(tone === "failed" ? "fill-failed-text" : "fill-failed")}
        />
      ))}
    </svg>
  );
}
