import { invalid } from "@/server/platform/errors";
import type { Connector } from "../contract/connector";
import { findConnector } from "../registry";

/** @throws AppError `connection.unknown_connector`. */
export function requireConnector(id: string): Connector {
  const connector = findConnector(id);
  if (connector === undefined) throw invalid("connection.unknown_connector", { connector: id.slice(0, 60) });
  return connector;
}
