import type { Tag } from "./word-tags";

/** The lexicon, in four languages: whole words, and stems that end in *. Case, accents and look-alike letters do not matter. */
export const WORDS: Readonly<Record<Tag, string>> = {
  /** A phone number may follow. */
  call: `звон* позвон* перезвон* созвон* набер* набир* набра* тел телеф* телефон* мобил* моб сотов* смс sms связ* контакт* маякн*
    дзвон* подзвон* зателефон* телефон* додзвон* передзвон* звяз* call calls calling phone* cell mobile tel ring dial text texting reach contact*
    ara arayin* arayabil* aray* arar* telefon* gsm cep cebi cebim* cebin* cepten hat hatti* hattim* cagri* домашний городской стационарный диспетч* call-центр колл-центр iletisim* ulas* сім симк* трубк* viber whatsapp telegram`,
  /** A number of whatever kind; the words around it decide. */
  number: "номер* номеро* number* no numara* num",
  /** A number that identifies a thing. */
  identifier: `заказ* замовлен* order* orders siparis* трек* трэк* track* ттн ttn накладн* отправлен* відправлен* посылк* посилк* shipment* parcel* takip* kargo*
    barkod* barcode* штрихкод* штрих шк шпи рпо ean gtin upc артикул* арт sku скю nm нм nmid код коды кода коду кодом kod kodu* kodlu номенклатур* инн огрн* огрнип кпп бик окпо оквэд єдрпоу едрпоу
    іпн рнокпп vkn vergi tckn mersis isbn issn imei имей серийн* серійн* serial* sn seri модел* model* возврат* повернен* return* iade* обращен* звернен* запит запиту запитом
    talep* case ticket* тикет* заявк* чек* квитанц* receipt* fatura* invoice* упд договор* договір* contract* парти* lot parti* ref reference rma vin поставк* ячейк*
    паллет* гост* дсту снилс уин мрн лицев* заводск* ид id ідентиф* идентиф* лиценз* ліценз* licen* ключ stok parca part парт отделен* відділен* поштомат* постамат* рейс версі* верси* version firmware
    свидетельств* декларац* сертиф* certificate* sertifika* tse product* товар* urun* item* asin oem оем еан исбн mpn партномер* partno muadil* шасси шасі sasi удостоверен* регистрац* реєстрац* tescil* каталожн* окпд* окпд вэд зед уктзед укт тн гтип gtip hs hts каталогу каталога каталозі индекс* індекс* zip пвз`,
  invite: `пиши* напиш* пишет* писать* напис* найд* найт* ищи* свяж* связ* связаться подпи* подписыв* переход* перейд* перейт* добав* жду ждем ждём ждем стуч* заход* зайд* зайт* загляд* обраща* обрати*
    отвеча* отвечу ответим ответит общаться общаем* пообща* обсуд* обща* скин* скида* присыл* пришл* отправ* кидай* кинь* вступай* присоедин* звони звоните звонить позвон* набер* маякн* сброс* сбрас* кидн* клацн* перепис* продолж* удобн* быстр* оперативн* доступ* консульт* решим договор* списаться спишемся списываться кину кинем стукн* спиш* свыж* давайте го
    напиш* пишіт* знайд* шука* звяж* звяз* підпи* підпис* переход* приєдн* додав* додат* чека* заход* завіта* звертай* спілк* обговор* надсил* надішл* скид* дзвон* відповім відповімо відповідаємо відповідаю зателеф* перейд* зручн* швид* продовж* поспілк* домовим* домовт* домовля*
    write* message messaging msg text contact find reach add follow* join* ping dm hit chat chats chatting talk continue* move look visit check subscribe* send* drop shoot hmu faster quicker easier call here's lets take switch jump hop спросите спроси спрашивайте запитайте answer reply respond
    yaz* ulas* ekle* takip bul bulabil* bulun* iletisime mesajlas* gec gecelim gecin arat* aray* gorus* konus* gonder* at atin atabil* katil* bekle* hizli* donelim donus* dön* danis* ziyaret* girin gel gelin bak bakin bakabil*`,
  negation: `не ни нельзя невозмож* запрещ* запрет* без нет ні не неможлив* заборон* немає not cannot cant dont never unable isnt arent wont prohibited forbidden against yasak* degil* maalesef yok olmaz hayir`,
  our: `наш наша наше наши нашем нашей нашего нашу нашим нашими нас нам нами мы мне меня мной мой моя моё мое мою моей моем моего мои я ко
    нашому нашій нашої нашого мій моя моє моїй моєму мені мене ми наші our ours us we me my mine im bize biz bizim bizden bizi bizde benim bana beni benden`,
  site: "сайт* вебсайт* веб site* website* webshop siteden sitesi* sitemiz* web webpage homepage лендинг* store storefront shop магазин* магазін* крамни* бутик* butik* boutique dukkan* magaza* портал* бот боте бота боті bot botu*",
  promo: "промокод* промо промик* купон* coupon* promo* voucher* kupon* промокоди",
  code: "код* code* kod* discount indirim",
  pay: `переве* перевод* переводи* перекин* перечисл* скинь* скин* скид* кинь* кида* закин* оплат* оплач* внес* доплат* предоплат* задат* аванс* перерах* переказ* сплат* передопл* передплат* доплат* заплат* pay paying payment* send sending transfer* wire deposit* prepay* top
    gonder* yatir* atin atarsan* atabil* odeme* ode odeyin odey* havale* eft aktar* yolla* kapora* on_odeme`,
  payTarget: `карт* картк* счет* счёт* рахун* реквизит* реквізит* сбер* тиньк* тинек* тбанк* альфа* втб райф* моно* monobank mono приват* privat* ощад* пумб сбп card account* bank банк* iban ибан* ібан* hesab* hesap* banka* kart karta* kartim* ibana ibani*
    ziraat garanti akbank isbank`,
  wallet: `paypal papara payoneer wise usdt trc20 trc btc bitcoin* биткоин* крипт* crypto* wallet* кошел* гаман* юмани юmoney yoomoney qiwi киви вебмани webmoney western moneygram юнистрим unistream venmo zelle cashapp liqpay monopay portmone easypay iyzico paytr shopier cashtag юкасс* ecopayz perfectmoney revolut ininal skrill ton usdc`,
  refund:
    "верн* возвр* возмещ* компенс* поверн* поверт* поверта* відшкод* refund* refunded reimburse* iade* yansir* geri списыв* списан* списал* оплачива* оплатили платили",
  order: `прода* продам отдам отдад* віддам віддад* sell selling satal* satay* satar* закаж* заказыва* заказать заказ* оформ* купи* купля* покупа* покупк* берите бери взять возьм* брать приобре* замов* замовл* купу* купіт* придба* order* buy* purchas* shop grab get siparis* satin alin alirsan* alabil* alisveris* alsaniz alim al`,
  direct:
    "напрямую напряму прямо прямую минуя мимо обход* обойд* direct* direkt* dogrudan disindan disinda disarid* outside bypass* оминаючи поза повз elden off aracisiz личную",
  marketplace: `озон* ozon* wildberries вайлдб* вайлдберриз вб wb маркет маркете маркета маркетом market markette marketten markete marketin маркетплейс* marketplace* площадк* площадц* майданчик* розетк* розетц* rozetka* hepsiburada* hepsi trendyol* kaspi каспи shopify* pazaryeri*
    platform* платформ* яндекс-маркет`,
  cheaper:
    "дешевл* скид* скидк* знижк* выгодн* вигідн* дешев* cheaper discount* less indirim* ucuz* комисс* комісі* нижч* ниже дешевш* сэконом* эконом* заощад* зекон* save saves dusuk asagi дороже дорожче pahali komisyon* commission* fee fees бонус* подар* cheap better uygun bedava*",
  search:
    "загугл* погугл* прогугл* вбей* вбить забей* пробей* пробейте пробий* поищ* найд* пошук* знайд* введ* набер* наберит* search* google* гугл* look find aratin* arat* ara yazin* yaz yazip type шука* bul* bulabil*",
  engine: "гугл* google* яндекс* yandex* бинг bing загугл* погугл* прогугл* інтернет* интернет* internet* duckduckgo",
  nick: "именем ник ника ником нік ніком никнейм* нікнейм* nickname* username* nick handle юзернейм* юзер kullanici kullanıcı логин* логін* аккаунт* акаунт* account* hesab* hesap* айди",
  page: "канал* группа группе группу группы группой група групи групою групу групі групу страниц* сторінк* профил* профіл* паблик* паблік* page* channel* group* profile* sayfa* kanal* grup* grub* profil* сообществ* спільнот*",
  product: `наушник* навушник* гарнитур* headphone* kulaklik* чехол* чехл* чохол* чохл* логотип* лого logo* наклейк* стикер* стікер* sticker* уведомлен* сповіщен* bildirim* notification* alert* vibrat* вибрир* вібру* вібрац* titres* bileklik* tracker* трекер* оповещ* оповіщ* push пуш* принт* часы часов часах часам часами годинник* saat saati watch* smartwatch* поддержив* поддержк* підтрим* desteklen* desteklem* destekler supports supported
    kilif* case футболк* кружк* чашк* показыва* показу* goster* shows show display* колонк* режим* функци* функці* кнопк* button синхрониз* браслет* bracelet* игрушк* іграшк* значок* значк* иконк* іконк* брелок* брелк* магнит* подушк* аватар* тариф* трафик* трафік* совместим* сумісн* uyumlu* compatible постер* poster* аксессуар* штатив* tripod* кольцев* lamba* лампа* установлен* предустановл* preinstalled installed yuklu`,
  privateChannel:
    "мессендж* месендж* личк* личку личные личных лс директ* дірект* приват приваті приватні приватних приватка приватку особист* dm dms ozelden messenger*",
  cancel: "отмен* отказыва* откажит* відмовл* відмовт* скасу* скасов* cancel* iptal*",
  otherMarket:
    "trendyol* авито avito юла юле юлу олх olx sahibinden* letgo* ebay etsy алиэкспресс* aliexpress* amazon* dolap* шафа куфар* kufar ярмарка* n11 walmart* temu shein lamoda ламод* pazarama* gittigidiyor",
  mail: "почт* пошт* email* e-mail mail* мейл* мэйл* мыл* имейл* емейл* емайл* имэйл* ящик* eposta* posta* скриньк* лист",
  account: "acct acc рс кс счет* счёт* рахун* расчетн* розрахунков* account* hesab* hesap* р/с ррахунок рр",
  card: "карт* картк* картой card* kart kartim* kartimiz* karti*",
  inside: "корзин* приложен* кошик* застосун* sepet* uygulam* app checkout basket cart кабинет* кабінет* оформлен* площадк* раздел* розділ*",
  money:
    "деньг* денег денежк* рубл* руб средств* сумм* разниц* гроші кошт* різниц* money cash difference payment* para* tutar* fark* ucret* гривн* гривень грн lira* tl quid bucks pounds euro euros доплат* предоплат* передоплат* половин* остат* баксов",
};
