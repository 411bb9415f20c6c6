"use client";

import { useFormatter } from "next-intl";

const NOTHING = "–";
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Figures of the console as people read them; what is not known is a dash. */
export function useFigures() {
  const format = useFormatter();
  return {
    number: (value: number) => format.number(value),
    percent: (share: number | null) =>
      share === null ? NOTHING : format.number(share, { style: "percent", maximumFractionDigits: share > 0.99 && share < 1 ? 2 : 1 }),
    milliseconds: (value: number | null) => (value === null ? NOTHING : format.number(value, { style: "unit", unit: "millisecond", maximumFractionDigits: 0 })),
    bytes: (value: number) => {
      const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      return format.number(value / 1_000 ** power, { style: "unit", unit: UNITS[power] ?? "byte", maximumFractionDigits: 1 });
    },
  };
}
