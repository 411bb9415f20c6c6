/** What people write to shops, in four languages; a message is some sentences of one of them. `{o}` an order number, `{p}` a product. */
export const SENTENCES: readonly (readonly string[])[] = [
  [
    "Здравствуйте, когда приедет мой заказ?",
    "Посылка уже третий день лежит на пункте выдачи",
    "Пришёл не тот размер, оформите возврат",
    "Подскажите, есть ли {p} синего цвета",
    "Номер заказа {o}, жду ответа",
    "Упаковка была повреждена, курьер ничего не объяснил",
    "Спасибо, всё получили, очень довольны",
    "Верните деньги за бракованный товар",
    "Гарантия распространяется на {p}?",
    "Хотела бы обменять на больший размер",
    "Чек не пришёл на почту",
    "Инструкция отсутствует в коробке",
  ],
  [
    "Добрий день, коли приїде моє замовлення?",
    "Посилка вже третій день у відділенні",
    "Надіслали інший колір, оформіть повернення",
    "Підкажіть, чи є {p} більшого розміру",
    "Номер замовлення {o}, чекаю на відповідь",
    "Упаковка пошкоджена, кур'єр нічого не пояснив",
    "Дякую, все отримали, дуже задоволені",
    "Поверніть гроші за неякісний товар",
    "Чи є гарантія на {p}?",
    "Знижка не застосувалася до замовлення",
  ],
  [
    "Merhaba, siparişim ne zaman gelecek?",
    "Kargom üç gündür şubede bekliyor",
    "Yanlış beden geldi, iade etmek istiyorum",
    "{p} ürününün mavi rengi var mı",
    "Sipariş numaram {o}, cevap bekliyorum",
    "kargo paketi hasarli geldi, siparisimi iptal edin",
    "Teşekkürler, ürünleri teslim aldım",
    "Param ne zaman iade edilecek?",
    "Faturayı adresime gönderir misiniz",
  ],
  [
    "Hello, when will my order be delivered?",
    "The package was damaged and the charger is missing",
    "I received the wrong size, please arrange a return",
    "Is {p} available in blue?",
    "My order number is {o}, waiting for your reply",
    "Thanks, everything arrived quickly",
    "Could you refund the shipping costs?",
    "The manual is not in the box",
  ],
];

export const PRODUCTS =
  "чайник кружка кабель футболка рюкзак лампа ковёр подушка чохол навушники светильник çanta ayakkabı tencere gömlek kettle charger backpack headphones lamp".split(
    " ",
  );
/** Found in one message of ten thousand. */
export const RARE = ["керамический", "порцеляновий", "porselen", "stainless"];
export const FIRST_NAMES =
  "Анна Мария Елена Иван Сергей Дмитрий Ольга Наталья Оксана Тарас Ганна Андрій Ірина Ayşe Mehmet Elif Mustafa Zeynep John Emma Oliver Sophia Алёна Юлия Роман Денис Катерина Богдан Emre Fatma".split(
    " ",
  );
export const LAST_NAMES =
  "Иванова Петров Смирнова Кузнецов Попова Соколов Лебедева Козлов Новикова Морозов Коваленко Шевченко Бондаренко Ткаченко Кравчук Мельник Yılmaz Demir Kaya Çelik Şahin Smith Johnson Brown Taylor Wilson Фёдорова Зайцев Орлова Гусев".split(
    " ",
  );
