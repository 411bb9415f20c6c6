import type { Scope } from "@/server/platform/transaction";
import type { OutsideChannel } from "../schema";
import { markAddress, markMailBroken, moveAddress } from "../telegram/address.repository";
import { noteTransport } from "../transports/transport.repository";
import type { Carrier } from "./carrier";
import type { DeliveryFailure } from "./delivery-failure";

/** Keeps what a try has taught about the person's address and about the transport; `null` = it arrived. */
export async function rememberOutcome(
  scope: Scope,
  { userId, channel }: { readonly userId: string; readonly channel: OutsideChannel },
  { address, transportId }: Pick<Carrier, "address" | "transportId">,
  failure: DeliveryFailure | null,
  now: Date,
): Promise<void> {
  if (failure !== null && failure.movedTo !== null && channel === "telegram") await moveAddress(scope, address, failure.movedTo);
  if (failure === null || failure.blame === "address") {
    const brokenCode = failure?.code ?? null;
    if (channel === "telegram") await markAddress(scope, "telegram", address, brokenCode);
    else await markMailBroken(scope, userId, address, brokenCode);
    await noteTransport(scope, transportId, null, now);
  }
  if (failure?.blame === "transport") await noteTransport(scope, transportId, failure.code, now);
}
