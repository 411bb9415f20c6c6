"use client";

import { useEffect, useState } from "react";
import { type Command, searchCommands } from "./commands";

const PAUSE_MS = 180;
const SHORTEST = 2;
const nothing: readonly Command[] = [];

/** What the features find for the words in the command bar, a moment after the typing pauses. */
export function useFoundCommands(query: string): readonly Command[] {
  const [found, setFound] = useState<{ readonly query: string; readonly commands: readonly Command[] }>({ query: "", commands: nothing });
  const words = query.trim();
  useEffect(() => {
    if (words.length < SHORTEST) return;
    const stop = new AbortController();
    const timer = window.setTimeout(async () => {
      const commands = await searchCommands(words, stop.signal);
      if (!stop.signal.aborted) setFound({ query: words, commands });
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [words]);
  // What was found for fewer letters stays until the new answer is there; nothing is kept once the words are gone.
  return words.length < SHORTEST || !words.startsWith(found.query.slice(0, SHORTEST)) ? nothing : found.commands;
}
