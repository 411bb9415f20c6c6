/** The status directory: number, group (1 in progress, 2 done, 3 failed) and names, in our words where the documents have none. */
type Row = readonly [id: number, group: 1 | 2 | 3, uk: string, en: string];

export const STATUSES: readonly Row[] = [
  [1, 1, "Нове замовлення", "New"],
  [2, 1, "Комплектується. Дані підтверджені", "Being packed"],
  [3, 1, "Передано до служби доставки", "Handed to carrier"],
  [4, 1, "Доставляється", "In delivery"],
  [5, 1, "Очікує в пункті самовивозу", "Waiting at pickup station"],
  [6, 2, "Замовлення виконано", "Done"],
  [7, 3, "Не оброблено продавцем протягом дня", "Not processed"],
  [11, 3, "Не з’явився за замовленням", "Buyer did not come"],
  [12, 3, "Відмова при отриманні", "Refused on receipt"],
  [13, 3, "Скасовано адміністратором", "Cancelled by admin"],
  [18, 3, "Не вдалося зв’язатися з покупцем", "Could not reach buyer"],
  [19, 3, "Замовлення повернуто", "Returned"],
  [26, 1, "Обробляється менеджером", "In work with manager"],
  [28, 3, "Неправильні контактні дані", "Wrong contacts"],
  [40, 3, "Покупець передумав", "Buyer changed mind"],
  [42, 3, "Немає в наявності", "Out of stock"],
  [43, 3, "Брак", "Defect"],
  [45, 3, "Скасовано покупцем", "Cancelled by buyer"],
  [47, 1, "Планується повторний дзвінок", "Call again planned"],
  [49, 3, "Повторне замовлення", "Duplicate order"],
  [61, 1, "Заплановано передачу перевізникові", "Hand-over planned"],
  [68, 2, "Отримано частково", "Received partly"],
  [85, 3, "Повернуто продавцю", "Returned to seller"],
];

const ROWS = new Map(STATUSES.map((row) => [row[0], row]));

/** 1 = the seller delivers, 0 = a carrier does and the service follows the parcel by itself. */
export type DeliveryType = 0 | 1;

/**
 * Which transitions there are is published only through the API itself; these are a plausible cut of them. With a carrier the service
 * goes on by itself after the waybill.
 */
const NEXT: Readonly<Record<DeliveryType, Readonly<Record<number, readonly number[]>>>> = {
  0: {
    1: [26, 47, 18, 42, 49],
    26: [2, 61, 47, 18, 28, 40, 42, 43],
    47: [26, 2, 18, 42],
    2: [26, 61, 3, 18, 40, 42],
    61: [3, 2, 18, 42],
  },
  1: {
    1: [26, 47, 18, 42, 49],
    26: [2, 47, 18, 40, 42],
    47: [26, 2, 18],
    2: [26, 4, 18, 40],
    4: [5, 6, 12],
    5: [6, 11],
  },
};

export function transitionsFrom(status: number, delivery: DeliveryType): readonly number[] {
  return NEXT[delivery][status] ?? [];
}

/** A number nobody has heard of may be set by the desk: then the service has names for it too. */
export function groupOf(status: number): 1 | 2 | 3 {
  return ROWS.get(status)?.[1] ?? 1;
}

export function statusJson(id: number): Readonly<Record<string, unknown>> {
  const [, group, uk, en] = ROWS.get(id) ?? [id, 1, `Статус ${id}`, `Status ${id}`];
  return { id, name: uk, name_uk: uk, name_en: en, status_group: group, status: 1, color: "#221F1F", title: uk };
}

/** Stable numbers of the rows of the transition list. */
export function availableJson(parent: number, child: number, delivery: DeliveryType): Readonly<Record<string, unknown>> {
  return { id: parent * 1_000 + child * 2 + delivery, parent_id: parent, child_id: child, delivery_type: delivery, market_group: 0 };
}

export function allAvailable(parent: number): readonly Readonly<Record<string, unknown>>[] {
  return ([0, 1] as const).flatMap((delivery) => transitionsFrom(parent, delivery).map((child) => availableJson(parent, child, delivery)));
}
