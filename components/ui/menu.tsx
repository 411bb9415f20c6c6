"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useId, useRef, useState } from "react";
import type * as MenuParts from "./late/menu-parts";
import { lateParts, useLateParts } from "./late/parts";
import { Trigger } from "./late/trigger";

export const menuParts = lateParts<typeof MenuParts>(() => import("./late/menu-parts"));
const Parts = createContext<typeof MenuParts | undefined>(undefined);

export interface MenuProps {
  readonly trigger: ReactElement;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A choice of commands behind a button. What draws it is fetched when the page stands, at the latest when somebody comes near. */
export function Menu({ trigger, side = "bottom", align = "start", className, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [press, setPress] = useState<{ readonly byKeyboard: boolean }>();
  const anchor = useRef<HTMLElement>(null);
  const ownId = useId();
  const parts = useLateParts(menuParts, press !== undefined);
  const id = (trigger.props as { readonly id?: string }).id ?? ownId;
  const change = (next: boolean, byKeyboard: boolean) => {
    menuParts.load();
    setPress({ byKeyboard });
    setOpen(next);
  };
  return (
    <>
      <Trigger element={trigger} anchor={anchor} id={id} opens="menu" open={open} onNear={menuParts.load} onChange={change} />
      {parts === undefined ? null : (
        <Parts value={parts}>
          <parts.MenuSurface
            open={open}
            onOpenChange={setOpen}
            anchor={anchor}
            side={side}
            align={align}
            className={className}
            byKeyboard={press?.byKeyboard === true}
            labelledBy={id}
          >
            {children}
          </parts.MenuSurface>
        </Parts>
      )}
    </>
  );
}

/** @throws Error outside an open menu. */
function useParts(): typeof MenuParts {
  const parts = useContext(Parts);
  if (parts === undefined) throw new Error("This part of a menu stands outside a Menu.");
  return parts;
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

export function MenuItem(props: MenuItemProps) {
  const parts = useParts();
  return <parts.MenuItem {...props} />;
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: ReactNode;
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode; readonly icon?: ReactNode }[];
}

/** One of several: the theme, the language, the sorting. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const parts = useParts();
  return <parts.MenuChoice {...props} />;
}

export function MenuSeparator() {
  const parts = useParts();
  return <parts.MenuSeparator />;
}
