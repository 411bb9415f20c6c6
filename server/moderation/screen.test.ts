import { describe, expect, it } from "vitest";
import { FINDING_REASONS, verdictSchema } from "./schema";
import { findLeaks, screen } from "./screen";
import { CORPUS_PARTS, readCorpus } from "./testing/corpus";

type Screening = ReturnType<typeof screen>;

const summary = (text: string) => findLeaks(text).map(({ reason, matched }) => `${reason} ${matched}`);

/** Thousands of lines: each is screened once, whatever is asked of it. */
const screened = new Map<string, Screening>();
function screenedOnce(text: string): Screening {
  const verdict = screened.get(text) ?? screen({ text });
  screened.set(text, verdict);
  return verdict;
}

describe.each(CORPUS_PARTS)("the %s corpus", { timeout: 60_000 }, (part) => {
  const lines = readCorpus(part);
  const leaks = lines.filter(({ label }) => label === "leak");
  const clean = lines.filter(({ label }) => label === "clean");
  const isStopped = ({ text }: { text: string }) => screenedOnce(text).findings.length > 0;

  it("loses at most two leaks of a hundred", () => {
    const missed = leaks.filter((line) => !isStopped(line));
    expect(missed.length / leaks.length, JSON.stringify(missed.map(({ text }) => text))).toBeLessThanOrEqual(0.02);
  });

  it("stops at most two clean replies of a hundred", () => {
    const stopped = clean.filter(isStopped);
    expect(stopped.length / clean.length, JSON.stringify(stopped.map(({ text }) => [text, summary(text)]))).toBeLessThanOrEqual(0.02);
  });

  it("names the kind of what a rule finds", () => {
    const byRule = leaks.filter(({ text }) => screenedOnce(text).findings.some(({ reason }) => reason !== "off_platform.reads_like"));
    const named = byRule.filter(({ text, kinds }) => screenedOnce(text).findings.some(({ kind }) => kinds.includes(kind)));
    expect(named.length / byRule.length).toBeGreaterThanOrEqual(0.95);
  });

  it("points at the text as it was written, and words it so that nothing is left", () => {
    for (const { text } of leaks) {
      const verdict = screenedOnce(text);
      expect(verdictSchema.safeParse(verdict).success).toBe(true);
      for (const { start, end, matched } of verdict.findings) {
        expect(matched).toBe(text.slice(start, end));
        expect(matched.trim()).not.toBe("");
      }
      expect(findLeaks(verdict.clean), text).toEqual([]);
    }
  });

  it("leaves clean replies as they are", () => {
    for (const line of clean) if (!isStopped(line)) expect(screenedOnce(line.text).clean).toBe(line.text);
  });
});

