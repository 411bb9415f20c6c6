import { describe, expect, it } from "vitest";
import type { Metrics } from "@/server/integrations/console/schema";
import { metricsCsv } from "./save-metrics";

const figures = { calls: 3, errors: 1, availability: 0.5, medianMs: 120, p95Ms: null, bytes: 900, runs: 1, failedRuns: 0 };
const metrics: Metrics = {
  total: figures,
  days: [
    { day: "2026-11-20", ...figures, conservation: { received: 3, applied: 2, duplicate: 1, rejected: 0, deadLetter: 0, balances: true } },
    { day: "2026-11-21", ...figures, conservation: null },
  ],
  endpoints: [],
  headroom: [],
};

describe("the figures as a file", () => {
  it("are one line a day; what is not known is empty, and no heading is run as a formula", () => {
    const [head, first, second] = metricsCsv(metrics, (key) => (key === "columns.day" ? "=day" : key.slice(8))).split("\r\n");
    expect(head).toBe(
      '\uFEFF"\'=day","calls","errors","availability","medianMs","p95Ms","bytes","runs","failedRuns","received","applied","duplicate","rejected","deadLetter"',
    );
    expect(first).toBe('"2026-11-20","3","1","0.5","120","","900","1","0","3","2","1","0","0"');
    expect(second).toBe('"2026-11-21","3","1","0.5","120","","900","1","0","","","","",""');
  });
});
