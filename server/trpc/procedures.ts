import { type Actor, isPermitted, type Permission } from "@/server/access/index";
import { AppError, forbidden, invalid } from "@/server/platform/errors";
import { logger } from "@/server/platform/logger";
import { isUnexpected, toTrpcError } from "./failure";
import { t } from "./init";
import { isStillLive } from "./still-live";
import { guardStream, isAsyncIterable } from "./stream";

const signedOut = () => new AppError("access.signed_out", { status: 401 });

interface Where {
  readonly path: string;
  readonly requestId: string;
}

/** Gives an error its status, and logs, with cause and request id, what nobody foresaw. */
function translate(error: unknown, { path, requestId }: Where): Error {
  const translated = toTrpcError(error);
  if (isUnexpected(translated)) logger.error({ err: translated.cause ?? translated, path, requestId }, "procedure failed");
  return translated;
}

/** U+0000 is in no text PostgreSQL can hold, so no question with it has an answer. What is written is cleaned by those who store it. */
function holdsNul(input: unknown): boolean {
  if (typeof input === "string") return input.includes("\u0000");
  return typeof input === "object" && input !== null && Object.values(input).some(holdsNul);
}

const base = t.procedure.use(async ({ next, path, ctx, type, getRawInput }) => {
  if (type === "query" && holdsNul(await getRawInput())) throw translate(invalid("input.invalid"), { path, requestId: ctx.requestId });
  const result = await next();
  if (!result.ok) throw translate(result.error, { path, requestId: ctx.requestId });
  return result;
});

/** For anybody, signed in or not. */
export const publicProcedure = base.meta({ permission: "public" });

/** A subscription is checked again before the values it yields, so that an ended session hears nothing after a second. */
const memberProcedure = base.use(async ({ ctx, next, type, path }) => {
  const { session } = ctx;
  if (session === null) throw signedOut();
  const actor: Actor = { kind: "user", id: session.userId, ip: ctx.ip ?? undefined };
  const result = await next({ ctx: { session, workspaceId: session.workspaceId, actor } });
  if (type !== "subscription" || !result.ok || !isAsyncIterable(result.data)) return result;
  const stillLive = async () => {
    if (!(await isStillLive(session))) throw signedOut();
  };
  const data = guardStream(result.data, stillLive, (error) => translate(error, { path, requestId: ctx.requestId }));
  return { ...result, data };
});

/**
 * For active members whose role holds `permission` in the table of server/access/permissions.ts; asked before the input is even
 * parsed. `ctx.actor` is who the audit names; `ctx.workspaceId` is the only workspace the procedure may touch.
 */
export function permitted(permission: Permission) {
  return memberProcedure.meta({ permission }).use(({ ctx, next }) => {
    if (!isPermitted(ctx.session.role, permission)) throw forbidden("access.forbidden", { permission });
    return next();
  });
}
