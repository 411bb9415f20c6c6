import { Prisma } from "@/server/platform/generated/client";
import type { Scope, Tx } from "@/server/platform/transaction";

export interface CapturedQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs `work` against a database that only writes down what it is asked: the very statements a repository sends. */
export async function captureQueries(workspaceId: string, work: (scope: Scope) => Promise<unknown>): Promise<CapturedQuery[]> {
  const captured: CapturedQuery[] = [];
  const note = (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => {
    const { text, values: parameters } = Array.isArray(query) ? Prisma.sql(query, ...values) : (query as Prisma.Sql);
    captured.push({ text, values: parameters });
    return Promise.resolve([]);
  };
  await work({ workspaceId, db: { $queryRaw: note, $executeRaw: note } as unknown as Tx });
  return captured;
}
