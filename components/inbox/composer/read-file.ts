export interface ChosenFile {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
}

export type FileResult =
  | { readonly ok: true; readonly file: ChosenFile }
  | { readonly ok: false; readonly reason: "tooLarge" | "wrongType" | "empty" | "unreadable" };

/** Checks a chosen file against the channel's rules before anything is uploaded. The server checks again. */
export async function readFile(file: File, rules: { readonly maxBytes: number; readonly types: readonly string[] }): Promise<FileResult> {
  if (file.size === 0) return { ok: false, reason: "empty" };
  if (file.size > rules.maxBytes) return { ok: false, reason: "tooLarge" };
  if (rules.types.length > 0 && !rules.types.some((type) => matches(file, type))) return { ok: false, reason: "wrongType" };
  const content = await toBase64(file);
  if (content === undefined) return { ok: false, reason: "unreadable" };
  return { ok: true, file: { name: file.name, contentType: file.type || "application/octet-stream", base64: content } };
}

/** Types are written as MIME types ("image/png", "image/*") or endings (".pdf"). */
function matches(file: File, type: string): boolean {
  if (type.startsWith(".")) return file.name.toLowerCase().endsWith(type.toLowerCase());
  if (type.endsWith("/*")) return file.type.startsWith(type.slice(0, -1));
  return file.type === type;
}

function toBase64(file: File): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ""));
    reader.onerror = () => resolve(undefined);
    reader.readAsDataURL(file);
  });
}
