"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/providers/trpc-provider";
import { renderTemplate, type TemplateVariable } from "@/lib/reply-template";
import type { ConversationSummary } from "@/server/inbox/schema";
import type { Suggestion } from "./writing-box";

const OFFERED = 8;

/** What stands for the placeholders in this conversation; null where it is not known. */
function useTemplateValues(conversation: ConversationSummary): Readonly<Record<TemplateVariable, string | null>> {
  const trpc = useTRPC();
  const t = useTranslations("thread");
  const { data: me } = useQuery(trpc.access.session.me.queryOptions());
  const { data: organizations } = useQuery(trpc.access.organizations.list.queryOptions({}));
  const system = conversation.channel.split(".")[0] ?? "";
  return {
    buyer_name: conversation.buyerName,
    order_number: conversation.orderNumber,
    product_name: conversation.productName,
    marketplace: t.has(`marketplaces.${system}`) ? t(`marketplaces.${system}`) : null,
    organization: organizations?.find(({ id }) => id === conversation.organizationId)?.name ?? null,
    agent_name: me?.name ?? null,
  };
}

/** Ready replies that fit what was typed behind the sign, with this conversation's values in them. */
export function useTemplates(conversation: ConversationSummary) {
  const t = useTranslations("thread.templates");
  const trpc = useTRPC();
  const values = useTemplateValues(conversation);
  const [query, setQuery] = useState<string | null>(null);
  const { data } = useQuery(
    trpc.replies.templates.list.queryOptions(
      { channel: conversation.channel, query: query ?? "", limit: OFFERED },
      { enabled: query !== null, placeholderData: (previous) => previous },
    ),
  );
  const { mutate: used } = useMutation(trpc.replies.templates.used.mutationOptions({ retry: false }));
  const suggestions: Suggestion[] =
    query === null
      ? []
      : (data?.templates ?? []).map((template) => {
          const { text } = renderTemplate(template.text, values);
          const own = template.isShared ? undefined : t("own");
          return { id: template.id, label: template.title, hint: template.shortcut === null ? own : `#${template.shortcut}`, preview: text, insert: text };
        });
  return { suggestions, setQuery, used: (templateId: string) => used({ templateId }) };
}
