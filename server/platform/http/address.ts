import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { HttpFailure } from "./failure";

/** Resolves a name to all its addresses; replaced in tests. */
export type ResolveAll = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveAll: ResolveAll = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true, verbatim: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });

/**
 * Whether an address is one of the public internet. Loopback, private, link-local (cloud metadata), carrier-grade NAT,
 * multicast, reserved, and every IPv6 form that carries such an IPv4 address are not.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === "ipv6") {
    const embedded = embeddedIpv4(parsed.toByteArray());
    if (embedded !== undefined) return isPublicAddress(embedded);
  }
  return parsed.range() === "unicast";
}

/** 6to4 (2002::/16), NAT64 (64:ff9b::/96) and IPv4-compatible (::/96) addresses lead to the IPv4 address inside. */
function embeddedIpv4(bytes: readonly number[]): string | undefined {
  if (bytes[0] === 0x20 && bytes[1] === 0x02) return bytes.slice(2, 6).join(".");
  const nat64 = bytes[0] === 0 && bytes[1] === 0x64 && bytes[2] === 0xff && bytes[3] === 0x9b && bytes.slice(4, 12).every((byte) => byte === 0);
  const compatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0);
  return nat64 || compatible ? bytes.slice(12).join(".") : undefined;
}

/**
 * A `lookup` for net.connect that hands out public addresses only. The check sits at connect time, on the very address the
 * socket then uses, so a name that changes between check and use (DNS rebinding) gains nothing.
 */
export function guardedLookup(resolve: ResolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter((entry) => isPublicAddress(entry.address) && (!options.family || options.family === entry.family));
        const [first] = allowed;
        if (first === undefined) {
          callback(new HttpFailure(addresses.length === 0 ? "dns" : "private-address", { host: hostname }), "", 4);
        } else if (options.all === true) {
          callback(null, [...allowed]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (cause: unknown) => callback(new HttpFailure("dns", { host: hostname, cause }), "", 4),
    );
  };
}

/** Literal addresses never reach `lookup`. @throws HttpFailure `private-address` */
export function checkLiteral(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw new HttpFailure("private-address", { host: hostname });
}

/**
 * Whether `target` is named by the list of origins that may be reached although they are private.
 * An entry without a port allows every port of its scheme and host.
 */
export function isAllowedOrigin(target: URL, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    if (!URL.canParse(entry)) return false;
    const allowed = new URL(entry);
    const namesPort = /:\d+\/?$/.test(entry.trim());
    return allowed.protocol === target.protocol && allowed.hostname === target.hostname && (!namesPort || allowed.port === target.port);
  });
}

/**
 * The address of a call: always below the base URL, whatever the path says.
 * @param path begins with "/"; may carry a query.
 * @throws HttpFailure `outside-base`
 */
export function resolveTarget(base: URL, path: string): URL {
  const refused = () => new HttpFailure("outside-base", { host: base.hostname });
  const prefix = base.pathname.replace(/\/+$/, "");
  if (!path.startsWith("/") || path.startsWith("//") || /[\\\s\p{Cc}]/u.test(path)) throw refused();
  const [pathname = ""] = path.split(/[?#]/, 1);
  if (hasDotSegment(pathname)) throw refused();
  const target = new URL(`${base.origin}${prefix}${path}`);
  if (target.origin !== base.origin || !target.pathname.startsWith(`${prefix}/`) || target.username !== "") throw refused();
  target.hash = "";
  return target;
}

/** Also in percent-encoded spelling, and encoded twice: some servers decode before they resolve. */
function hasDotSegment(pathname: string): boolean {
  const decoded = pathname
    .replace(/%25/gi, "%")
    .replace(/%2e/gi, ".")
    .replace(/%(?:2f|5c)/gi, "/");
  return decoded.split("/").some((segment) => segment === ".." || segment === ".");
}
