import type { Payload } from "./chats";
import { nextId, type YandexState } from "./state";

/** A picture of one pixel. */
export const PIXEL = Uint8Array.from(Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));

export function storeFile(state: YandexState, name: string, contentType: string, bytes: Uint8Array): Payload {
  const fileId = String(nextId(state));
  state.files.set(fileId, { name, contentType: contentType || "application/octet-stream", bytes });
  return { name, fileId, size: bytes.byteLength };
}

/** Where a file is fetched; the media host of the service lies below the simulator's own address. */
export function urlOf(state: YandexState, file: Pick<Payload, "fileId" | "name">): string {
  return `${state.host.baseUrl()}/media/files/${file.fileId}/${encodeURIComponent(file.name)}`;
}
