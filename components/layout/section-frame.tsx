"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "../ui/class-names";
import { isActivePath } from "./navigation";

export interface FrameSection {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

export interface SectionFrameProps {
  readonly title: string;
  /** Groups with their headings; one without a heading is a plain list. */
  readonly groups: readonly { readonly id: string; readonly label?: string | undefined; readonly sections: readonly FrameSection[] }[];
  /** `wide` where the pages hold tables. */
  readonly width?: "normal" | "wide" | undefined;
  readonly children: ReactNode;
}

/** A place of several pages: its sections at the left, on a phone in a row that scrolls. */
export function SectionFrame({ title, groups, width = "normal", children }: SectionFrameProps) {
  return (
    <div className={cn("mx-auto flex w-full gap-10 px-4 py-5 max-lg:flex-col max-lg:gap-5 md:px-8 md:py-7", width === "wide" ? "max-w-6xl" : "max-w-5xl")}>
      <nav aria-label={title} className="shrink-0 lg:sticky lg:top-7 lg:h-fit lg:w-48">
        <p className="mb-4 px-2 text-xl font-semibold max-lg:hidden">{title}</p>
        <div className="flex gap-1 max-lg:-mx-4 max-lg:overflow-x-auto max-lg:px-4 max-lg:pb-1 max-lg:[scrollbar-width:none] lg:flex-col lg:gap-5">
          {groups.map((group) => (
            <div key={group.id} className="max-lg:contents">
              {group.label === undefined ? null : <p className="mb-1 px-2 text-xs font-medium text-ink-faint max-lg:hidden">{group.label}</p>}
              <ul className="flex gap-1 max-lg:shrink-0 lg:flex-col lg:gap-0.5">
                {group.sections.map((section) => (
                  <SectionLink key={section.href} section={section} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="flex min-w-0 flex-1 flex-col gap-5">{children}</div>
    </div>
  );
}

const look =
  "flex h-8 items-center gap-2.5 rounded-md px-2 text-base whitespace-nowrap text-ink-muted hover:bg-hover hover:text-ink max-lg:border max-lg:bg-surface max-lg:px-3 coarse:h-10";

function SectionLink({ section: { href, label, icon: Icon } }: { readonly section: FrameSection }) {
  const active = isActivePath(usePathname(), href);
  const link = useRef<HTMLAnchorElement>(null);
  // On a phone the sections are a row that scrolls: the chosen one must not be beyond its edge.
  useEffect(() => {
    if (active) link.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [active]);
  return (
    <li>
      <Link
        ref={link}
        href={href}
        aria-current={active ? "page" : undefined}
        className={cn(look, active && "bg-selected font-medium text-ink max-lg:border-transparent max-lg:bg-selected")}
      >
        <Icon className="size-4 shrink-0 max-lg:hidden" aria-hidden="true" />
        {label}
      </Link>
    </li>
  );
}
