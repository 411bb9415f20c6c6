import { isSessionLive, type MemberSession } from "@/server/access/index";

/** How long an answer counts for every stream of the process: two hundred tabs of one person must not ask two hundred times an event. */
export const SESSION_ANSWER_MS = 1_000;

interface Answer {
  readonly askedAt: number;
  readonly live: Promise<boolean>;
}

const answers = new Map<string, Answer>();

/** Whether a stream's session still stands; an end is noticed within a second. */
export async function isStillLive(session: MemberSession): Promise<boolean> {
  const key = `${session.sessionId} ${session.role} ${session.conversationScope}`;
  const known = answers.get(key);
  const now = performance.now();
  if (known !== undefined && now - known.askedAt < SESSION_ANSWER_MS) return known.live;
  const answer = { askedAt: now, live: isSessionLive(session) };
  answers.set(key, answer);
  // Sessions come and go for months: what nobody asks about any more is let go.
  setTimeout(() => {
    if (answers.get(key) === answer) answers.delete(key);
  }, SESSION_ANSWER_MS * 2).unref();
  return answer.live;
}
