import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const looks = {
  info: { box: "border-line bg-sunken text-ink", icon: <Info className="text-ink-muted" /> },
  ok: { box: "border-transparent bg-ok-soft text-ok-text", icon: <CircleCheck /> },
  attention: { box: "border-transparent bg-attention-soft text-attention-text", icon: <TriangleAlert /> },
  failed: { box: "border-transparent bg-failed-soft text-failed-text", icon: <CircleAlert /> },
} as const;

export interface NoticeProps {
  readonly tone?: keyof typeof looks | undefined;
  readonly title?: ReactNode;
  /** Announce it when it appears: an answer to what the person just did. */
  readonly live?: boolean | undefined;
  readonly action?: ReactNode;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

/** A message inside the flow of a page or a form. */
export function Notice({ tone = "info", title, live = false, action, className, children }: NoticeProps) {
  const role = live ? (tone === "failed" ? "alert" : "status") : undefined;
  return (
    <div role={role} className={cn("flex items-start gap-2.5 rounded-md border px-3 py-2.5 text-base", looks[tone].box, className)}>
      <span aria-hidden="true" className="mt-0.5 [&_svg]:size-4">
        {looks[tone].icon}
      </span>
      <div className="min-w-0 flex-1">
        {title === undefined ? null : <p className="font-medium">{title}</p>}
        {children === undefined ? null : <div className="text-pretty">{children}</div>}
      </div>
      {action}
    </div>
  );
}
