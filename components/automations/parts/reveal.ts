/** As a ref: brings an answer that appears above or below into view, once. */
export function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
