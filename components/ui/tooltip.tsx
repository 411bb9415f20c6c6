"use client";

import { mergeProps } from "@base-ui/react/merge-props";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { lateParts, useLateParts } from "./late/parts";
import { type Tip, tips } from "./late/tip";
import type * as TipParts from "./late/tip-parts";

export const tipParts = lateParts<typeof TipParts>(() => import("./late/tip-parts"));

export interface TooltipProps {
  readonly content: ReactNode;
  /** Shortcut shown after the text. */
  readonly keys?: readonly string[] | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** The element that is explained; it must spread props. */
  readonly children: ReactElement;
}

/** A hint for people who see and point. It never holds the only copy of a text: name the element itself too. */
export function Tooltip({ content, keys, side = "top", children }: TooltipProps) {
  const anchor = useRef<Element>(undefined);
  useEffect(() => () => (anchor.current === undefined ? undefined : tips.hide(anchor.current)), []);
  const show = (element: Element) => {
    anchor.current = element;
    tipParts.load();
    tips.show({ anchor: element, content, keys, side });
  };
  const own: ComponentProps<"button"> = {
    onPointerEnter: (event) => (event.pointerType === "touch" ? undefined : show(event.currentTarget)),
    onPointerLeave: (event) => tips.hide(event.currentTarget),
    onPointerDown: (event) => tips.hide(event.currentTarget),
    onFocus: (event) => (event.currentTarget.matches(":focus-visible") ? show(event.currentTarget) : undefined),
    onBlur: (event) => tips.hide(event.currentTarget),
  };
  return cloneElement(children as ReactElement<Record<string, unknown>>, mergeProps<"button">(children.props as ComponentProps<"button">, own));
}

const none = () => undefined;

/** Once, near the root of the page: shows the hint of whatever is pointed at. */
export function TooltipLayer() {
  const tip: Tip | undefined = useSyncExternalStore(tips.subscribe, tips.current, none);
  const parts = useLateParts(tipParts, tip !== undefined);
  return tip === undefined || parts === undefined ? null : <parts.TipSurface tip={tip} onClose={() => tips.hide(tip.anchor)} />;
}
