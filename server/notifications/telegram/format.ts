import { cut } from "../cut";
import type { Said, Words } from "../delivery/compose";

/** Telegram counts what is left when the tags are taken off. */
const MOST_CHARACTERS = 4_096;
/** Notices of a bundle share one message. */
const MOST_TITLE = 200;
const MOST_BODY = 600;

/** HTML mode knows only these three. Text is cut before, so that no entity is cut in half. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

interface Piece {
  readonly html: string;
  /** Characters without tags; entities count as what they stand for. */
  readonly size: number;
}

function pieceOf(said: Said): Piece {
  const [title, body] = [cut(said.title, MOST_TITLE), cut(said.body.trim(), MOST_BODY)];
  const lines = [`<b>${escapeHtml(title)}</b>`, ...(body === "" ? [] : [escapeHtml(body)])];
  const link = `<a href="${escapeHtml(said.url).replaceAll('"', "&quot;")}">${escapeHtml(said.linkText)}</a>`;
  return { html: [...lines, link].join("\n"), size: title.length + body.length + said.linkText.length + 2 };
}

/** One message for the notices, newest words last; what does not fit is counted. */
export function telegramHtml(said: readonly Said[], words: Words): string {
  const pieces = said.map(pieceOf);
  const head = pieces.length > 1 ? [`<b>${escapeHtml(words.bundleTitle(pieces.length))}</b>`] : [];
  const reserve = words.more(pieces.length).length + words.bundleTitle(pieces.length).length + 4;
  const kept: string[] = [];
  let size = reserve;
  for (const piece of pieces) {
    if (size + piece.size + 2 > MOST_CHARACTERS) break;
    size += piece.size + 2;
    kept.push(piece.html);
  }
  const left = pieces.length - kept.length;
  return [...head, ...kept, ...(left === 0 ? [] : [escapeHtml(words.more(left))])].join("\n\n");
}

export function telegramTest(words: Words): string {
  return `<b>${escapeHtml(words.test.title)}</b>\n${escapeHtml(words.test.body)}`;
}