describe("a finding", () => {
  it.each([
    ["Позвоните 8 912 345 67 89 завтра", ["phone.plain 8 912 345 67 89"]],
    ["тел. +7 (912) 345-67-89", ["phone.plain +7 (912) 345-67-89"]],
    ["Набери восемь девятьсот двенадцать 345 67 89", ["phone.spelled_digits восемь девятьсот двенадцать 345 67 89"]],
    [
      "8\u200b9\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8\u200b9",
      ["phone.plain 8\u200b9\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8\u200b9"],
    ],
    ["Пишите в т.е.л.е.г.р.а.м, ждём", ["messenger.disguised т.е.л.е.г.р.а.м"]],
    ["Сайт: romashka[.]ru/catalog", ["link.dot_word romashka[.]ru/catalog"]],
    ["Смотрите https://romashka.ru/a?b=1.", ["link.plain https://romashka.ru/a?b=1"]],
    ["romashka собака яндекс точка ру", ["email.at_word romashka собака яндекс точка ру"]],
    ["оzon.ru", ["link.look_alike оzon.ru"]],
    ["Kart: 4111 1111 1111 1111", ["card.plain 4111 1111 1111 1111"]],
    ["TR33 0006 1005 1978 6457 8413 26", ["iban.plain TR33 0006 1005 1978 6457 8413 26"]],
    ["beş yüz otuz iki 123 45 67 arayın", ["phone.spelled_digits beş yüz otuz iki 123 45 67"]],
    ["начало 8905730, потом 1844", ["phone.spaced 8905730, потом 1844"]],
    ["семьсот тридцать восемнадцать сорок четыре, звоните", ["phone.spelled_digits семьсот тридцать восемнадцать сорок четыре"]],
    ["Ответ 51 954b8997 получен", []],
    ["64GB + 128GB = 192GB", []],
    ["Бот заблокирован в Telegram", []],
    ["Трекер присылает уведомления в Telegram", []],
    ["romashka/ru", ["link.dot_word romashka/ru"]],
    ["инструкция на en/ru", []],
    ["Колодки GDB3425, аналог 04465-12610", []],
    ["Cash App $oakmaster22", ["bank_account.wallet Cash App $oakmaster22"]],
    ["BTC: bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh", ["bank_account.wallet bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh"]],
    ["Позвоните по номеру на визитке в коробке", ["phone.in_context Позвоните по номеру на визитке в коробке"]],
    ["Wp'den yazın", ["messenger.invitation Wp'den"]],
    ["Ватсап есть? Скину видео", ["messenger.invitation Ватсап"]],
    ["пишите в воцап", ["messenger.invitation воцап"]],
    ["Do you have the WhatsApp sticker?", []],
    ["рассчитаемся между собой", ["off_platform.direct_order рассчитаемся между собой"]],
    ["расстояние между собой 5 см", []],
    ["заберите, отдам за 4200 вместо 6100", ["off_platform.direct_order отдам за 4200"]],
    ["Вышлем 12 винтов вместо 10", []],
    ["ОКПД2 26.20.11.110", []],
    ["stolplus потом собачка потом мэйл ру", ["email.at_word stolplus потом собачка потом мэйл"]],
    ["вышлите двести рублей по номеру телефона", ["bank_account.transfer вышлите двести рублей по номеру"]],
    ["912 два раза по двести один", ["phone.spelled_digits 912 два раза по двести один"]],
    ["doksan beş yüz otuz iki dört yüz kırk dört on iki on beş", ["phone.spelled_digits doksan beş yüz otuz iki dört yüz kırk dört on iki on beş"]],
    ["Напишите в телегарм", ["messenger.invitation телегарм"]],
    ["twetny-one sixty-one sixteen nineteen fifty", ["phone.spelled_digits twetny-one sixty-one sixteen nineteen fifty"]],
    [
      "нуль дев'яносто вісім сімсот вісімесят дев'ять двадцять вісім п'ятнадцять",
      ["phone.spelled_digits нуль дев'яносто вісім сімсот вісімесят дев'ять двадцять вісім п'ятнадцять"],
    ],
    ["seven one eight ight five five zero two four", ["phone.spelled_digits seven one eight ight five five zero two four"]],
    ["шерсть семь процентов", []],
    ["8 ну и 957 значит 360 потом 44 05", ["phone.spaced 8 ну и 957 значит 360 потом 44 05"]],
    ["звоните 067-60S-72-63", ["phone.look_alike 067-60S-72-63"]],
    ["О-S-3-6-S-9-5-2-B-5-4", ["phone.look_alike О-S-3-6-S-9-5-2-B-5-4"]],
    ["Номер счёт-фактуры 1123 от 10.11.2026", []],
    ["Sipariş numaram 9821345567", []],
    ["petrov.sergey гмейл ком, отвечу", ["email.spaced petrov.sergey гмейл ком"]],
    ["oksana_85 ukr net", ["email.spaced oksana_85 ukr net"]],
    ["килимок, крапка, ін юа", ["link.dot_word килимок, крапка, ін юа"]],
    ["можно по сбп на номер телефона", ["bank_account.transfer сбп на номер"]],
    ["Оплатить можно по СБП при оформлении", []],
    ["в@йб€р той самий", ["messenger.disguised в@йб€р"]],
    ["могу в вотсапе показать", ["messenger.invitation вотсапе"]],
    ["увидели это в инстаграме?", []],
    ["вотсапните мне", ["messenger.invitation вотсапните"]],
    ["який у вас нік?", ["messenger.private_channel нік"]],
    ["W.P. den yazın lütfen", ["messenger.disguised W.P."]],
    ["выкупайте не через вб, а у меня", ["off_platform.direct_order не через вб"]],
    ["Заказ оформлен не через Ozon?", []],
    ["половину сейчас на карту, остальное курьеру", ["bank_account.transfer половину сейчас на карту"]],
    ["половина суммы вернётся на карту", []],
    ["Про вас в телеграме пишут хорошее", []],
    ["whatsapp?", ["messenger.invitation whatsapp"]],
    ["0445110376 форсунка Bosch", []],
    ["Makita DHP482, BL1850B, DC18RC", []],
    ["ustanın numarası 5356117289", ["phone.in_context 5356117289"]],
    ["домашний: сорок семь, двадцать один, семьдесят три", ["phone.spelled_digits сорок семь, двадцать один, семьдесят три"]],
    ["500 tl havale edin kalanı kapıda", ["bank_account.transfer havale"]],
    ["возьмите у меня лично, и договорились", ["off_platform.direct_order лично"]],
    ["Мне лично заказ понравился", []],
    ["відмовтесь від замовлення, відправлю сам", ["off_platform.direct_order відмовтесь від замовлення, відправлю"]],
    ["Отмените заказ, оформлю заново со скидкой", []],
    ["message the page on Facebook, I never check this inbox", ["social.invitation Facebook"]],
    ["Just google woolly town, first result", ["off_platform.search_engine google"]],
    ["LG F2J3HS0W needs door MDQ38951801", []],
    ["TG F2J3HS0W", []],
    ["сер. номер 2310-004417-В", []],
    ["buradan sipariş vermeyin", ["off_platform.direct_order buradan sipariş vermeyin"]],
    ["face grubumuz Mobilya Bursa fiyatlar orada", ["social.invitation grubumuz Mobilya Bursa fiyatlar orada"]],
    ["I can show it on a WhatsApp video call", ["messenger.invitation WhatsApp"]],
    ["bulk is cheaper direct, no marketplace cut", ["off_platform.direct_order no marketplace"]],
    ["our Amazon store is cheaper", ["off_platform.other_marketplace Amazon store is cheaper"]],
    ["скасуйте замовлення на Розетці, продамо дешевше", ["off_platform.direct_order скасуйте замовлення на Розетці, продамо дешевше"]],
    ["sahibindende aynı matkap 1200", ["off_platform.other_marketplace sahibindende aynı"]],
    ["+7-985-6четыре0-12-77", ["phone.spelled_digits +7-985-6четыре0-12-77"]],
    ["Нашла вас по видео в инстаграме", []],
    ["Оплатила по сбп, но мне не пришёл чек", []],
    ["Перевести деньги обратно можно на другую карту?", []],
    ["Я купила не на Wildberries, а на Ozon у вас, скидка есть?", []],
    ["papara hesabıma 200 lira", ["bank_account.transfer hesabıma"]],
    ["havale göndermedim kartla ödedim", []],
    ["northfjord dot coffee slash wholesale", ["link.dot_word northfjord dot coffee slash wholesale"]],
    ["Точка доступа работает, слеш в пути ставьте прямой", []],
    ["зайдите на oaknest точка студио", ["link.dot_word oaknest точка студио"]],
    ["juniper.stitch plus the usual g mail ending", ["email.at_word juniper.stitch plus the usual g mail"]],
    ["а якщо без Розетки, готівкою при зустрічі, скільки зробите за обидва крісла?", ["off_platform.direct_order без Розетки, готівкою"]],
    ["Светильник без розетки, сколько ватт?", []],
    ["havaleyle direkt size ödesem fiyat ne olur", ["off_platform.direct_order size ödesem"]],
    ["a bank transfer straight to you for three jackets? I'd pay you cash", ["off_platform.direct_order pay you cash"]],
    ["Any chance we skip the checkout fees? I'd do a transfer", ["off_platform.direct_order skip the checkout fees"]],
    ["To skip the import fees choose the EU warehouse", []],
    ["cancel this order and pay me at the Saturday market", ["off_platform.direct_order cancel this order and pay"]],
    ["Можно ли оплатить наличными курьеру при получении?", []],
    ["We do not take cash or bank transfer", []],
    ["T R sonra 880001001745 devamı 823907165002 hesabına", ["iban.plain T R sonra 880001001745 devamı 823907165002"]],
    ["TR kırk iki sonra 0006 devamı 2000 4170 ve en son 0006 2994 18", ["iban.in_context TR kırk iki sonra 0006 devamı 2000 4170 ve en son 0006 2994 18"]],
    ["букви М, Е, Д і цифра 7 разом, вводьте на сайті пасіки, а не тут, мінус сім відсотків", ["promo_code.other_site М, Е, Д і цифра 7"]],
    ["S-P-R-U-C-E on our other site, thirty percent off", ["promo_code.other_site S-P-R-U-C-E"]],
    ["Размеры S M L XL на сайте скидка 10%", []],
    ["Фіолетовий месенджер маєте? Пишіть туди", ["messenger.invitation Фіолетовий месенджер"]],
    ["Yeşil uygulamadan bize ulaşın", ["messenger.invitation Yeşil uygulamadan"]],
    ["В фиолетовом приложении Wildberries нажмите на чек", []],
    ["green messenger bag, 14 inch", []],
    ["a Discord server for restock alerts, join it by searching Sole Cellar", ["messenger.invitation Discord"]],
    ["Напишіть номер повернення з особистого кабінету", []],
    ["зручно знімати рілси в інстаграм і відео для ютубу", []],
    ["WhatsApp görüntülü konuşmada eller serbest kullanabilirsiniz", []],
    ["скиньте видео в вотсап", ["messenger.invitation вотсап"]],
    ["ödemeyi yaptığınız karta 5 iş günü içinde iade aktarılır", []],
    ["Hepsiburada parayı kartınıza 5 günde gönderir", []],
    ["ürünü direkt size gönderiyoruz, kargo ücretsiz", []],
    ["Переведу вам лично на карту, без комиссии", ["off_platform.direct_order Переведу вам лично"]],
    ["купить за наличные не через озон", ["off_platform.direct_order не через озон"]],
    ["Передам заказ курьеру лично в руки", []],
    ["Установите приложение (синяя иконка) и добавьте лампу", []],
    ["Код активации K-7-F-2 введите на сайте", []],
    ['mention "spring" in our shop for 10% off', ['promo_code.unknown_place mention "spring" in our shop for 10%']],
  ])("of %j", (text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  it("has its offsets behind emoji and accents", () => {
    const text = "🎁🎁 Ça va? \u0301 8 912 345 67 89";
    const [finding] = findLeaks(text);
    expect(finding === undefined ? "" : text.slice(finding.start, finding.end)).toBe("8 912 345 67 89");
  });

  it("has a code that the catalogues know", () => {
    expect(new Set(FINDING_REASONS).size).toBe(FINDING_REASONS.length);
  });
});

describe("options", () => {
  it("let further domains pass, with everything below them", () => {
    expect(findLeaks("Смотрите help.romashka.ru", { allowedDomains: ["romashka.ru"] })).toEqual([]);
    expect(findLeaks("Смотрите romashka.ru.evil.com", { allowedDomains: ["romashka.ru"] })).toHaveLength(1);
  });

  it("let the conversation's own numbers pass", () => {
    expect(findLeaks("Ваш 8 912 345 67 89 готов", { ownNumbers: ["89123456789"] })).toEqual([]);
  });
});

describe("a clean wording", () => {
  it.each([
    ["Здравствуйте! Ваш заказ собран. Позвоните 8 912 345 67 89.", "Здравствуйте! Ваш заказ собран. Напишите нам, пожалуйста, здесь, в этом чате."],
    ["Ваш заказ уже в пути, а по вопросам пишите в телеграм @romashka", "Ваш заказ уже в пути. Напишите нам, пожалуйста, здесь, в этом чате."],
    ["Дякуємо за замовлення! Пишіть у вайбер.", "Дякуємо за замовлення! Напишіть нам, будь ласка, тут, у цьому чаті."],
    ["Siparişiniz kargoda. WhatsApp'tan yazın.", "Siparişiniz kargoda. Lütfen bize buradan, bu sohbetten yazın."],
    ["Your order is on its way. Pay to card 4111 1111 1111 1111", "Your order is on its way. Payment is made through the marketplace only."],
  ])("of %j", (text, clean) => {
    expect(screen({ text }).clean).toBe(clean);
  });
});

describe("hostile text", () => {
  const work = (text: string) => {
    const before = process.cpuUsage();
    findLeaks(text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const least = (text: string) => Math.min(work(text), work(text));

  // Eight times the text: about eight times the work; a quadratic rule would take sixty-four times as much.
  it.each([
    "8 8 ",
    "8 9 1 2 3 4 5 6 7 8 9 ",
    "a.",
    "@",
    "a@",
    "\u200b",
    "восемьдевятьсот",
    "t e l e g r a ",
    "http://",
    "a-",
    "[",
    "TR33 ",
    "переведите на карту ",
    "1!|",
    "pay me directly ",
    "потом точка ",
    "телеграм там ",
    "bc1q2w3e4",
    "дайте ваш номер ",
    "потом собачка ",
    "два раза по ",
    "между собой отдам за 100 ",
    "вышлите рублей ",
    "О-S-3-",
    "twetny шестьдсят ",
    "не через вб а ",
    "половину на карту ",
    "gmail com x.y ",
    "northfjord dot coffee slash ",
    "x.y plus the usual g mail ",
    "pay you cash straight to me ",
    "skip the fees cancel ",
    "TR sonra 88 devamı ",
    "буквы А, Б, ",
    "A-B-C-D-",
    "зелёный мессенджер с синей трубкой ",
    "reels в инстаграм для ютуба ",
    "отмену рассчитываетесь со мной ",
    "слово ZYMA в нашей крамнице ",
    "приложение с самолётиком ",
    "p1atf0rm m@rk€t ",
    "s v e t a @ . ",
    "дайте ваш вайбер ",
    "a*b*",
    "нужное слово здесь ",
  ])("of repeated %j takes linear time", { timeout: 120_000 }, (seed) => {
    const text = (length: number) => seed.repeat(Math.ceil(length / seed.length));
    work(text(4_000));
    expect(least(text(64_000)) / Math.max(least(text(8_000)), 2_000)).toBeLessThan(32);
  });
});
