import { describe, expect, it } from "vitest";
import { ozonCredentials } from "./credentials";

describe("what a person pastes", () => {
  it("forgives white space around both", () => {
    expect(ozonCredentials.parse({ clientId: " 123456 ", apiKey: "\tabcd-efgh-ijkl\n" })).toEqual({ clientId: "123456", apiKey: "abcd-efgh-ijkl" });
  });
  it.each([
    { clientId: "", apiKey: "abcd-efgh-ijkl" },
    { clientId: "12a", apiKey: "abcd-efgh-ijkl" },
    { clientId: "123456", apiKey: "" },
    { clientId: "123456", apiKey: "ключ-с-кириллицей" },
    { clientId: "123456", apiKey: "two words here" },
    { clientId: "123456" },
  ])("refuses %j", (entered) => {
    expect(ozonCredentials.safeParse(entered).success).toBe(false);
  });
});
