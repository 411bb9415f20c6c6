import { badRequest } from "./answers";

const TAGS = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "a", "code", "pre", "blockquote", "span", "tg-emoji"]);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>]*)?)>/y;
const ENTITY = /&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});/y;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Reads `parse_mode: HTML` as strictly as the service: only its tags, all of them closed in order. */
export function readHtml(source: string): { text: string; links: string[] } {
  const reader = new HtmlReader(source);
  reader.read();
  return { text: reader.text, links: reader.links };
}

class HtmlReader {
  readonly links: string[] = [];
  text = "";
  private at = 0;
  private readonly open: string[] = [];

  constructor(private readonly source: string) {}

  read(): void {
    while (this.at < this.source.length) {
      const character = this.source[this.at] ?? "";
      if (character === "<") this.readTag();
      else if (character === "&") this.readEntity();
      else this.take(character, 1);
    }
    const left = this.open.at(-1);
    if (left !== undefined) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${left}"`);
  }

  private take(text: string, length: number): void {
    this.text += text;
    this.at += length;
  }

  private readTag(): void {
    TAG.lastIndex = this.at;
    const match = TAG.exec(this.source);
    const where = `at byte offset ${Buffer.byteLength(this.source.slice(0, this.at))}`;
    if (match === null) throw badRequest(`can't parse entities: Unclosed start tag ${where}`);
    const [whole, slash, rawName = "", attributes = ""] = match;
    const name = rawName.toLowerCase();
    if (slash === "/") this.close(name, where);
    else this.begin(name, attributes, where);
    this.at += whole.length;
  }

  private begin(name: string, attributes: string, where: string): void {
    if (!TAGS.has(name)) throw badRequest(`can't parse entities: Unsupported start tag "${name}" ${where}`);
    const href = /\shref="([^"]*)"/.exec(attributes)?.[1];
    if (name === "a" && href !== undefined) this.links.push(href.replace(/&(lt|gt|amp|quot);/g, (_whole, entity: string) => NAMED[entity] ?? ""));
    this.open.push(name);
  }

  private close(name: string, where: string): void {
    const expected = this.open.pop();
    if (expected === undefined) throw badRequest(`can't parse entities: Unexpected end tag ${where}`);
    if (expected !== name) throw badRequest(`can't parse entities: Unmatched end tag ${where}, expected "</${expected}>", found "</${name}>"`);
  }

  private readEntity(): void {
    ENTITY.lastIndex = this.at;
    const match = ENTITY.exec(this.source);
    if (match === null) this.take("&", 1);
    else this.take(decode(match[1] ?? ""), match[0].length);
  }
}

function decode(entity: string): string {
  if (!entity.startsWith("#")) return NAMED[entity] ?? "";
  return String.fromCodePoint(entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1)));
}
