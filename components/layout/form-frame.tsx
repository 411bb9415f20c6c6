"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { useErrorText } from "../providers/use-error-text";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";
import { Dialog } from "../ui/dialog";
import { Drawer } from "../ui/drawer";
import { Notice } from "../ui/notice";

export interface FormFrameProps {
  /** A dialog for a few fields, a drawer for what needs room. */
  readonly as: "dialog" | "drawer";
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Dialogs only; drawers with forms are wide. */
  readonly width?: "sm" | "md" | undefined;
  readonly onClose: () => void;
  readonly onSubmit: () => Promise<void>;
  /** Why saving failed; said above the fields. */
  readonly error: Parameters<ReturnType<typeof useErrorText>>[0] | null;
  readonly isPending: boolean;
  /** Further buttons, left of the others. */
  readonly extra?: ReactNode;
  /** How the fields lie; one below the other where nothing is said. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The frame of every form that opens over a page: title, fields, what went wrong, cancel and save. */
export function FormFrame({ as, title, description, width = "sm", onClose, onSubmit, error, isPending, extra, className, children }: FormFrameProps) {
  const common = useTranslations("common");
  const errorText = useErrorText();
  const id = useId();
  const shared = {
    open: true,
    onOpenChange: (open: boolean) => (open ? undefined : onClose()),
    title,
    description,
    footer: (
      <>
        {extra}
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" form={id} variant="primary" pending={isPending}>
          {common("save")}
        </Button>
      </>
    ),
  };
  const form = (
    <form
      id={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
      className={cn(className ?? (as === "drawer" ? "flex flex-col gap-5" : "flex flex-col gap-4"), as === "dialog" && "pt-1")}
    >
      {error === null ? null : (
        <Notice tone="failed" live className="col-span-full">
          {errorText(error).text}
        </Notice>
      )}
      {children}
    </form>
  );
  return as === "drawer" ? (
    <Drawer {...shared} width="lg">
      {form}
    </Drawer>
  ) : (
    <Dialog {...shared} width={width}>
      {form}
    </Dialog>
  );
}
