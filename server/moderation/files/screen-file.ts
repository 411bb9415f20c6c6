import { isAllowed, MARKETPLACE_DOMAINS } from "../addresses/domains";
import type { Finding } from "../schema";
import { findLeaks, type ScreenOptions } from "../screen";
import { FILE_LIMITS, type FileLimits, lookInside } from "./look-inside";

export interface ScreenedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

type FileType = "image" | "pdf" | "text" | "other";

const LONGEST_MATCH = 300;

function startsWith(content: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => content[index] === byte);
}

/** By what the bytes are, not by what the name or the sender says; a claim that the bytes do not keep is still looked into. */
export function fileType({ content, contentType, name }: ScreenedFile): FileType {
  const head = Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 1_024)).toString("latin1");
  if (head.includes("%PDF-")) return "pdf";
  if (
    startsWith(content, 0xff, 0xd8) ||
    startsWith(content, 0x89, 0x50, 0x4e, 0x47) ||
    head.startsWith("GIF8") ||
    (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP")
  )
    return "image";
  if (/^....ftyp(?:avif|heic|mif1|heix)/s.test(head) || head.startsWith("II*") || head.startsWith("MM")) return "image";
  if (contentType === "application/pdf" || /\.pdf$/i.test(name)) return "pdf";
  if (contentType.startsWith("image/") || /\.(?:jpe?g|png|gif|webp)$/i.test(name)) return "image";
  return contentType.startsWith("text/") ? "text" : "other";
}

/** A receipt's own code (Russian fiscal receipts: t=…&s=…&fn=…), a serial number, or the marketplace's own page. */
function isHarmlessCode(text: string, options: ScreenOptions): boolean {
  if (/^t=\d{8}T\d{4,6}&s=[\d.]+&fn=\d+/.test(text)) return true;
  if (/^https?:\/\//i.test(text)) {
    return URL.canParse(text) && isAllowed(new URL(text).hostname, [...MARKETPLACE_DOMAINS, ...(options.allowedDomains ?? [])]);
  }
  return /^[A-Z0-9 \-/]{1,40}$/i.test(text) && findLeaks(text, options).length === 0;
}

function ofFile(finding: Finding): Finding {
  return { ...finding, start: 0, end: 0, matched: finding.matched.slice(0, LONGEST_MATCH) };
}

function fault(name: string, reason: "file.unreadable" | "file.too_complex"): Finding {
  return { kind: "file", reason, start: 0, end: 0, matched: name.slice(0, LONGEST_MATCH), certainty: "likely" };
}

/**
 * What a file would carry out of the marketplace: QR codes in pictures (JPEG, PNG, WebP, GIF, AVIF, TIFF; every frame) and PDFs
 * (every page), text in PDFs and text files, and the file's name. Offsets of the findings are 0. A picture or PDF that cannot be
 * read, or not within the limits, is a finding of kind `file`; other kinds of file (video, archives) are not looked into.
 */
export async function screenFile(file: ScreenedFile, given: ScreenOptions = {}, limits: FileLimits = FILE_LIMITS): Promise<Finding[]> {
  const options = { ...given, likeness: false };
  const inName = findLeaks(file.name.replace(/\.[a-z0-9]{2,5}$/i, ""), options).map(ofFile);
  const type = fileType(file);
  if (type === "other") return inName;
  if (type === "text") return [...inName, ...screenText(file, options, limits)];
  const inside = await lookInside(file.content, type, limits);
  if ("fault" in inside) return [...inName, fault(file.name, `file.${inside.fault}`)];
  const reason = type === "pdf" ? "qr_code.pdf" : "qr_code.image";
  const codes = inside.codes
    .filter(({ text }) => !isHarmlessCode(text, options))
    .map(({ text }): Finding => ({ kind: "qr_code", reason, start: 0, end: 0, matched: text.slice(0, LONGEST_MATCH), certainty: "certain" }));
  const texts = inside.texts.flatMap(({ text }) => findLeaks(text, options).map(ofFile));
  return [...inName, ...codes, ...texts];
}

function screenText(file: ScreenedFile, options: ScreenOptions, limits: FileLimits): Finding[] {
  if (file.content.byteLength > limits.characters) return [fault(file.name, "file.too_complex")];
  return findLeaks(new TextDecoder().decode(file.content), options).map(ofFile);
}
