import { randomUUID } from "node:crypto";
import { callTRPCProcedure, TRPCError } from "@trpc/server";
import type { MemberSession } from "@/server/access/index";
import type { TrpcContext } from "../context";
import { describeFailure, type InputIssue, isUnexpected } from "../failure";
import { appRouter } from "../root";
import { isAsyncIterable } from "../stream";
import type { ProcedureInfo } from "./procedures";

export type Answer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly appCode: string; readonly issues: readonly InputIssue[]; readonly isUnexpected: boolean; readonly cause: unknown };

export function contextFor(session: MemberSession | null): TrpcContext {
  return { session, requestId: randomUUID(), ip: "203.0.113.7", userAgent: "probe", headers: new Headers() };
}

/** How long a subscription may take to say something on its own; silence is an answer, too. */
const LISTEN_MS = 250;

async function listen(stream: AsyncIterable<unknown>, stop: AbortController): Promise<unknown[]> {
  const heard: unknown[] = [];
  const timer = setTimeout(() => stop.abort(), LISTEN_MS);
  const silence = new Promise<"silence">((resolve) => stop.signal.addEventListener("abort", () => resolve("silence")));
  const iterator = stream[Symbol.asyncIterator]();
  for (;;) {
    const step = await Promise.race([iterator.next(), silence]);
    if (step === "silence" || step.done === true) break;
    heard.push(step.value);
  }
  clearTimeout(timer);
  return heard;
}

/** Calls a procedure by path as `session` would, and tells answer or refusal as the browser would learn them. */
export async function call(procedure: ProcedureInfo, input: unknown, session: MemberSession | null): Promise<Answer> {
  const stop = new AbortController();
  try {
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path: procedure.path,
      type: procedure.type,
      getRawInput: async () => input,
      ctx: contextFor(session),
      signal: stop.signal,
      batchIndex: 0,
    });
    return { ok: true, data: isAsyncIterable(data) ? await listen(data, stop) : data };
  } catch (error) {
    const known = error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
    const { appCode, issues } = describeFailure(known);
    return { ok: false, appCode, issues, isUnexpected: isUnexpected(known), cause: known.cause };
  }
}
