/** What buyers and sellers say; `{товар}` is the product. */
export interface Topic {
  readonly question: string;
  readonly answer: string;
  readonly followUp: string | null;
  readonly thanks: string;
  /** Only makes sense about something already ordered. */
  readonly needsOrder: boolean;
}

export const TOPICS: readonly Topic[] = [
  {
    question: "Добрий день! Коли відправите моє замовлення?",
    answer: "Добрий день! Відправимо сьогодні до 18:00, номер накладної прийде в СМС.",
    followUp: "А можна дізнатися номер накладної вже зараз?",
    thanks: "Дякую, чекаю.",
    needsOrder: true,
  },
  {
    question: "Вітаю, «{товар}» є в наявності? Потрібно дві штуки.",
    answer: "Вітаємо! Так, є, можна замовляти.",
    followUp: "А знижка на дві буде?",
    thanks: "Чудово, оформлюю.",
    needsOrder: false,
  },
  {
    question: "Доброго дня. Прийшов не той колір, що на фото. Що робити?",
    answer: "Просимо вибачення! Надішліть фото, будь ласка, замінимо за наш рахунок.",
    followUp: "Фото зробила, колір точно інший.",
    thanks: "Дякую за допомогу!",
    needsOrder: true,
  },
  {
    question: "Підкажіть, «{товар}» можна прати в машинці?",
    answer: "Так, за температури до 30 °C.",
    followUp: null,
    thanks: "Зрозуміло, дякую.",
    needsOrder: false,
  },
  {
    question: "Можна змінити відділення на № 12? Замовлення ще не відправлене.",
    answer: "Так, змінили. Перевірте, будь ласка, у замовленні.",
    followUp: null,
    thanks: "Бачу, дякую!",
    needsOrder: true,
  },
];

export const NUDGES: readonly string[] = ["Ви тут?", "Чекаю на відповідь.", "Підкажіть, будь ласка, дуже треба."];

export const ask = (topic: Topic, product: string) => topic.question.replace("{товар}", product);
