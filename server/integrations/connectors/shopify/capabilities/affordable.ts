import { ConnectorError } from "../../../contract/errors";

/**
 * How dear a page is depends on rules that are not published whole: one that costs too much is asked for again, half as long.
 * @returns the answer and the length that was affordable, to go on with.
 */
export async function affordable<T>(wanted: number, ask: (first: number) => Promise<T>): Promise<{ readonly answer: T; readonly first: number }> {
  for (let first = wanted; ; first = Math.floor(first / 2)) {
    try {
      return { answer: await ask(first), first };
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.code !== "shopify.query_too_dear" || first <= 1) throw error;
    }
  }
}
