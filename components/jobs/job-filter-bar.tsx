"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Select } from "@/components/ui/select";
import { type JobsOverview, ORIGINS, PERIODS, RUN_STATUSES, type RunStatus } from "@/server/jobs/schema";
import { useJobsState } from "./filters";
import { useFunctionName } from "./use-words";

const ANY = "any";

export function JobFilterBar({ overview }: { readonly overview: JobsOverview | undefined }) {
  const t = useTranslations("jobs.filters");
  const nameOf = useFunctionName();
  const [state, setState] = useJobsState();
  const functions = (overview?.functions ?? [])
    .map(({ id, name }) => ({ value: id, label: nameOf(id, name) }))
    .sort((left, right) => left.label.localeCompare(right.label));
  const origins = [{ value: ANY, label: t("origins.any") }, ...ORIGINS.map((value) => ({ value, label: t(`origins.${value}`) }))];
  return (
    <>
      <StatusChips counts={overview?.counts} />
      <div className="flex w-full flex-wrap gap-2">
        <Select
          size="sm"
          className="w-60 max-sm:w-full"
          label={t("function")}
          value={state.function ?? ANY}
          onValueChange={(value) => void setState({ function: value === ANY ? null : value })}
          options={[{ value: ANY, label: t("anyFunction") }, ...functions]}
        />
        <Select
          size="sm"
          className="w-40 max-sm:w-auto max-sm:flex-1"
          label={t("origin")}
          value={state.origin ?? ANY}
          onValueChange={(value) => void setState({ origin: ORIGINS.find((one) => one === value) ?? null })}
          options={origins}
        />
        <Select
          size="sm"
          className="w-48 max-sm:w-auto max-sm:flex-1"
          label={t("period")}
          value={state.period}
          onValueChange={(period) => void setState({ period })}
          options={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      </div>
    </>
  );
}

function StatusChips({ counts }: { readonly counts: JobsOverview["counts"] | undefined }) {
  const t = useTranslations("jobs");
  const [state, setState] = useJobsState();
  const total = counts === undefined ? undefined : Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <fieldset className="-mx-1 flex w-[calc(100%+0.5rem)] gap-1 overflow-x-auto px-1 py-0.5 [scrollbar-width:none]">
      <legend className="sr-only">{t("filters.label")}</legend>
      <Chip label={t("filters.all")} count={total} active={state.status === null} onPress={() => void setState({ status: null })} />
      {RUN_STATUSES.map((status) => (
        <Chip
          key={status}
          label={t(`status.${status}`)}
          count={counts?.[status]}
          status={status}
          active={state.status === status}
          onPress={() => void setState({ status })}
        />
      ))}
    </fieldset>
  );
}

interface ChipProps {
  readonly label: string;
  readonly count: number | undefined;
  readonly status?: RunStatus | undefined;
  readonly active: boolean;
  readonly onPress: () => void;
}

function Chip({ label, count, status, active, onPress }: ChipProps) {
  const format = useFormatter();
  const alarming = status === "Failed" && (count ?? 0) > 0;
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onPress}
      className={cn(
        "focus-inset flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-ink-muted hover:bg-hover hover:text-ink coarse:h-10",
        active && "bg-selected font-medium text-ink",
      )}
    >
      {label}
      {count === undefined ? null : (
        <span className={cn("tabular text-xs text-ink-faint", active && "text-ink-muted", alarming && "font-semibold text-failed-text")}>
          {format.number(count)}
        </span>
      )}
    </button>
  );
}
