import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The few primitives the house uses, all from node:crypto. Envelope: 1 byte version · 12 bytes nonce · 16 bytes tag · ciphertext
 * (AES-256-GCM). A fresh random nonce a message is sound for the few thousand messages a data key ever seals.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
export const KEY_BYTES = 32;

/** Bytes as Prisma's `Bytes` columns take and give them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What a ciphertext is tied to; it opens only with the same values in the same order. JSON keeps ["a","bc"] and ["ab","c"] apart. */
export type Binding = readonly (string | number)[];

/** @param key 32 bytes. */
export function encrypt(key: Uint8Array, binding: Binding, plaintext: Uint8Array): Bytes {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(binding)));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]));
}

/** @throws Error when the envelope is damaged, the key is another one, or the binding differs; it does not say which. */
export function decrypt(key: Uint8Array, binding: Binding, envelope: Uint8Array): Bytes {
  if (envelope.length < HEADER_BYTES || envelope[0] !== VERSION) throw new Error("not a sealed value");
  const decipher = createDecipheriv("aes-256-gcm", key, envelope.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(binding)));
  decipher.setAuthTag(envelope.subarray(1 + NONCE_BYTES, HEADER_BYTES));
  return Uint8Array.from(Buffer.concat([decipher.update(envelope.subarray(HEADER_BYTES)), decipher.final()]));
}

export function newKey(): Bytes {
  return Uint8Array.from(randomBytes(KEY_BYTES));
}

/** An unguessable token for addresses, invitations and sessions: 32 random bytes as 43 base64url characters. Store only its hash. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256, lower-case hex. Good for random tokens; passwords need argon2. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** HMAC-SHA256, lower-case hex. */
export function hmacHex(key: string | Uint8Array, message: string | Uint8Array): string {
  return createHmac("sha256", key).update(message).digest("hex");
}

/** Compares in time that depends on neither the content nor where the first difference is, also for different lengths. */
export function constantTimeEqual(left: string | Uint8Array, right: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
