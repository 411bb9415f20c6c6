import { foldCharacter } from "./fold-character";

/** A text as a reader sees it, with the way back to the text as it was written. Arrays have one entry a UTF-16 unit of `text`. */
export interface Folded {
  readonly source: string;
  readonly text: string;
  /** Where the character begins and ends in the source. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** 1 where the source shows a digit or Latin letter in another shape (𝟗, ⑨, ９, 9️⃣, 🅰). */
  readonly fancy: Uint8Array;
  /** 1 where an invisible character was written before this one. */
  readonly hidden: Uint8Array;
}

/** A character never folds into more units than this; only Arabic ligatures would, and they are cut. */
const LONGEST_FOLD = 4;

/** Room for the folded text, filled unit by unit. */
class Room {
  private readonly parts: string[] = [];
  private readonly start: Uint32Array;
  private readonly end: Uint32Array;
  private readonly fancy: Uint8Array;
  private readonly hidden: Uint8Array;
  private length = 0;
  private invisible = false;

  constructor(private readonly source: string) {
    const most = source.length * LONGEST_FOLD;
    this.start = new Uint32Array(most);
    this.end = new Uint32Array(most);
    this.fancy = new Uint8Array(most);
    this.hidden = new Uint8Array(most);
  }

  /** An accent or the keycap around a digit belongs to the character before it; other invisible characters to none. */
  omit(code: number, at: number, size: number): void {
    this.invisible = true;
    if (this.length === 0) return;
    if (this.end[this.length - 1] === at) this.end[this.length - 1] = at + size;
    if (code === KEYCAP) this.fancy[this.length - 1] = 1;
  }

  add(folded: string, code: number, at: number, size: number): void {
    this.parts.push(folded);
    const dressed = code > 0x2000 && /^[a-z0-9]/.test(folded) ? 1 : 0;
    for (let unit = 0; unit < folded.length; unit += 1) {
      this.start[this.length] = at;
      this.end[this.length] = at + size;
      this.fancy[this.length] = dressed;
      this.hidden[this.length] = this.invisible ? 1 : 0;
      this.length += 1;
    }
    this.invisible = false;
  }

  folded(): Folded {
    const { length, source } = this;
    const [start, end] = [this.start.subarray(0, length), this.end.subarray(0, length)];
    return { source, text: this.parts.join(""), start, end, fancy: this.fancy.subarray(0, length), hidden: this.hidden.subarray(0, length) };
  }
}

const KEYCAP = 0x20e3;

/** Folds case, accents, ornaments and look-alike digits, drops what is invisible, and remembers where everything stood. One pass. */
export function fold(source: string): Folded {
  const room = new Room(source);
  for (let at = 0; at < source.length; ) {
    const code = source.codePointAt(at) ?? 0;
    const size = code > 0xffff ? 2 : 1;
    const folded = foldCharacter(code < 0x80 ? "" : source.slice(at, at + size), code).slice(0, LONGEST_FOLD);
    if (folded === "") room.omit(code, at, size);
    else room.add(folded, code, at, size);
    at += size;
  }
  return room.folded();
}
