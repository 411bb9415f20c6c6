import { type MemberSession, maySee, type Place, type Viewer, viewerOf } from "@/server/access/index";
import { type LiveEvent, RESYNC, subscribe } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { INBOX_MOVED_TOPIC, INBOX_TOPIC, PRESENCE_TOPIC } from "../announce";
import type { InboxEvent } from "../schema";
import { findPlace } from "../visibility.repository";

const KINDS: ReadonlyMap<string, InboxEvent["topic"]> = new Map([
  [INBOX_TOPIC, "conversation"],
  [PRESENCE_TOPIC, "presence"],
]);
const READ_AGAIN: InboxEvent = { conversationId: null, topic: "conversation" };

/** Every tab of a process hears the same event object: where its conversation stands is read once for all of them. */
const places = new WeakMap<LiveEvent, Promise<Place | null>>();

function placeOf(event: LiveEvent, conversationId: string): Promise<Place | null> {
  const known = places.get(event);
  if (known !== undefined) return known;
  const reading = inWorkspace(event.workspaceId, (scope) => findPlace(scope, conversationId));
  places.set(event, reading);
  return reading;
}

/**
 * Changed conversations of a workspace as they are committed, cut to what the person may see; null = many at once, some were
 * missed, or one may have left the person's sight: read the list again. Whose eyes these are is asked anew whenever anything
 * changed hands: a team's members may be other ones now.
 */
export async function* watchInbox(session: MemberSession, signal: AbortSignal): AsyncGenerator<InboxEvent> {
  const readViewer = () => inWorkspace(session.workspaceId, (scope) => viewerOf(scope, session));
  const isNarrow = (await readViewer()).scope !== "all";
  let viewer: Viewer | undefined;
  for await (const event of subscribe(session.workspaceId, signal)) {
    const hasMoved = event.topic === INBOX_MOVED_TOPIC;
    if (hasMoved || event.topic === RESYNC) viewer = undefined;
    if (event.topic === RESYNC || (hasMoved && isNarrow)) yield READ_AGAIN;
    const topic = KINDS.get(event.topic);
    if (topic === undefined) continue;
    if (event.id === undefined) {
      yield READ_AGAIN;
      continue;
    }
    if (isNarrow) viewer ??= await readViewer();
    const place = viewer === undefined ? undefined : await placeOf(event, event.id);
    // What does not exist is within nobody's sight.
    if (viewer === undefined || (place && maySee(viewer, place))) yield { conversationId: event.id, topic };
  }
}
