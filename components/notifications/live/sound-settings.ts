"use client";

import { useSyncExternalStore } from "react";

/** How loud this browser rings. Kept here and not in the profile: a laptop at home and a screen in the shop differ. */
export interface SoundSettings {
  /** 0 to 1; 0 = never. */
  readonly volume: number;
  /** Whether it rings between 22:00 and 8:00 by this device's clock, whatever the quiet hours are. */
  readonly atNight: boolean;
}

const KEY = "karavan.notices.sound";
export const DEFAULT_SOUND: SoundSettings = { volume: 0.6, atNight: false };
const NIGHT_FROM = 22;
const NIGHT_TO = 8;

/** Whether a ring is wanted at this hour (0 to 23) of the device's clock. */
export function mayRingAt(hour: number, { volume, atNight }: SoundSettings): boolean {
  return volume > 0 && (atNight || (hour >= NIGHT_TO && hour < NIGHT_FROM));
}

/** By hand and not by zod: this is on every page, and zod would be the heaviest thing there. */
function fromStored(value: unknown): SoundSettings {
  if (typeof value !== "object" || value === null) return DEFAULT_SOUND;
  const volume = "volume" in value ? value.volume : DEFAULT_SOUND.volume;
  const atNight = "atNight" in value ? value.atNight : DEFAULT_SOUND.atNight;
  const isSound = typeof volume === "number" && volume >= 0 && volume <= 1 && typeof atNight === "boolean";
  return isSound ? { volume, atNight } : DEFAULT_SOUND;
}

/** What was stored, or the defaults where nothing or nonsense was. */
export function parseSoundSettings(stored: string | null): SoundSettings {
  if (stored === null) return DEFAULT_SOUND;
  try {
    return fromStored(JSON.parse(stored));
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
