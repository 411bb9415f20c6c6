/** The public surface of jobs: runs of durable functions, to look at, cancel and retry. */
export { cancelRun } from "./cancel-run";
export { getRun } from "./get-run";
export { jobsOverview } from "./jobs-overview";
export { listRuns } from "./list-runs";
export { retryRun } from "./retry-run";
