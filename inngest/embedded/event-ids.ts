import { newId } from "@/lib/ids";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let at = 0; at < length; at += 1) {
    text = (ALPHABET[Number(rest & 31n)] ?? "0") + text;
    rest >>= 5n;
  }
  return text;
}

/** A ULID: 26 characters, ordered by time. `entropy` is 10 bytes. */
function ulid(atMs: number, entropy: Uint8Array): string {
  return encode(BigInt(atMs), 10) + encode(BigInt(`0x${Buffer.from(entropy).toString("hex")}`), 16);
}

/**
 * Ids of the events of one post. The SDK repeats a failed post with the same seed (`<ms>,<base64 of 10 bytes>`), so ids made
 * from it stay the same and the repetition changes nothing. Without a valid seed the ids are random.
 */
export function eventIdFactory(seed: string | null): (index: number) => string {
  const [ms, encoded] = (seed ?? "").split(",");
  const entropy = Buffer.from(encoded ?? "", "base64");
  const at = Number(ms);
  if (entropy.length !== 10 || !Number.isSafeInteger(at) || at <= 0) return newId;
  return (index) => {
    const own = Buffer.from(entropy);
    own.writeUInt32BE((own.readUInt32BE(6) + index) >>> 0, 6);
    return ulid(at, own);
  };
}
