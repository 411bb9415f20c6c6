"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "../class-names";
import { Kbd } from "../kbd";
import type { MenuChoiceProps, MenuItemProps } from "../menu";
import { type Beside, closesUnlessOn } from "./beside";

const itemStyle =
  "flex min-h-8 w-full cursor-default items-center gap-2 rounded-md px-2 py-1 text-base outline-hidden select-none data-disabled:text-ink-faint data-highlighted:bg-hover coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0";

export interface MenuSurfaceProps extends Beside {
  /** Opened from the keyboard: the first command is ready to be pressed. */
  readonly byKeyboard: boolean;
  readonly labelledBy: string;
  readonly children: ReactNode;
}

export function MenuSurface({ open, onOpenChange, anchor, side, align, className, byKeyboard, labelledBy, children }: MenuSurfaceProps) {
  return (
    <BaseMenu.Root modal={false} open={open} onOpenChange={closesUnlessOn(anchor, onOpenChange)}>
      <BaseMenu.Portal>
        <BaseMenu.Positioner anchor={anchor} side={side} align={align} sideOffset={6} className="z-50 outline-hidden">
          <BaseMenu.Popup
            aria-labelledby={labelledBy}
            finalFocus={anchor}
            className={cn(
              "max-h-(--available-height) min-w-48 overflow-y-auto rounded-lg border bg-raised p-1 shadow-raised outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {byKeyboard ? <FirstReady /> : null}
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** Puts the focus on the first command, after the menu has taken it. */
function FirstReady() {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      place.current?.parentElement?.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return <span ref={place} hidden />;
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
