import { isTrackedEnvelope, type TrackedEnvelope, tracked } from "@trpc/server";
import { z } from "zod";

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/**
 * Yields what `source` yields, asking `before` ahead of each value; what either throws passes through `translate`.
 * Returning early (the browser left) ends `source` too.
 */
export async function* guardStream(source: AsyncIterable<unknown>, before: () => Promise<void>, translate: (error: unknown) => unknown): AsyncGenerator {
  try {
    for await (const value of source) {
      await before();
      yield value;
    }
  } catch (error) {
    throw translate(error);
  }
}

/**
 * Output schema of a subscription: every value is `tracked(id, data)`, and `data` is cut to `item` like any other output.
 * The id comes back as `lastEventId` of the input when the browser reconnects.
 */
export function outputStream<T>(item: z.ZodType<T>) {
  return z.custom<AsyncIterable<TrackedEnvelope<T>>>(isAsyncIterable).transform(async function* (source) {
    for await (const envelope of source) {
      if (!isTrackedEnvelope<T>(envelope)) throw new Error("a subscription must yield tracked(id, data)");
      yield tracked(envelope[0], item.parse(envelope[1]));
    }
  });
}
