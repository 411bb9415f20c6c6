import type { IncomingMessage } from "node:http";

/** Gives a body, at most so many bytes of it; null when there are more. @throws BodyTimeout | BodyCutShort. */
export type BodyReader = (maxBytes: number) => Promise<Uint8Array | null>;

/** A sender that keeps the line open without sending gives up its place. */
const BODY_WITHIN_MS = 15_000;

export class BodyTimeout extends Error {}
/** The sender hung up in the middle: there is nobody left to answer. */
export class BodyCutShort extends Error {}

/** Reads from the socket by its events: an async iterator would cost as much again as all the rest of the door. */
export function bodyOfMessage(message: IncomingMessage): BodyReader {
  return (maxBytes) =>
    new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      let isDone = false;
      const done = (settle: () => void) => {
        clearTimeout(timer);
        message.removeAllListeners("data");
        isDone = true;
        settle();
      };
      const timer = setTimeout(() => done(() => reject(new BodyTimeout("the body did not come in time"))), BODY_WITHIN_MS);
      message.on("data", (chunk: Uint8Array) => {
        size += chunk.byteLength;
        if (size <= maxBytes) chunks.push(chunk);
        else {
          message.pause();
          done(() => resolve(null));
        }
      });
      message.once("end", () => done(() => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))));
      message.once("error", (error) => done(() => reject(new BodyCutShort(error.message))));
      // Every message closes in the end: after its own end that is no news, and an error is dear to make.
      message.once("close", () => isDone || done(() => reject(new BodyCutShort("the sender hung up"))));
    });
}

/** The same for a Fetch request's body. */
export function bodyOfStream(stream: ReadableStream<Uint8Array> | null): BodyReader {
  return async (maxBytes) => {
    if (stream === null) return new Uint8Array();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBytes) {
        await reader.cancel("body too large");
        return null;
      }
      chunks.push(value);
    }
    return Uint8Array.from(Buffer.concat(chunks));
  };
}
