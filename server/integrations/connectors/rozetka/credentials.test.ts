import { describe, expect, it } from "vitest";
import { rozetka } from "./connector";
import { rozetkaCredentials } from "./credentials";

describe("what a person enters", () => {
  it("is a login with a password, or a token", () => {
    expect(rozetkaCredentials.parse({ login: " a@b.example ", password: " p " })).toEqual({ token: "", login: "a@b.example", password: " p " });
    expect(rozetkaCredentials.parse({ token: " abc " })).toEqual({ token: "abc", login: "", password: "" });
  });

  it("is refused by the field that lacks or is wrong", () => {
    const fieldsOf = (typed: unknown) => rozetkaCredentials.safeParse(typed).error?.issues.map(({ path }) => path[0]);
    expect(fieldsOf({})).toEqual(["login", "password"]);
    expect(fieldsOf({ login: "a" })).toEqual(["password"]);
    expect(fieldsOf({ token: "Bearer-abc" })).toEqual(["token"]);
    expect(fieldsOf({ token: "два слова" })).toEqual(["token"]);
  });

  it("counts limits by the account, and shows neither token nor login by it", () => {
    const key = (login: string, token = "") => rozetka.limitKey({ login, password: "p", token });
    expect(key("Shop@x.example")).toBe(key("shop@x.example"));
    expect(key("a", "token-1")).not.toBe(key("a", "token-2"));
    expect(key("secretlogin")).not.toContain("secretlogin");
  });
});
