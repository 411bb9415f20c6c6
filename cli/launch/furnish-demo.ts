import { type Api, openApi, openPublicApi } from "./api-client";
import type { DemoSeedOptions } from "./seed-demo";

/** Colleagues sign in with the demo's own password, so that two people can be tried in two browsers. */
const COLLEAGUES = [
  { email: "anna@karavan.local", name: "Анна Климова", role: "operator", locale: "ru" },
  { email: "emre@karavan.local", name: "Emre Yıldız", role: "operator", locale: "tr" },
  { email: "olena@karavan.local", name: "Олена Бондар", role: "admin", locale: "uk" },
] as const;

const LABELS = [
  { name: "Возврат", color: "orange" },
  { name: "Брак", color: "red" },
  { name: "VIP", color: "purple" },
  { name: "Доставка", color: "blue" },
] as const;

const TEMPLATES = [
  {
    title: "Приветствие",
    shortcut: "привет",
    text: "{{buyer_name|Здравствуйте}}, здравствуйте! Спасибо, что написали. Сейчас всё проверю и вернусь с ответом.",
  },
  { title: "Заказ в пути", shortcut: "впути", text: "Заказ {{order_number}} уже передан в доставку. Срок виден в личном кабинете, мы следим за ним." },
  { title: "Нужны фото", shortcut: "фото", text: "Пришлите, пожалуйста, фото товара и упаковки: так мы быстрее разберёмся и предложим замену или возврат." },
  {
    title: "Не подошёл размер",
    shortcut: "размер",
    text: "Жаль, что {{product_name|товар}} не подошёл. Оформите возврат в заказе по причине «не подошёл размер», мы его примем.",
  },
] as const;

const OFFICE = [{ from: "09:00", to: "21:00" }];
const WEEKEND = [{ from: "10:00", to: "18:00" }];

/** Everything a team sets up on its first day, through the same doors they use. */
export async function furnishDemo({ url, account }: Pick<DemoSeedOptions, "url" | "account">): Promise<void> {
  const api = await openApi(url, account);
  await inviteColleagues(api, url, account.password);
  const people = await api.inbox.people.list.query();
  const named = (email: string) => people.find(({ name }) => COLLEAGUES.some((one) => one.email === email && one.name === name))?.userId;
  const [anna, emre, olena] = COLLEAGUES.map(({ email }) => named(email)).map((id) => (id === undefined ? [] : [id]));
  await api.inbox.teams.create.mutate({ name: "Поддержка", autoAssign: false, memberIds: [...(anna ?? []), ...(emre ?? [])] });
  await api.inbox.teams.create.mutate({ name: "Отзывы", autoAssign: false, memberIds: [...(olena ?? [])] });
  for (const label of LABELS) await api.inbox.labels.create.mutate(label);
  for (const template of TEMPLATES) await api.replies.templates.save.mutate({ ...template, channels: [], isShared: true });
  await setDeadlines(api);
  await api.followUps.saveRule.mutate({
    name: "Всё ли подошло",
    kind: "after_resolve",
    isActive: false,
    trigger: "resolved",
    delayDays: 3,
    conditions: { channels: [], connectionIds: [], labelIds: [], skus: [] },
    text: "{{buyer_name|Здравствуйте}}, подскажите, всё ли подошло? Если что-то не так, поможем с обменом.",
    quietHours: { from: "21:00", to: "09:00" },
    frequencyCapDays: 14,
    holdoutPercent: 10,
  });
}

async function inviteColleagues(api: Api, url: string, password: string): Promise<void> {
  for (const { email, role, name, locale } of COLLEAGUES) {
    const invitation = await api.access.invitations.create.mutate({ email, role });
    const token = new URL(invitation.url).pathname.split("/").at(-1) ?? "";
    await openPublicApi(url).access.invitations.accept.mutate({ token, name, password, locale });
  }
}

async function setDeadlines(api: Api): Promise<void> {
  const week = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: WEEKEND, sun: WEEKEND };
  const holidays = [{ date: "2027-01-01", name: "Новый год" }];
  const calendar = await api.deadlines.calendars.save.mutate({ name: "Поддержка", timeZone: "Europe/Moscow", week, holidays });
  await api.deadlines.policies.save.mutate({
    name: "Чаты",
    isActive: true,
    conditions: { channels: ["ozon.chat", "wildberries.chat", "yandex-market.chat"], labelIds: [], teamIds: [], connectionIds: [] },
    firstReplyMinutes: 30,
    nextReplyMinutes: 60,
    calendarId: calendar.id,
    pauseOn: ["snoozed", "pending", "outage"],
    warnBeforeMinutes: 10,
    escalation: { notify: ["assignee", "team"], raisePriorityTo: null },
  });
}
