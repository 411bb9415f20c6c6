import type { Scope } from "@/server/platform/transaction";

export type Guarded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/**
 * Runs `work` behind a savepoint: what it wrote is undone when it throws, and the transaction lives on.
 * @throws the error itself when the transaction cannot be rescued (connection lost, deadlock victim, time-out).
 */
export async function guarded<T>({ db }: Scope, work: () => Promise<T>): Promise<Guarded<T>> {
  await db.$executeRawUnsafe("SAVEPOINT karavan_record");
  try {
    const value = await work();
    await db.$executeRawUnsafe("RELEASE SAVEPOINT karavan_record");
    return { ok: true, value };
  } catch (error) {
    if (isOfTheTransaction(error)) throw error;
    await db.$executeRawUnsafe("ROLLBACK TO SAVEPOINT karavan_record");
    return { ok: false, error };
  }
}

/** SQLSTATE classes that say nothing about the record: connection, transaction rollback (deadlock, serialization), resources, operator, system. */
const TRANSACTION_STATES = /^(?:08|40|53|57|58)/;
const PRISMA_TRANSACTION_CODES = new Set(["P2028", "P2034", "P1001", "P1002", "P1008", "P1017", "P2024"]);

function isOfTheTransaction(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("code" in error && typeof error.code === "string" && PRISMA_TRANSACTION_CODES.has(error.code)) return true;
  const text = JSON.stringify(error, Object.getOwnPropertyNames(error));
  const state = /"(?:originalCode|code)":"(\d{2}[0-9A-Z]{3})"/.exec(text)?.[1];
  return state !== undefined && TRANSACTION_STATES.test(state);
}
