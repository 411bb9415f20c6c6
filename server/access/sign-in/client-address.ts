import ipaddr from "ipaddr.js";
import { env } from "@/server/platform/env";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function parse(text: string): Address | null {
  const trimmed = text.trim();
  return ipaddr.isValid(trimmed) ? ipaddr.process(trimmed) : null;
}

function isTrusted(address: Address): boolean {
  return env.TRUSTED_PROXIES.some((entry) => {
    const [network, bits] = entry.includes("/") ? ipaddr.parseCIDR(entry) : [ipaddr.process(entry), undefined];
    if (network.kind() !== address.kind()) return false;
    return address.match(network, bits ?? (network.kind() === "ipv4" ? 32 : 128));
  });
}

/**
 * The caller's address. Next puts the socket's address into X-Forwarded-For when the header is absent, and every proxy appends
 * the one it heard from; so the list is walked from its end and the first entry that is not a trusted proxy counts.
 * Null when nothing readable is there.
 */
export function clientAddress(headers: Headers): string | null {
  const chain = (headers.get("x-forwarded-for") ?? "").split(",").reverse();
  let last: Address | null = null;
  for (const entry of chain) {
    const address = parse(entry);
    if (address === null) break;
    last = address;
    if (!isTrusted(address)) break;
  }
  return last?.toString() ?? null;
}
