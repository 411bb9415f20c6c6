import type { ErrorParams } from "@/server/platform/errors";
import { ConnectorError } from "./errors";
import type { ChannelRules, OutgoingMessage } from "./ports";

/**
 * What can be known to be refused is refused before a call: refusals eat the same budgets as answers. Codes are
 * `<connector>.text_empty | text_too_short | text_too_long | file_empty | file_type | file_too_large`; texts are the catalogue's.
 */

/** What shops send buyers, by extension, where a service names no types itself. */
export const USUAL_FILE_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  pdf: "application/pdf",
  txt: "text/plain",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** @throws ConnectorError `invalid`, always. */
export function refuse(code: string, params: ErrorParams = {}): never {
  throw new ConnectorError("invalid", code, { params });
}

/** Lengths are counted in characters, not in UTF-16 units. @returns the text as it is to be sent. @throws ConnectorError `invalid`. */
export function checkText(connector: string, text: string | undefined, rules: Pick<ChannelRules, "minTextLength" | "maxTextLength">): string {
  const given = text ?? "";
  const trimmed = [...given.trim()].length;
  const { length } = [...given];
  if (trimmed === 0) refuse(`${connector}.text_empty`);
  if (trimmed < rules.minTextLength) refuse(`${connector}.text_too_short`, { min: rules.minTextLength, length: trimmed });
  if (length > rules.maxTextLength) refuse(`${connector}.text_too_long`, { max: rules.maxTextLength, length });
  return given;
}

/** The MIME type a name's extension stands for. */
export function typeOfName(name: string, types: Readonly<Record<string, string>>): string | undefined {
  return types[/\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ""];
}

export interface FileRules {
  /** MIME types by extension. */
  readonly types: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** What the service calls a megabyte. */
  readonly bytesPerMegabyte: number;
}

/** @returns the MIME type. @throws ConnectorError `invalid`. */
export function checkFile(connector: string, file: NonNullable<OutgoingMessage["file"]>, { types, maxBytes, bytesPerMegabyte }: FileRules): string {
  const type = typeOfName(file.name, types);
  if (type === undefined) return refuse(`${connector}.file_type`, { name: file.name.slice(0, 100) });
  if (file.content.byteLength === 0) refuse(`${connector}.file_empty`);
  if (file.content.byteLength > maxBytes) refuse(`${connector}.file_too_large`, { maxMegabytes: maxBytes / bytesPerMegabyte });
  return type;
}
