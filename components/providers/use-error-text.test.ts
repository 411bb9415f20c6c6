import { describe, expect, it } from "vitest";
import { readFailure } from "./use-error-text";

describe("readFailure", () => {
  it("takes code, values and request id from tRPC's error data", () => {
    const error = { name: "TRPCClientError", data: { appCode: "organization.name_taken", params: { name: "Север", odd: { deep: 1 } }, requestId: "r-1" } };
    expect(readFailure(error)).toEqual({ code: "organization.name_taken", params: { name: "Север" }, requestId: "r-1" });
  });

  it("calls a failure without an answer of the server unreachable", () => {
    const error = Object.assign(new Error("fetch failed"), { name: "TRPCClientError", data: undefined });
    expect(readFailure(error).code).toBe("request.unreachable");
  });

  it("takes a stored code as it is, and anything else for our own fault", () => {
    expect(readFailure("remote.timeout").code).toBe("remote.timeout");
    expect(readFailure(new TypeError("x is not a function")).code).toBe("internal");
    expect(readFailure(null)).toEqual({ code: "internal", params: {}, requestId: undefined });
  });
});
