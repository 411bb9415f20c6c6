"use client";

import { ArrowLeft } from "lucide-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { PickList } from "../thread/pick-list";
import { dayOf } from "./filter-model";
import { OFFERED, type OfferedFilter, type PickedFilter, SINGLE, useFilterOptions, valuesOf, withValue } from "./use-filter-options";
import { useListState, usePlace } from "./use-list-state";

export interface FilterPickerProps {
  /** Begins with the values of this filter; absent = with the choice of filters. */
  readonly name?: OfferedFilter | undefined;
  readonly onDone: () => void;
}

/** First which filter, then its values; the list behind follows every pick. */
export function FilterPicker({ name, onDone }: FilterPickerProps) {
  const t = useTranslations("inbox-list.filters");
  const place = usePlace();
  const options = useFilterOptions(place);
  const [chosen, setChosen] = useState(name);
  if (chosen === undefined) {
    const items = OFFERED[place]
      .filter((filter) => filter === "days" || options[filter].length > 1 || filter === "label")
      .map((filter) => ({ id: filter, label: t(`names.${filter}`) }));
    return (
      <PickList
        groups={[{ id: "filters", items }]}
        onPick={(id) => setChosen(OFFERED[place].find((filter) => filter === id))}
        placeholder={t("find")}
        nothing={t("nothing")}
      />
    );
  }
  return (
    <div className="flex flex-col">
      <p className="flex h-9 items-center gap-1 border-b px-1 text-sm font-medium">
        {name === undefined ? <IconButton size="sm" label={t("back")} icon={<ArrowLeft />} onClick={() => setChosen(undefined)} /> : <span className="w-2" />}
        {t(`names.${chosen}`)}
      </p>
      {chosen === "days" ? <DaysForm onDone={onDone} /> : <Values name={chosen} onDone={onDone} />}
    </div>
  );
}

function Values({ name, onDone }: { readonly name: PickedFilter; readonly onDone: () => void }) {
  const t = useTranslations("inbox-list.filters");
  const place = usePlace();
  const { filters, change } = useListState();
  const options = useFilterOptions(place)[name];
  const chosen = valuesOf(filters, name);
  const single = SINGLE.has(name);
  return (
    <>
      <PickList
        multiple={!single}
        groups={[{ id: name, items: options.map(({ value, label, icon }) => ({ id: value, label, icon, chosen: chosen.includes(value) })) }]}
        onPick={(value) => {
          change(withValue(filters, name, value));
          if (single) onDone();
        }}
        placeholder={t("find")}
        nothing={t("nothing")}
      />
      {name === "label" && chosen.length > 1 ? (
        <div className="border-t px-3 py-2">
          <Checkbox checked={filters.labels === "all"} onCheckedChange={(all) => change({ labels: all ? "all" : "any" })} label={t("allLabels")} />
        </div>
      ) : null}
    </>
  );
}

const DAY_MS = 86_400_000;
const SPANS = [1, 7, 30] as const;

function DaysForm({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslations("inbox-list.filters");
  const zone = useTimeZone() ?? "UTC";
  const { filters, change } = useListState();
  const lastDays = (count: number) => {
    change({ from: dayOf(new Date(Date.now() - (count - 1) * DAY_MS), zone), to: "" });
    onDone();
  };
  return (
    <div className="flex w-72 max-w-full flex-col gap-3 p-3">
      <div className="flex flex-wrap gap-1.5">
        {SPANS.map((count) => (
          <Button key={count} size="sm" onClick={() => lastDays(count)}>
            {t("lastDays", { count })}
          </Button>
        ))}
      </div>
      <Field label={t("from")}>
        <Input type="date" value={filters.from} max={filters.to || undefined} onChange={(event) => change({ from: event.currentTarget.value })} />
      </Field>
      <Field label={t("to")}>
        <Input type="date" value={filters.to} min={filters.from || undefined} onChange={(event) => change({ to: event.currentTarget.value })} />
      </Field>
    </div>
  );
}
