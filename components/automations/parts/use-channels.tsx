"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTRPC } from "../../providers/trpc-provider";
import { ChannelMark } from "../../ui/channel-mark";
import type { MultiSelectOption } from "../../ui/multi-select";

const KINDS = { chats: "chat", questions: "question", reviews: "review" } as const;

export interface Channels {
  readonly options: readonly MultiSelectOption[];
  /** "Ozon · chats". */
  readonly nameOf: (channel: string) => string;
}

/** System of a channel: `ozon.chat` → `ozon`. */
export const systemOf = (channel: string): string => channel.slice(0, channel.lastIndexOf(".")) || channel;

/** Every channel of every connector, connected or not: a rule may be made before its shop is. */
export function useChannels(): Channels {
  const t = useTranslations("automations.channelKinds");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.integrations.connectors.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  return useMemo(() => {
    const connectors = data ?? [];
    const options = connectors.flatMap(({ id, label, streams }) =>
      streams.flatMap((stream) => {
        if (stream.id !== "chats" && stream.id !== "questions" && stream.id !== "reviews") return [];
        const kind = KINDS[stream.id];
        return [{ value: `${id}.${kind}`, label: t("named", { system: label, kind: t(kind) }), icon: <ChannelMark system={id} size="sm" /> }];
      }),
    );
    const nameOf = (channel: string) => options.find(({ value }) => value === channel)?.label ?? channel;
    return { options, nameOf };
  }, [data, t]);
}
