/** Long enough to read and to reach the action; a failure stays until it is closed. */
const stays: Readonly<Record<ToastKind, number>> = { done: 5_000, info: 6_000, failed: 0 };

export type ToastKind = "done" | "info" | "failed";

export interface ToastOptions {
  readonly description?: string | undefined;
  /** One action, usually undo. */
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  /** Stays so long instead of the usual time. */
  readonly forMs?: number | undefined;
}

interface Shown {
  readonly id: string;
  readonly type: ToastKind;
  readonly title: string;
  readonly description: string | undefined;
  readonly timeout: number;
  readonly priority: "high" | "low";
  readonly actionProps?: { readonly children: string; readonly onClick: () => void };
}

/** Whoever shows the toasts. */
export interface ToastStage {
  add(toast: Shown): unknown;
  close(id: string): void;
}

/** Holds toasts until there is something to show them on. */
export class ToastQueue {
  private waiting: Shown[] = [];
  private stage: ToastStage | undefined;
  private count = 0;

  show(kind: ToastKind, title: string, options: ToastOptions = {}): string {
    this.count += 1;
    const id = `toast-${this.count}`;
    const { action } = options;
    const press = () => {
      action?.onPress();
      this.close(id);
    };
    const shown: Shown = {
      id,
      type: kind,
      title,
      description: options.description,
      timeout: options.forMs ?? stays[kind],
      priority: kind === "failed" ? "high" : "low",
      ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: press } }),
    };
    if (this.stage === undefined) this.waiting.push(shown);
    else this.stage.add(shown);
    return id;
  }

  close(id: string): void {
    this.waiting = this.waiting.filter((shown) => shown.id !== id);
    this.stage?.close(id);
  }

  /** From now on toasts go to this stage, those that wait first. @returns ends it. */
  serve(stage: ToastStage): () => void {
    this.stage = stage;
    for (const shown of this.waiting.splice(0)) stage.add(shown);
    return () => {
      this.stage = undefined;
    };
  }
}
