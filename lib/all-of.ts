/**
 * The results in order. Waits for all of them, also after a failure: what fails must not leave requests running behind its back.
 * @throws what the first of them, in their order, failed with.
 */
export async function allOf<T>(calls: readonly (T | PromiseLike<T>)[]): Promise<Awaited<T>[]> {
  return (await Promise.allSettled(calls)).map((call) => {
    if (call.status === "rejected") throw call.reason;
    return call.value;
  });
}
