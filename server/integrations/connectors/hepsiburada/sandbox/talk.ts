/** People and words of the made-up shop. */
const buyer = (name: string, city: string, town: string, district: string, index: number) => ({
  name,
  phone: `5550000${String(100 + index)}`,
  email: `alici${index}@example.test`,
  city,
  town,
  district,
  address: `Örnek Sokak No: ${index + 1}`,
});

export const BUYERS = [
  buyer("Ayşe Yılmaz", "İstanbul", "ŞİŞLİ", "MECİDİYEKÖY", 0),
  buyer("Mehmet Demir", "Ankara", "ÇANKAYA", "KIZILAY", 1),
  buyer("Zeynep Kaya", "İzmir", "KARŞIYAKA", "BOSTANLI", 2),
  buyer("Emre Çelik", "Bursa", "NİLÜFER", "ÖZLÜCE", 3),
  buyer("Elif Şahin", "Antalya", "MURATPAŞA", "LARA", 4),
] as const;

export const QUESTIONS = [
  "Merhaba, bu ürün bulaşık makinesinde yıkanabilir mi?",
  "Ürünün garanti süresi ne kadar?",
  "Stokta başka rengi var mı?",
  "Kargoya ne zaman verilir?",
  "İndüksiyonlu ocakta kullanılabilir mi?",
  "Ürün orijinal kutusunda mı geliyor?",
] as const;

export const THANKS = ["Teşekkür ederim, sipariş veriyorum.", "Peki, ölçülerini de yazabilir misiniz?", "Sağ olun, çok yardımcı oldunuz."] as const;
