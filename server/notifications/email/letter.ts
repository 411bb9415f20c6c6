import { type Said, settingsUrl, type Words } from "../delivery/compose";
import type { Letter } from "./smtp";

const MOST_SUBJECT = 150;

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

interface Envelope {
  readonly messageId: string;
  readonly to: string;
  readonly publicUrl: string;
}

/** One letter for the notices: plain text and simple HTML that says the same. */
export function noticeLetter(said: readonly Said[], form: "single" | "digest", words: Words, envelope: Envelope): Letter {
  const [only] = said;
  const subject = form === "single" && said.length === 1 && only !== undefined ? only.title : words.mailSubject(form, said.length);
  return letter(subject, said, words, envelope);
}

export function testLetter(words: Words, envelope: Envelope): Letter {
  const said = { title: words.test.title, body: words.test.body, linkText: words.settings, url: settingsUrl(envelope.publicUrl) };
  return letter(`Karavan: ${words.test.title}`, [said], words, envelope);
}

function letter(subject: string, said: readonly Said[], words: Words, { messageId, to, publicUrl }: Envelope): Letter {
  const settings = settingsUrl(publicUrl);
  const text = [
    ...said.map(({ title, body, url }) => [title, body.trim(), url].filter((line) => line !== "").join("\n")),
    `--\n${words.footer}\n${words.settings}: ${settings}`,
  ];
  const items = said.map(
    ({ title, body, linkText, url }) =>
      `<p><strong>${escapeHtml(title)}</strong>${body.trim() === "" ? "" : `<br>${escapeHtml(body.trim()).replaceAll("\n", "<br>")}`}<br><a href="${escapeHtml(url)}">${escapeHtml(linkText)}</a></p>`,
  );
  const foot = `<p style="color:#666;font-size:12px">${escapeHtml(words.footer)} <a href="${escapeHtml(settings)}">${escapeHtml(words.settings)}</a></p>`;
  const html = `<!doctype html><html lang="${words.locale}"><head><meta charset="utf-8"></head><body style="font-family:sans-serif">${items.join("")}${foot}</body></html>`;
  // A buyer's name may hold a line break; a subject may not.
  return { messageId, to, subject: subject.replace(/\s+/g, " ").slice(0, MOST_SUBJECT), text: text.join("\n\n"), html, settingsUrl: settings };
}
