export { NoticeBell } from "./bell/notice-bell";
export { NoticeSignals } from "./live/lazy-signals";
export { NotificationsView } from "./settings/notifications-view";
export { TransportsView } from "./settings/transports-view";
