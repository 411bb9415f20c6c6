import type { SimulatorControl } from "@/sandbox/control/client";
import type { StandFault } from "@/server/integrations/contract/testing/stand";
import type { WildberriesDesk } from "../sandbox";

export type Control = SimulatorControl<WildberriesDesk>;

/** Many writes here are answered 204 without a body: where nothing can be cut in the middle, the connection is. */
export const bodiless = (fault: StandFault): StandFault => (fault.kind === "malformed-json" ? { kind: "drop-after-accept" } : fault);

/** Calls whose name contains `path`. */
export async function countCalls(control: Control, path: string): Promise<number> {
  const { counts } = await control.requests({ last: 1 });
  return Object.entries(counts).reduce((sum, [seen, times]) => sum + (seen.includes(path) ? times : 0), 0);
}
