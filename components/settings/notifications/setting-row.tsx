import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export interface SettingRowProps {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  /** State beside the title. */
  readonly state?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons or a control at the end of the line. */
  readonly actions?: ReactNode;
  /** What belongs to it, below. */
  readonly children?: ReactNode;
}

/** One thing that can be set, in a card of such lines. */
export function SettingRow({ icon, title, state, description, actions, children }: SettingRowProps) {
  return (
    <li className="border-b px-4 py-3.5 last:border-b-0 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2.5">
        {icon === undefined ? null : <span className="flex size-8 shrink-0 items-center justify-center text-ink-muted [&_svg]:size-5">{icon}</span>}
        <div className={cn("min-w-0 flex-1 basis-52", icon !== undefined && "pt-0.5")}>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
            {title}
            {state}
          </p>
          {description === undefined ? null : <p className="mt-0.5 max-w-prose text-sm text-pretty text-ink-muted">{description}</p>}
        </div>
        {actions === undefined ? null : <div className={cn("flex flex-wrap items-center gap-2", icon !== undefined && "max-sm:pl-11")}>{actions}</div>}
      </div>
      {children === undefined ? null : <div className={cn("mt-3", icon !== undefined && "pl-11")}>{children}</div>}
    </li>
  );
}

/** A card whose content is lines of settings. */
export function SettingList({ children }: { readonly children: ReactNode }) {
  return <ul className="-my-px">{children}</ul>;
}
