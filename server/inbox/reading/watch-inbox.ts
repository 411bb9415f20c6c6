import { type MemberSession, maySee, type Place, type Viewer, viewerOf } from "@/server/access/index";
import { type LiveEvent, RESYNC, subscribe } from "@/server/platform/live";
import { inWorkspace } from "@/server/platform/transaction";
import { INBOX_MOVED_TOPIC, INBOX_TOPIC, PRESENCE_TOPIC } from "../announce";
import type { InboxEvent } from "../schema";
import { findPlace } from "../visibility.repository";

/** Every tab of a process hears the same event object: where its conversation stands is read once for all of them. */
const places = new WeakMap<LiveEvent, Promise<Place | null>>();

function placeOf(event: LiveEvent, conversationId: string): Promise<Place | null> {
  const known = places.get(event);
  if (known !== undefined) return known;
  const reading = inWorkspace(event.workspaceId, (scope) => findPlace(scope, conversationId));
  places.set(event, reading);
  return reading;
}

const isOf = (topic: string) => (event: LiveEvent) => event.topic === topic;

/** Which of the named conversations the person may see. What does not exist is within nobody's sight. */
async function visibleOf(events: readonly LiveEvent[], viewer: Viewer | undefined): Promise<string[]> {
  const ids = new Set<string>();
  for (const event of events) {
    if (event.id === undefined || ids.has(event.id)) continue;
    const place = viewer === undefined ? undefined : await placeOf(event, event.id);
    if (viewer === undefined || (place && maySee(viewer, place))) ids.add(event.id);
  }
  return [...ids];
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
  for await (const events of subscribe(session.workspaceId, signal)) {
    const inbox = events.filter(isOf(INBOX_TOPIC));
    const presence = events.filter(isOf(PRESENCE_TOPIC));
    const hasMoved = events.some(isOf(INBOX_MOVED_TOPIC));
    const wasLost = events.some(isOf(RESYNC));
    if (wasLost || hasMoved) viewer = undefined;
    if (isNarrow && inbox.length + presence.length > 0) viewer ??= await readViewer();
    const readsAgain = wasLost || (isNarrow && hasMoved) || inbox.some(({ id }) => id === undefined);
    const event = { changed: readsAgain ? null : await visibleOf(inbox, viewer), presence: await visibleOf(presence, viewer) };
    if (event.changed === null || event.changed.length + event.presence.length > 0) yield event;
  }
}
