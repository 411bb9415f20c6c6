/** The public surface of the deadlines room. */
export { recomputeBatch, recomputeDeadlines } from "./recompute-deadlines";
export { watchDeadlines } from "./watch-deadlines";
