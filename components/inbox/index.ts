export { InboxScreen } from "./inbox-screen";
export { InboxSignals } from "./inbox-signals";
