export { NoticeBell } from "./bell/notice-bell";
export { NoticeMark } from "./bell/notice-mark";
export { NoticeSignals } from "./live/lazy-signals";
export { askForPopUps, type PopUpPermission, usePopUpPermission } from "./live/pop-up";
export { playRing } from "./live/sound";
export { useSoundSettings, writeSoundSettings } from "./live/sound-settings";
