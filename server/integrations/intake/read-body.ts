/**
 * Reads a body, at most `maxBytes` of it. An announced length is believed only when it is too large; otherwise the bytes are
 * counted as they come, and an oversized sender is cut off.
 * @returns null when the body is larger.
 */
export async function readBody(
  stream: ReadableStream<Uint8Array> | null,
  announcedLength: string | undefined,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(announcedLength ?? 0) > maxBytes) return null;
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
}
