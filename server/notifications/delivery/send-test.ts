import { newId } from "@/lib/ids";
import type { MemberSession } from "@/server/access/index";
import { AppError } from "@/server/platform/errors";
import { limiter } from "@/server/platform/rate-limit";
import { inWorkspace } from "@/server/platform/transaction";
import { announceTest } from "../announce";
import { type NoticeDeps, processDeps } from "../deps";
import type { OutsideChannel, SendTestResult } from "../schema";
import { findPerson } from "../settings/person.repository";
import { findCarrier, type NoCarrier } from "./carrier";
import { wordsFor } from "./compose";
import { insertTest } from "./delivery.repository";
import { DeliveryFailure } from "./delivery-failure";
import { rememberOutcome } from "./remember-outcome";

const REASONS: Readonly<Record<NoCarrier, string>> = { transport_off: "notices.no_transport", not_reachable: "notices.not_linked" };

const perPerson = limiter("notice-test", { points: 10, perSeconds: 60 });

/**
 * Sends a sample to the person who asks, at once, and says what came of it; a broken address that works again is mended.
 * @throws AppError `notices.too_often` (429)
 */
export async function sendTest(session: MemberSession, channel: "browser" | OutsideChannel, deps: NoticeDeps = processDeps()): Promise<SendTestResult> {
  const { workspaceId, userId } = session;
  const { allowed, retryAfterMs } = await perPerson.consume(userId);
  if (!allowed) throw new AppError("notices.too_often", { status: 429, retryable: true, params: { seconds: Math.ceil(retryAfterMs / 1_000) } });
  if (channel === "browser") {
    await inWorkspace(workspaceId, (scope) => announceTest(scope, userId));
    return { ok: true, sentTo: null, errorCode: null, errorText: null };
  }
  const carrier = await inWorkspace(workspaceId, async (scope) => {
    const person = await findPerson(scope, userId);
    return person === null ? "not_reachable" : findCarrier(scope, person, channel, true);
  });
  if (typeof carrier === "string") return { ok: false, sentTo: null, errorCode: REASONS[carrier], errorText: null };
  const reader = { locale: session.user.locale, timeZone: session.workspace.timeZone, workspaceName: session.workspace.name, withPreview: true };
  const words = await wordsFor(reader, deps.publicUrl);
  const failure = await carrier.send({ messageId: newId(), form: "test", said: [], words }, deps).then(
    () => null,
    (error: unknown) => {
      if (error instanceof DeliveryFailure) return error;
      throw error;
    },
  );
  const [errorCode, errorText] = [failure?.code ?? null, failure?.remoteText ?? null];
  const now = deps.clock.now();
  await inWorkspace(workspaceId, async (scope) => {
    await rememberOutcome(scope, { userId, channel }, carrier, failure, now);
    await insertTest(scope, { userId, channel }, { status: failure === null ? "sent" : "failed", errorCode, errorText, notBefore: null }, now);
  });
  return { ok: failure === null, sentTo: carrier.label, errorCode, errorText };
}
