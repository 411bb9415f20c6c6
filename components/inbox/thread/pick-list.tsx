"use client";

import { Check, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { PickSkeleton } from "./pick-skeleton";

export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** A quiet word at the end of the row. */
  readonly hint?: string | undefined;
  readonly chosen?: boolean | undefined;
}

export interface PickGroup {
  readonly id: string;
  /** Absent for a group that needs no heading. */
  readonly title?: string | undefined;
  readonly items: readonly PickItem[];
}

export interface PickListProps {
  readonly groups: readonly PickGroup[];
  readonly onPick: (id: string) => void;
  readonly placeholder: string;
  readonly nothing: string;
  /** Several may be chosen: the list stays as it is after a pick. */
  readonly multiple?: boolean | undefined;
  /** The items are on the way: typing and Enter are kept until they are here. */
  readonly pending?: boolean | undefined;
}

const holds = (item: PickItem, words: string) => item.label.toLocaleLowerCase().includes(words);

/** Typing narrows, arrows move, Enter takes: a list to pick from inside a popover. */
export function PickList({ groups, onPick, placeholder, nothing, multiple = false, pending = false }: PickListProps) {
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  // The popover looks for a place for the focus before the code of its content has arrived.
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const words = query.trim().toLocaleLowerCase();
  const shown = groups.map((group) => ({ ...group, items: group.items.filter((item) => holds(item, words)) })).filter(({ items }) => items.length > 0);
  const flat = shown.flatMap(({ items }) => items);
  const current = flat[Math.min(active, flat.length - 1)];
  const entered = useRef(false);
  const awaited = pending ? undefined : current?.id;
  useEffect(() => {
    if (entered.current && awaited !== undefined) {
      entered.current = false;
      onPick(awaited);
    }
  }, [awaited, onPick]);
  const idOf = (item: PickItem) => `${listId}-${item.id}`;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && flat.length > 0) {
      event.preventDefault();
      const next = (Math.min(active, flat.length - 1) + step + flat.length) % flat.length;
      setActive(next);
      const target = flat[next];
      if (target !== undefined) document.getElementById(idOf(target))?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && (pending || current !== undefined)) {
      event.preventDefault();
      if (current === undefined) entered.current = true;
      else onPick(current.id);
    }
  };
  return (
    <div className="flex w-72 max-w-full flex-col">
      <div className="relative flex items-center border-b">
        <Search className="pointer-events-none absolute left-3 size-4 text-ink-faint" aria-hidden="true" />
        <input
          ref={field}
          value={query}
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current === undefined ? undefined : idOf(current)}
          placeholder={placeholder}
          onChange={(event) => {
            entered.current = false;
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-9 w-full bg-transparent pr-3 pl-9 text-base outline-hidden placeholder:text-ink-faint coarse:h-11 coarse:text-lg"
        />
      </div>
      <div id={listId} role="listbox" aria-label={placeholder} aria-multiselectable={multiple} className="max-h-72 overflow-y-auto p-1">
        {shown.map((group) => (
          <div key={group.id} role="group" aria-label={group.title}>
            {group.title === undefined ? null : <p className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-faint">{group.title}</p>}
            {group.items.map((item) => (
              <PickRow key={item.id} id={idOf(item)} item={item} active={item.id === current?.id} onPick={() => onPick(item.id)} />
            ))}
          </div>
        ))}
      </div>
      {pending ? <PickSkeleton /> : flat.length === 0 ? <p className="px-3 pt-1 pb-3 text-sm text-ink-muted">{nothing}</p> : null}
    </div>
  );
}

function PickRow({ id, item, active, onPick }: { readonly id: string; readonly item: PickItem; readonly active: boolean; readonly onPick: () => void }) {
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={item.chosen === true}
      onClick={onPick}
      className={cn("flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-base hover:bg-hover coarse:min-h-11", active && "bg-hover")}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint === undefined ? null : <span className="tabular shrink-0 text-xs text-ink-faint">{item.hint}</span>}
      {item.chosen === true ? <Check className="size-4 shrink-0 text-accent-text" aria-hidden="true" /> : null}
    </button>
  );
}
