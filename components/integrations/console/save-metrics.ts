import { spreadsheetText } from "@/lib/spreadsheet-text";
import type { Metrics } from "@/server/integrations/console/schema";

const COLUMNS = ["day", "calls", "errors", "availability", "medianMs", "p95Ms", "bytes", "runs", "failedRuns"] as const;
const LINE = ["received", "applied", "duplicate", "rejected", "deadLetter"] as const;

/** The days on the screen as CSV: the figures are here already, nothing is asked of the server. */
export function metricsCsv(metrics: Metrics, word: (key: string) => string): string {
  const head = [...COLUMNS.map((column) => word(`columns.${column}`)), ...LINE.map((column) => word(`columns.${column}`))].map(spreadsheetText);
  const rows = metrics.days.map((day) => [
    ...COLUMNS.map((column) => String(day[column] ?? "")),
    ...LINE.map((column) => String(day.conservation?.[column] ?? "")),
  ]);
  return `\uFEFF${[head, ...rows].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n")}\r\n`;
}

export function saveMetrics(metrics: Metrics, name: string, word: (key: string) => string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([metricsCsv(metrics, word)], { type: "text/csv;charset=utf-8" }));
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase() || "connection"}-metrics.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
