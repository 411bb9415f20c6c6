"use client";

import { useSyncExternalStore } from "react";
import { z } from "zod";

/** How loud this browser rings. Kept here and not in the profile: a laptop at home and a screen in the shop differ. */
export const soundSettingsSchema = z.object({
  /** 0 to 1; 0 = never. */
  volume: z.number().min(0).max(1).default(0.6),
  /** Whether it rings between 22:00 and 8:00 by this device's clock, whatever the quiet hours are. */
  atNight: z.boolean().default(false),
});
export type SoundSettings = z.output<typeof soundSettingsSchema>;

const KEY = "karavan.notices.sound";
export const DEFAULT_SOUND: SoundSettings = soundSettingsSchema.parse({});
const NIGHT_FROM = 22;
const NIGHT_TO = 8;

/** Whether a ring is wanted at this hour (0 to 23) of the device's clock. */
export function mayRingAt(hour: number, { volume, atNight }: SoundSettings): boolean {
  return volume > 0 && (atNight || (hour >= NIGHT_TO && hour < NIGHT_FROM));
}

/** What was stored, or the defaults where nothing or nonsense was. */
export function parseSoundSettings(stored: string | null): SoundSettings {
  if (stored === null) return DEFAULT_SOUND;
  try {
    return soundSettingsSchema.catch(DEFAULT_SOUND).parse(JSON.parse(stored));
  } catch (error) {
    if (error instanceof SyntaxError) return DEFAULT_SOUND;
    throw error;
  }
}

let lastText: string | null = null;
let lastSettings = DEFAULT_SOUND;

/** The settings now; the same object while nothing changed. */
export function readSoundSettings(): SoundSettings {
  const text = localStorage.getItem(KEY);
  if (text !== lastText) {
    lastText = text;
    lastSettings = parseSoundSettings(text);
  }
  return lastSettings;
}

const listeners = new Set<() => void>();

export function writeSoundSettings(next: SoundSettings): void {
  localStorage.setItem(KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

export function useSoundSettings(): SoundSettings {
  return useSyncExternalStore(subscribe, readSoundSettings, () => DEFAULT_SOUND);
}
