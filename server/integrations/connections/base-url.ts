import { env } from "@/server/platform/env";
import { forbidden } from "@/server/platform/errors";
import { isAllowedOrigin } from "@/server/platform/http/address";
import type { Connector } from "../contract/connector";

interface Addresses {
  readonly sandboxUrl: string;
  readonly allowedOrigins: readonly string[];
}

const configured = (): Addresses => ({ sandboxUrl: env.SANDBOX_URL, allowedOrigins: env.OUTBOUND_ALLOWED_ORIGINS });

/**
 * Where a connection's calls go: its own address if the operator of the installation allows that origin, else the sandbox
 * when one is set, else the service. A workspace can therefore never point credentials at an arbitrary host.
 * @throws AppError `connection.base_url_not_allowed`.
 */
export function resolveBaseUrl(
  connector: Pick<Connector, "id" | "defaultBaseUrl" | "baseUrlOf">,
  override: string | null,
  addresses: Addresses = configured(),
  credentials: Readonly<Record<string, string>> = {},
): string {
  if (override !== null) {
    if (!URL.canParse(override) || !isAllowedOrigin(new URL(override), addresses.allowedOrigins)) throw forbidden("connection.base_url_not_allowed");
    return override.replace(/\/$/, "");
  }
  return addresses.sandboxUrl === "" ? ownBaseUrl(connector, credentials) : `${addresses.sandboxUrl.replace(/\/$/, "")}/${connector.id}`;
}

function ownBaseUrl(connector: Pick<Connector, "defaultBaseUrl" | "baseUrlOf">, credentials: Readonly<Record<string, string>>): string {
  return connector.baseUrlOf?.(credentials) ?? connector.defaultBaseUrl;
}

/** The further hosts of a service; below a connection's own address or the sandbox they are `<address>/<name>`. */
export function resolveHosts(
  connector: Pick<Connector, "defaultBaseUrl" | "baseUrlOf" | "hosts" | "hostsOf">,
  baseUrl: string,
  credentials: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  if (baseUrl === ownBaseUrl(connector, credentials)) return connector.hostsOf?.(credentials) ?? connector.hosts ?? {};
  return Object.fromEntries(Object.keys(connector.hosts ?? {}).map((name) => [name, `${baseUrl}/${name}`]));
}
