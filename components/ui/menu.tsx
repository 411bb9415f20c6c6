"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./class-names";
import { Kbd } from "./kbd";

const itemStyle =
  "flex min-h-8 w-full cursor-default items-center gap-2 rounded-md px-2 py-1 text-base outline-hidden select-none data-disabled:text-ink-faint data-highlighted:bg-hover coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0";

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Menu({ trigger, side = "bottom", align = "start", className, children }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner side={side} align={align} sideOffset={6} className="z-50 outline-hidden">
          <BaseMenu.Popup
            className={cn(
              "max-h-(--available-height) min-w-48 overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly keys?: readonly string[] | undefined;
  readonly tone?: "plain" | "danger" | undefined;
  readonly disabled?: boolean | undefined;
  readonly href?: string | undefined;
  readonly onSelect?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function MenuItem({ icon, keys, tone = "plain", disabled = false, href, onSelect, children }: MenuItemProps) {
  const content = (
    <>
      {icon === undefined ? null : <span className={tone === "danger" ? "" : "text-ink-muted"}>{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </>
  );
  const look = cn(itemStyle, tone === "danger" && "text-failed-text data-highlighted:bg-failed-soft");
  if (href !== undefined) {
    return (
      <BaseMenu.LinkItem render={<Link href={href} />} closeOnClick className={look}>
        {content}
      </BaseMenu.LinkItem>
    );
  }
  return (
    <BaseMenu.Item disabled={disabled} onClick={() => onSelect?.()} className={look}>
      {content}
    </BaseMenu.Item>
  );
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: ReactNode;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode; readonly icon?: ReactNode }[];
}

/** One of several: the theme, the language, the sorting. */
export function MenuChoice<Value extends string>({ label, value, onValueChange, options }: MenuChoiceProps<Value>) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-faint">{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={itemStyle}>
            {option.icon === undefined ? null : <span className="text-ink-muted">{option.icon}</span>}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            <BaseMenu.RadioItemIndicator>
              <Check className="text-accent-text" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="my-1 h-px bg-line" />;
}
