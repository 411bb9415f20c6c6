"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import type { ConnectorView } from "@/server/integrations/schema";

export type StreamChoice = { readonly stream: ConnectorView["streams"][number]["id"]; readonly isEnabled: boolean; readonly intervalSeconds: number };

const CHOICES_SECONDS = [30, 60, 120, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400] as const;

export function streamDefaults(connector: ConnectorView): readonly StreamChoice[] {
  return connector.streams.map((stream) => ({ stream: stream.id, isEnabled: true, intervalSeconds: stream.defaultIntervalSeconds }));
}

export interface IntervalFieldsProps {
  readonly connector: ConnectorView;
  readonly values: readonly StreamChoice[];
  readonly disabled?: boolean;
  readonly onChange: (values: readonly StreamChoice[]) => void;
}

/** What is pulled and how often; nothing below the service's own limit is offered. */
export function IntervalFields({ connector, values, disabled = false, onChange }: IntervalFieldsProps) {
  const t = useTranslations("integrations");
  const change = (stream: string, next: Partial<StreamChoice>) => onChange(values.map((entry) => (entry.stream === stream ? { ...entry, ...next } : entry)));
  return (
    <ul className="flex flex-col divide-y rounded-md border">
      {values.map((value) => {
        const minimum = connector.streams.find((entry) => entry.id === value.stream)?.minIntervalSeconds ?? 60;
        const seconds = [...new Set([...CHOICES_SECONDS.filter((choice) => choice >= minimum), value.intervalSeconds])].sort((a, b) => a - b);
        return (
          <li key={value.stream} className="flex items-center justify-between gap-4 px-3 py-2">
            <Checkbox
              checked={value.isEnabled}
              disabled={disabled}
              onCheckedChange={(isEnabled) => change(value.stream, { isEnabled })}
              label={t(`streams.${value.stream}`)}
            />
            <Select
              size="sm"
              className="w-44"
              label={t("interval.label", { stream: t(`streams.${value.stream}`) })}
              disabled={disabled || !value.isEnabled}
              value={String(value.intervalSeconds)}
              onValueChange={(next) => change(value.stream, { intervalSeconds: Number(next) })}
              options={seconds.map((choice) => ({ value: String(choice), label: intervalLabel(choice, t) }))}
            />
          </li>
        );
      })}
    </ul>
  );
}

type Translate = (key: "interval.seconds" | "interval.minutes" | "interval.hours", values: { readonly count: number }) => string;

export function intervalLabel(seconds: number, t: Translate): string {
  if (seconds < 60) return t("interval.seconds", { count: seconds });
  if (seconds < 3_600) return t("interval.minutes", { count: Math.round(seconds / 60) });
  return t("interval.hours", { count: Math.round(seconds / 3_600) });
}
