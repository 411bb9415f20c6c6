"use client";

import { ChannelMark } from "../../ui/channel-mark";
import { cn } from "../../ui/class-names";
import { systemOf, useChannels } from "./use-channels";

/** The marketplaces of some channels, each once; nothing for "any". */
export function ChannelMarks({ channels, className }: { readonly channels: readonly string[]; readonly className?: string | undefined }) {
  const { nameOf } = useChannels();
  if (channels.length === 0) return null;
  const systems = [...new Set(channels.map(systemOf))];
  return (
    <span className={cn("flex shrink-0 items-center gap-1", className)}>
      <span className="sr-only">{channels.map(nameOf).join(", ")}</span>
      {systems.map((system) => (
        <ChannelMark key={system} system={system} size="sm" />
      ))}
    </span>
  );
}
