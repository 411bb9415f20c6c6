import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constantTimeEqual, decrypt, encrypt, hashToken, hmacHex, newKey, newToken } from "./crypto";

describe("encrypt and decrypt", () => {
  const key = newKey();

  it("give back every byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (plaintext) => {
        expect(Buffer.from(decrypt(key, ["a", 1], encrypt(key, ["a", 1], plaintext))).equals(Buffer.from(plaintext))).toBe(true);
      }),
    );
  });

  it("notice any changed byte of the envelope", () => {
    const envelope = encrypt(key, ["a"], Buffer.from("secret"));
    for (let index = 0; index < envelope.length; index += 1) {
      const changed = Uint8Array.from(envelope);
      changed[index] = (changed[index] ?? 0) ^ 0x01;
      expect(() => decrypt(key, ["a"], changed), `byte ${index}`).toThrow();
    }
  });

  it("refuse another key, another binding, and parts that only join to the same text", () => {
    const envelope = encrypt(key, ["ab", "c"], Buffer.from("secret"));
    expect(() => decrypt(newKey(), ["ab", "c"], envelope)).toThrow();
    for (const binding of [["a", "bc"], ["abc"], ["c", "ab"], ["ab", "c", ""], []]) expect(() => decrypt(key, binding, envelope)).toThrow();
    expect(() => decrypt(key, ["1"], encrypt(key, [1], Buffer.from("x")))).toThrow();
  });

  it("never seal alike twice", () => {
    const seals = Array.from({ length: 100 }, () => Buffer.from(encrypt(key, [], Buffer.from("x"))).toString("hex"));
    expect(new Set(seals).size).toBe(100);
  });
});

describe("tokens", () => {
  it("are 256 random bits that fit an address", () => {
    const tokens = Array.from({ length: 100 }, newToken);
    expect(new Set(tokens).size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });
  it("hash as SHA-256 and HMAC-SHA256 do", () => {
    expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2.
    expect(hmacHex("Jefe", "what do ya want for nothing?")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  });
});

describe("constantTimeEqual", () => {
  it("is equality", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(constantTimeEqual(left, right)).toBe(left === right);
        expect(constantTimeEqual(left, Buffer.from(left))).toBe(true);
      }),
    );
  });
});
