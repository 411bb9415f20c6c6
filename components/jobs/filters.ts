"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ORIGINS, PERIODS, RUN_STATUSES, type RunFilterInput } from "@/server/jobs/schema";

const parsers = {
  status: parseAsStringLiteral(RUN_STATUSES),
  function: parseAsString,
  origin: parseAsStringLiteral(ORIGINS),
  period: parseAsStringLiteral(PERIODS).withDefault("day"),
  run: parseAsString,
};

/** What is listed and which run is open live in the address: a failed run can be sent to whoever mends it. */
export function useJobsState() {
  return useQueryStates(parsers, { history: "push", shallow: true, clearOnDefault: true });
}

export type JobsState = ReturnType<typeof useJobsState>[0];

/** What the server is asked about, whatever the status. */
export function filterInput(state: Pick<JobsState, "function" | "origin" | "period">): RunFilterInput {
  return {
    period: state.period,
    ...(state.function === null ? {} : { functionId: state.function }),
    ...(state.origin === null ? {} : { origin: state.origin }),
  };
}

export function isFiltered(state: JobsState): boolean {
  return state.status !== null || state.function !== null || state.origin !== null;
}
