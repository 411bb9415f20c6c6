import { mergeProps } from "@base-ui/react/merge-props";
import { type ComponentProps, cloneElement, type ReactElement, type RefObject, useRef } from "react";

export interface TriggerProps {
  readonly element: ReactElement;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly id?: string | undefined;
  readonly opens: "menu" | "dialog";
  readonly open: boolean;
  /** Somebody comes near: what is behind the trigger may be fetched. */
  readonly onNear: () => void;
  readonly onChange: (open: boolean, byKeyboard: boolean) => void;
}

/** The given element with what makes it a trigger. It stays the same element before and after the surface's code has arrived. */
export function Trigger({ element, anchor, id, opens, open, onNear, onChange }: TriggerProps) {
  // Between press and click the focus leaves an open surface, which closes it.
  const wasOpen = useRef(false);
  const own: ComponentProps<"button"> = {
    ...(id === undefined ? {} : { id }),
    "aria-haspopup": opens,
    "aria-expanded": open,
    onPointerEnter: onNear,
    onFocus: onNear,
    onPointerDown: () => {
      wasOpen.current = open;
    },
    onClick: (event) => {
      // A press by Enter, Space or a screen reader counts no clicks.
      const byKeyboard = event.detail === 0;
      onChange(!(byKeyboard ? open : wasOpen.current), byKeyboard);
    },
    onKeyDown: (event) => {
      if (opens !== "menu" || open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      onChange(true, true);
    },
  };
  const props = mergeProps<"button">(element.props as ComponentProps<"button">, own);
  return cloneElement(element as ReactElement<Record<string, unknown>>, { ...props, ref: anchor, "data-popup-open": open ? "" : undefined });
}
