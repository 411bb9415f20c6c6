import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { AppError, notFound } from "@/server/platform/errors";
import { describeFailure, isUnexpected, toTrpcError } from "./failure";

it.each([
  [notFound("order.not_found", { id: "7" }), "NOT_FOUND", "order.not_found"],
  [new AppError("auth.throttled", { status: 429 }), "TOO_MANY_REQUESTS", "auth.throttled"],
  [new AppError("vault.sealed"), "INTERNAL_SERVER_ERROR", "vault.sealed"],
] as const)("an AppError keeps its code and gets its status", (error, code, appCode) => {
  const translated = toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }));
  expect([translated.code, describeFailure(translated).appCode, describeFailure(translated).params]).toEqual([code, appCode, error.params]);
});

it("says nothing of an unforeseen error but keeps it for the log", () => {
  const secret = new Error("password=hunter2 at SELECT * FROM user");
  const translated = toTrpcError(secret);
  expect(JSON.stringify([translated.message, describeFailure(translated)])).not.toContain("hunter2");
  expect(describeFailure(translated).appCode).toBe("internal");
  expect(translated.cause).toBe(secret);
  expect(isUnexpected(translated)).toBe(true);
});

it("does not show a failed output check, which would quote the data", () => {
  const parsed = z.object({ name: z.string() }).safeParse({ name: 1 });
  const failure = describeFailure(toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "Output validation failed", cause: parsed.error })));
  expect(failure).toEqual({ appCode: "internal", params: {}, issues: [] });
});

it("names the fields of a bad input", () => {
  const parsed = z.object({ lines: z.array(z.object({ quantity: z.number().min(1) })) }).safeParse({ lines: [{ quantity: 0 }] });
  const error = new TRPCError({ code: "BAD_REQUEST", cause: parsed.error });
  expect(describeFailure(toTrpcError(error))).toMatchObject({ appCode: "input.invalid", issues: [{ path: "lines.0.quantity", code: "too_small" }] });
  expect(isUnexpected(error)).toBe(false);
});
