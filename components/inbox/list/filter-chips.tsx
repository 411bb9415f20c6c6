"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { chosenFilters, type ListFilters } from "./filter-model";
import { FilterPopover } from "./filter-popover";
import { type OfferedFilter, type PickedFilter, useFilterOptions, valuesOf, without } from "./use-filter-options";
import { useListState, usePlace } from "./use-list-state";

/** Every filter in force, each to be changed or taken off. */
export function FilterChips() {
  const t = useTranslations("inbox-list.filters");
  const { filters, clear } = useListState();
  const chosen = chosenFilters(filters);
  const names = [...new Set(chosen.map((name): OfferedFilter => (name === "from" || name === "to" ? "days" : name)))];
  return (
    <ul aria-label={t("chosen")} className="flex flex-wrap items-center gap-1.5">
      {names.map((name) => (
        <Chip key={name} name={name} />
      ))}
      <li>
        <Button size="sm" variant="ghost" onClick={clear} className="h-6 px-1.5 coarse:h-9">
          {t("clear")}
        </Button>
      </li>
    </ul>
  );
}

function Chip({ name }: { readonly name: OfferedFilter }) {
  const t = useTranslations("inbox-list.filters");
  const { filters, change } = useListState();
  const text = useChipText(filters, name);
  const title = `${t(`names.${name}`)}: ${text}`;
  return (
    <li className="flex h-6 max-w-full items-center rounded-full border bg-surface text-sm coarse:h-9">
      <FilterPopover
        name={name}
        label={t(`names.${name}`)}
        trigger={
          <button type="button" title={title} className="focus-inset flex h-full min-w-0 items-center gap-1 rounded-l-full pr-1 pl-2.5 hover:bg-hover">
            <span className="shrink-0 text-ink-muted">{t(`names.${name}`)}</span>
            <span className="truncate font-medium">{text}</span>
          </button>
        }
      />
      <button
        type="button"
        aria-label={t("remove", { name: title })}
        onClick={() => change(without(name))}
        className="focus-inset flex h-full w-6 shrink-0 items-center justify-center rounded-r-full text-ink-faint hover:bg-hover hover:text-ink coarse:w-9"
      >
        <X className="size-3.5" aria-hidden="true" />
      </button>
    </li>
  );
}

function useChipText(filters: ListFilters, name: OfferedFilter): string {
  const t = useTranslations("inbox-list.filters");
  const format = useFormatter();
  const place = usePlace();
  const options = useFilterOptions(place);
  if (name !== "days") return textOfValues(options[name], filters, name, t("unknown"));
  // A day is the same day everywhere: shown without a zone.
  const day = (value: string) => format.dateTime(new Date(`${value}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  const { from, to } = filters;
  if (from !== "" && to !== "") return `${day(from)} – ${day(to)}`;
  return from === "" ? t("until", { day: day(to) }) : t("since", { day: day(from) });
}

function textOfValues(options: ReturnType<typeof useFilterOptions>[PickedFilter], filters: ListFilters, name: PickedFilter, unknown: string): string {
  return valuesOf(filters, name)
    .map((value) => options.find((option) => option.value === value)?.label ?? unknown)
    .join(", ");
}
