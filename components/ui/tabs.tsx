"use client";

import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { CountBadge } from "./badge";
import { cn } from "./class-names";

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  /** What the tabs are about, for screen readers. */
  readonly label: string;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly count?: number | undefined; readonly countLabel?: string | undefined }[];
  readonly className?: string | undefined;
  /** TabPanel for each value. */
  readonly children?: ReactNode;
}

export function Tabs<Value extends string>({ value, onValueChange, label, tabs, className, children }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={(next) => onValueChange(next as Value)} className={className}>
      <BaseTabs.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className={cn(
              "focus-inset flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-base font-medium whitespace-nowrap text-ink-muted hover:text-ink data-active:border-accent data-active:text-ink coarse:h-11",
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : <CountBadge count={tab.count} label={tab.countLabel ?? String(tab.count)} tone="neutral" />}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {children}
    </BaseTabs.Root>
  );
}

export function TabPanel({ value, className, children }: { readonly value: string; readonly className?: string | undefined; readonly children: ReactNode }) {
  return (
    <BaseTabs.Panel value={value} className={cn("pt-4 outline-hidden focus-visible:outline-2", className)}>
      {children}
    </BaseTabs.Panel>
  );
}
