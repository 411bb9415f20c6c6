/**
 * How well a command fits what was typed, between 0 (not at all) and 1: every word must stand in its texts. Nothing is guessed from
 * scattered letters: Enter is pressed before the eye has checked.
 */
export function matchCommand(_: string, typed: string, texts: readonly string[] = []): number {
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const [label = "", ...others] = texts.map((text) => text.toLocaleLowerCase());
  const all = ` ${[label, ...others].join(" ")}`;
  if (!words.every((word) => all.includes(word))) return 0;
  if (label.startsWith(words.join(" "))) return 1;
  return words.every((word) => all.includes(` ${word}`)) ? 0.8 : 0.5;
}
