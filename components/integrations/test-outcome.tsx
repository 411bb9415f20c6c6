"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { TestResult } from "@/server/integrations/schema";
import { useHealthText } from "./health";

/** What the service answered, in words: success with what was learnt, or the cause. */
export function TestOutcome({ result }: { readonly result: TestResult }) {
  const t = useTranslations("integrations");
  const format = useFormatter();
  const healthText = useHealthText();
  // A key that lacks something still works for the rest: then what it lacks is named instead.
  if (!result.ok && result.missingPermissions.length === 0) {
    return (
      <Notice tone="failed" live title={t("test.failed")}>
        {healthText(result.health)}
      </Notice>
    );
  }
  const facts = [
    result.accountName,
    result.subscription,
    result.credentialsExpireAt === null ? null : t("test.expires", { date: format.dateTime(result.credentialsExpireAt, { dateStyle: "long" }) }),
  ];
  return (
    <Notice tone={result.missingPermissions.length > 0 ? "attention" : "ok"} live title={t("test.ok")}>
      <p>{facts.filter((fact) => fact !== null && fact !== "").join(" · ")}</p>
      {result.missingPermissions.length === 0 ? null : (
        <ul className="mt-1 list-disc pl-5">
          {result.missingPermissions.map((entry) => (
            <li key={`${entry.capability} ${entry.permission}`}>
              {t("test.lacks", { capability: t(`capability.${entry.capability}`), permission: entry.permission })}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
