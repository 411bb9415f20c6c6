/** What buyers and sellers say; `{товар}` is the product. */
export interface Topic {
  question: string;
  answer: string;
  followUp: string | null;
  thanks: string;
  /** Only makes sense about something already ordered. */
  needsOrder: boolean;
}

export const TOPICS: readonly Topic[] = [
  {
    question: "Здравствуйте, в каком статусе мой заказ? Обещали на завтра, а он ещё не выехал.",
    answer: "Здравствуйте! Заказ передан в сортировочный центр, завтра будет в пункте выдачи.",
    followUp: "А если не приедет, куда обращаться?",
    thanks: "Поняла, подожду. Спасибо!",
    needsOrder: true,
  },
  {
    question: "Добрый день! «{товар}» подойдёт для квартиры с тёплым полом?",
    answer: "Добрый день! Да, ограничений по тёплому полу нет.",
    followUp: "И запаха от материала не будет?",
    thanks: "Отлично, заказываю.",
    needsOrder: false,
  },
  {
    question: "Получил заказ, у товара скол на краю. Как вернуть?",
    answer: "Здравствуйте! Нам очень жаль. Оформите возврат в приложении, приложите фото скола.",
    followUp: "Фото приложил, сколько ждать решения?",
    thanks: "Спасибо, деньги уже одобрили.",
    needsOrder: true,
  },
  {
    question: "Скажите, «{товар}» есть в другом цвете? На карточке только один.",
    answer: "Здравствуйте! Другие цвета приедут в конце месяца.",
    followUp: "Можно отложить для меня синий?",
    thanks: "Ясно, буду следить.",
    needsOrder: false,
  },
  {
    question: "Не могу отменить заказ, кнопка неактивна. Помогите, пожалуйста.",
    answer: "Здравствуйте! Заказ уже в доставке, просто не забирайте его, он вернётся к нам сам.",
    followUp: null,
    thanks: "Хорошо, так и сделаю.",
    needsOrder: true,
  },
  {
    question: "Здравствуйте! Какой вес выдерживает «{товар}»?",
    answer: "Добрый день! До 12 кг при равномерной нагрузке.",
    followUp: null,
    thanks: "Этого хватит, спасибо.",
    needsOrder: false,
  },
];

export const NUDGES: readonly string[] = ["Здравствуйте, ответьте, пожалуйста.", "Есть кто-нибудь?", "Вопрос ещё актуален, жду."];

export interface ReviewTopic {
  rating: number;
  advantages: string;
  disadvantages: string;
  comment: string;
}

export const REVIEWS: readonly ReviewTopic[] = [
  { rating: 5, advantages: "Цвет как на фото, плотный материал", disadvantages: "Нет", comment: "Заказываю второй раз, всё отлично." },
  { rating: 2, advantages: "", disadvantages: "Пришло с запахом, упаковка порвана", comment: "Ожидала большего за эти деньги." },
  { rating: 4, advantages: "Быстро привезли", disadvantages: "Размер чуть меньше заявленного", comment: "" },
  { rating: 1, advantages: "", disadvantages: "Сломалось через неделю", comment: "Прошу продавца связаться и решить вопрос." },
  { rating: 5, advantages: "", disadvantages: "", comment: "Хороший товар, рекомендую." },
  { rating: 3, advantages: "Цена", disadvantages: "Торчат нитки", comment: "На дачу сойдёт." },
];

export const QUESTIONS: readonly string[] = [
  "Подскажите, какая гарантия на товар?",
  "Можно ли мыть в посудомоечной машине?",
  "Какая длина провода?",
  "Состав ткани какой, есть ли хлопок?",
  "Подойдёт ли ребёнку трёх лет?",
];

export const BUYERS: readonly string[] = ["Ольга", "Сергей", "Наталья М.", "Виктор", "Юлия", "Артём С."];

export function ask(topic: Topic, productName: string): string {
  return topic.question.replace("{товар}", productName);
}
