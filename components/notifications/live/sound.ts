"use client";

/** Two soft notes, a rising fourth: short enough for a busy room, told apart from the system's own sounds. */
const NOTES = [
  { hertz: 660, at: 0, lasts: 0.16 },
  { hertz: 880, at: 0.12, lasts: 0.32 },
] as const;
const LOUDEST = 0.35;
/** A burst of messages is one ring. */
const PAUSE_MS = 1_500;

let context: AudioContext | undefined;
let lastAt = Number.NEGATIVE_INFINITY;

function playNote(audio: AudioContext, { hertz, at, lasts }: (typeof NOTES)[number], volume: number): void {
  const start = audio.currentTime + at;
  const [tone, gain] = [audio.createOscillator(), audio.createGain()];
  tone.type = "sine";
  tone.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume * LOUDEST, start + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + lasts);
}

/** Plays the ring now. False when the browser forbids it, because nobody has touched this page yet. @param volume 0 to 1 */
export async function playRing(volume: number): Promise<boolean> {
  context ??= new AudioContext();
  if (context.state === "suspended") {
    // Without a touch this promise stays open for ever; it must not hold anybody up.
    if (!navigator.userActivation.hasBeenActive) return false;
    await context.resume();
  }
  const audio = context;
  for (const note of NOTES) playNote(audio, note, volume);
  return true;
}

/** The ring for something new, at most one in a while. */
export function ring(volume: number): void {
  const now = performance.now();
  if (now - lastAt < PAUSE_MS) return;
  lastAt = now;
  void playRing(volume);
}
