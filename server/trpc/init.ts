import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import type { Permission } from "@/server/access/index";
import type { TrpcContext } from "./context";
import { describeFailure } from "./failure";

/** What a procedure demands: a permission of the table, or nothing. A test fails for a procedure that does not say. */
export interface ProcedureMeta {
  readonly permission?: Permission | "public" | undefined;
}

const PING_MS = 15_000;

export const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    // Stack traces never leave the server, not in development either.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const failure = describeFailure(error);
      return {
        message: failure.appCode,
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          appCode: failure.appCode,
          params: failure.params,
          issues: failure.issues,
          requestId: ctx?.requestId ?? null,
        },
      };
    },
    sse: {
      ping: { enabled: true, intervalMs: PING_MS },
      client: { reconnectAfterInactivityMs: 3 * PING_MS },
    },
  });

/** Builds a router; `server/<module>/router.ts` and root.ts use it. */
export const router = t.router;
