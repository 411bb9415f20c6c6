"use client";

import { useTranslations } from "next-intl";
import type { FormEventHandler, ReactNode } from "react";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";

export interface FormCardProps {
  readonly title: string;
  readonly description?: string | undefined;
  readonly onSubmit: FormEventHandler;
  readonly pending: boolean;
  /** Whether something has been changed and may be saved. */
  readonly dirty: boolean;
  readonly failure?: string | undefined;
  /** Text of the button; "Save" unless said otherwise. */
  readonly submitLabel?: string | undefined;
  /** Somebody who may only look gets no button. */
  readonly readOnly?: boolean | undefined;
  readonly children: ReactNode;
}

/** One group of settings that is saved together. */
export function FormCard({ title, description, onSubmit, pending, dirty, failure, submitLabel, readOnly = false, children }: FormCardProps) {
  const t = useTranslations("common");
  const button = (
    <Button type="submit" variant="primary" pending={pending} disabled={!dirty}>
      {submitLabel ?? t("save")}
    </Button>
  );
  return (
    <form noValidate onSubmit={onSubmit}>
      <Card title={title} description={description} footer={readOnly ? undefined : button}>
        <div className="flex max-w-md flex-col gap-4">
          {failure === undefined ? null : (
            <Notice tone="failed" live>
              {failure}
            </Notice>
          )}
          {children}
        </div>
      </Card>
    </form>
  );
}

export function FormSkeleton({ fields }: { readonly fields: number }) {
  return (
    <Card>
      <div className="flex max-w-md flex-col gap-5 py-1">
        {Array.from({ length: fields }, (_, index) => (
          <div key={index} className="flex flex-col gap-2">
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-8 w-full" />
          </div>
        ))}
      </div>
    </Card>
  );
}
