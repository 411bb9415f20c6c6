import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function parse(text: string): Address | null {
  // Proxies write "1.2.3.4:5678" and "[::1]:5678" too.
  const bare = text
    .trim()
    .replace(/^\[([^\]]+)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function isIn(address: Address, ranges: readonly string[]): boolean {
  return ranges.some((range) => {
    const [network, bits] = ipaddr.parseCIDR(range.includes("/") ? range : `${range}/${range.includes(":") ? 128 : 32}`);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

/**
 * Who sent a request, as far as proxies we trust tell it: the rightmost address of X-Forwarded-For that is not one of theirs.
 * Everything left of it was written by the sender and proves nothing.
 * @returns null without trusted proxies (then the header is worth nothing) or when no address can be read.
 */
export function sourceAddress(forwardedFor: string | undefined, trustedProxies: readonly string[]): string | null {
  if (trustedProxies.length === 0 || forwardedFor === undefined) return null;
  const hops = forwardedFor.split(",").map(parse);
  for (const hop of hops.reverse()) {
    if (hop === null) return null;
    if (!isIn(hop, trustedProxies)) return hop.toString();
  }
  return null;
}

/** The published source ranges of a service; an unreadable address is in none of them. */
export function isFromRanges(address: string | null, ranges: readonly string[]): boolean {
  const parsed = address === null ? null : parse(address);
  return parsed !== null && isIn(parsed, ranges);
}
