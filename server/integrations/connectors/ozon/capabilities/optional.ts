import { ConnectorError } from "../../../contract/errors";
import type { ConnectorContext, PullWarning } from "../../../contract/ports";
import type { Endpoint } from "../endpoints";
import { mayCall } from "../facts";

/** What is worth having, but not worth losing a page for: a refusal becomes a warning; what may pass (limits, outages) is thrown. */
export async function optional<T>(context: ConnectorContext, method: Endpoint, warnings: PullWarning[], without: T, read: () => Promise<T>): Promise<T> {
  if (!mayCall(context.facts, method)) return without;
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.retryable || error.kind === "auth") throw error;
    warnings.push({ code: error.code, params: { method } });
    return without;
  }
}
