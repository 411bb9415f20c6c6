"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../providers/trpc-provider";
import { useErrorText } from "../providers/use-error-text";
import { toast } from "../ui/toast";

/** Whether new conversations come to this person; null until it is known. */
export function useAvailability({ enabled }: { readonly enabled: boolean }) {
  const t = useTranslations("layout.profile");
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const people = useQuery(trpc.inbox.people.list.queryOptions(undefined, { enabled, staleTime: 60_000 }));
  const update = useMutation(
    trpc.inbox.people.setAvailability.mutationOptions({
      onSuccess: (_, { availability }) => {
        toast.done(availability === "online" ? t("availableNow") : t("awayNow"));
        return queryClient.invalidateQueries(trpc.inbox.people.pathFilter());
      },
      onError: (error) => void toast.failed(errorText(error).text),
    }),
  );
  const stored = people.data?.find(({ isYou }) => isYou)?.availability;
  const value = update.isPending ? update.variables.availability : stored === undefined ? null : stored === "away" ? "away" : "online";
  return { value, change: (availability: "online" | "away") => update.mutate({ availability }) } as const;
}
