"""Words that weigh: those that deny, those that say who says so, numbers in letters, notices of a correction.

Of Watchfloor's own writing, language by language; a language that is not here has the digits alone. Patterns fit whole
words, in scripts without spaces anywhere.
"""

import re
from functools import cache

UNSPACED = frozenset({"zh", "ja", "th"})
NEGATION = {
    "en": r"not|no|never|nor|neither|none|nobody|nothing|without|cannot|\w+n['’]t",
    "uk": "не|ні|ані|без|немає|нема|ніколи|ніхто|нічого|жоден|жодна|жодного|жодної|жодних",
    "ru": "не|ни|без|нет|никогда|никто|ничего|нельзя",
    "de": "nicht|nichts|kein(?:e[nmrs]?)?|nie|niemals|niemand|ohne|weder",
    "fr": r"ne|n['’]\w+|pas|jamais|aucun|aucune|sans|ni|rien|personne",
    "es": "no|nunca|jamás|sin|ni|ningún|ninguna|ninguno|nadie|nada|tampoco",
    "pl": "nie|nigdy|bez|ani|nikt|nic|żaden|żadna|żadne|żadnego|żadnej|żadnych|brak",
    "ro": r"nu|n-\w+|nici|niciun|niciunul|nicio|fără|niciodată|nimeni|nimic",
    "tr": r"değil|yok|hayır|asla|hiçbir|hiç|\w+m[ae]d[ıi](?:lar|ler)?|\w+m[ıiuü]yor(?:lar)?|\w+m[ae]z(?:lar|ler)?|\w+m[ae]m[ıi]ş",
    "ar": "[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|بدون|عدم)",
    "zh": "没有|沒有|并非|並非|[不没沒未无無非否莫勿]",
}
ATTRIBUTION = {
    "en": "said|says?|saying|told|tells?|according|reportedly|allegedly|alleged|alleges?|claim(?:s|ed|ing)?|confirm(?:s|ed|ing)?|"
    "den(?:y|ies|ied|ying)|announce[sd]?|announcing|warn(?:s|ed|ing)?|state[sd]?|stating|report(?:s|ed|ing)?|add(?:s|ed|ing)|"
    "insist(?:s|ed)?|admit(?:s|ted)?|acknowledge[sd]?|suggest(?:s|ed)?|accuse[sd]?|blame[sd]?|sources?|officials?|"
    "spokes(?:man|woman|person|people)|unconfirmed|apparently",
    "uk": "сказа(?:в|ла|ли)|заяви(?:в|ла|ли)|повідоми(?:в|ла|ли)|повідомляє|зазначи(?:в|ла|ли)|наголоси(?:в|ла|ли)|дода(?:в|ла|ли)|"
    "розпові(?:в|ла|ли)|поясни(?:в|ла|ли)|підтверди(?:в|ла|ли)|спростува(?:в|ла|ли)|стверджу(?:є|ють)|каже|кажуть|за словами|"
    "за даними|джерел[оаі]|нібито|речни(?:к|ця)",
    "ru": "сказал[аи]?|заявил[аи]?|сообщил[аи]?|сообщает|отметил[аи]?|подчеркнул[аи]?|добавил[аи]?|рассказал[аи]?|пояснил[аи]?|"
    "подтвердил[аи]?|опроверг(?:ла|ли)?|утвержда(?:ет|ют)|говорит|говорят|по словам|по данным|источник[иао]?в?|якобы|представитель",
    "de": "sagten?|sagt|erklärten?|erklärt|betonte|teilten?|berichteten?|berichtet|meinte|warnten?|bestätigten?|bestätigt|dementierten?|"
    "behaupteten?|behauptet|laut|zufolge|nach Angaben|angeblich|mutmaßlich|Sprecher(?:in)?|Quellen?",
    "fr": "dit|disent|déclar(?:é|e|ait|ent)|affirm(?:é|e|ait|ent)|indiqu(?:é|e|ait|ent)|ajout(?:é|e|ait)|soulign(?:é|e)|estim(?:é|e)|"
    "annonc(?:é|e)|confirm(?:é|e)|démenti|accus(?:é|e)|selon|d['’]après|sources?|porte-parole|présumée?s?",
    "es": "dij(?:o|eron)|dicen?|declar(?:ó|aron)|afirm(?:ó|aron|a)|asegur(?:ó|aron|a)|señal(?:ó|aron)|añadió|agregó|indicó|explicó|"
    "anunció|inform(?:ó|aron)|confirm(?:ó|aron)|desmintió|según|fuentes?|portavoz|presunt[oa]s?|supuest[oa]s?",
    "pl": "powiedział[ay]?|powiedzieli|oświadczył[ay]?|poinformował[ay]?|podał[ay]?|dodał[ay]?|stwierdził[ay]?|potwierdził[ay]?|"
    "zaprzeczył[ay]?|przekazał[ay]?|twierdzi|według|zdaniem|podobno|rzekomo|rzeczni(?:k|czka)|źródł[oa]",
    "ro": "spus|declarat|declară|afirmat|anunțat|precizat|transmis|adăugat|confirmat|negat|susține|potrivit|conform|surse|purtător(?:ul)?",
    "tr": "dedi(?:ler)?|söyledi|belirtti|açıkladı|vurguladı|ekledi|bildirdi|kaydetti|uyardı|doğruladı|yalanladı|iddia|göre|kaynak(?:lar)?|"
    "sözcüsü",
    "ar": "[وف]?(?:قال|قالت|يقول|تقول|صرح|صرحت|أكد|أكدت|أضاف|أضافت|أعلن|أعلنت|ذكر|ذكرت|أوضح|أوضحت|أشار|حذر|نفى|نفت|"
    "زعم|زعمت|أفاد|أفادت|وفقا|وفقاً|بحسب|مصدر|مصادر|المتحدث)",
    "zh": "表示|指出|强调|強調|宣布|写道|警告|说道|告诉|認為|认为|回应|透露|否认|否認|证实|證實|声称|聲稱|"
    "据称|據稱|据报|消息人士|发言人|發言人|[说說称稱]",
    "fa": "گفت|گفتند|افزود|اعلام|تاکید|اظهار|نوشت|منابع|سخنگوی",
    "he": "אמר|אמרה|אמרו|הוסיף|הוסיפה|הודיע|הודיעה|טען|טענה|ציין|הזהיר|לפי|דובר|מקורות",
    "ko": "말했다|밝혔다|강조했다|전했다|덧붙였다|주장했다|따르면",
}  # fmt: skip
NUMERALS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "uk": "нуль один/одна/одне/одного/однієї два/дві/двоє/двох три/троє/трьох чотири/четверо/чотирьох п'ять/п’ять/п'ятеро/п'ятьох/п’ятьох "
    "шість/шестеро/шістьох сім/семеро/сімох вісім/восьмеро/вісьмох дев'ять/дев’ять десять/десятеро одинадцять дванадцять",
    "ru": "ноль один/одна/одно/одного/одной два/две/двое/двух три/трое/трех/трёх четыре/четверо/четырех/четырёх пять/пятеро/пяти "
    "шесть/шестеро/шести семь/семеро/семи восемь/восьми девять/девяти десять/десяти одиннадцать двенадцать",
    "de": "null ein/eine/einen/einem/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "pl": "zero jeden/jedna/jedno/jednego dwa/dwie/dwoje/dwóch trzy/troje/trzech cztery/czworo/czterech pięć/pięcioro/pięciu "
    "sześć/sześcioro/sześciu siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu",
    "ro": "zero un/una/unu/o doi/două trei patru cinci șase/şase șapte/şapte opt nouă zece unsprezece doisprezece",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz on",
    "ar": "صفر واحد/واحدة اثنان/اثنين/اثنتان/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني/ثمان تسعة/تسع عشرة/عشر",
    "zh": "零/〇 一 二/两/兩 三 四 五 六 七 八 九 十",
}  # fmt: skip
AMBIGUOUS = frozenset({1})
"""Numerals that are articles and pronouns too: they count where the other version has a number in their place."""
NOTICE = re.compile(
    r"(?:^|[(\[]|\n|[.!?。؟]\s+)\W{0,3}(?:"
    r"(?:corrections?|clarifications?)(?: (?:to|on|of|made|and)\b|\s*(?:$|[:,(\d–—-]))|corrected\b|editor['’]s note\b|"
    r"this (?:article|story|report|piece|post) (?:has been|was|is) "
    r"(?:\w+ )?(?:corrected|updated|amended|clarified|changed|edited)|an earlier version|update[d:]|"
    r"berichtigung|korrektur|richtigstellung|anmerkung der redaktion|in einer früheren (?:version|fassung)|"
    r"уточнен(?:ие|о)|исправлен(?:ие|о)|поправка|обновлено|виправлен(?:ня|о)|уточнен(?:ня|о)|оновлено|спростування|"
    r"(?:correctif|rectificati(?:f|on))\b|mise? à jour|précision\s*:|une version (?:précédente|antérieure)|"
    r"correcci[oó]n\b|rectificaci[oó]n\b|fe de errat(?:as|a)|aclaraci[oó]n\b|actualizad[oa]|una versión anterior|"
    r"korekta|sprostowanie|aktualizacja|erat[ăa]|rectificare|actualizare|corectură|düzeltme|güncelleme|"
    r"تصحيح|تصويب|توضيح|تحديث|更正|勘误|勘誤|訂正|订正|编者注|編者注|更新[：:]|본문 수정|정정|תיקון|اصلاحیه"
    r")",
    re.IGNORECASE,
)


@cache
def negation(language: str | None) -> re.Pattern[str] | None:
    """What denies in a language; None where we have no words for it."""
    return _whole_words(NEGATION.get(language or ""), language)


@cache
def attribution(language: str | None) -> re.Pattern[str] | None:
    """What tells who says so, in a language; None where we have no words for it."""
    return _whole_words(ATTRIBUTION.get(language or ""), language)


def _whole_words(pattern: str | None, language: str | None) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    return re.compile(pattern if language in UNSPACED else rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@cache
def numerals(language: str | None) -> dict[str, int]:
    """Small numbers in letters and what they stand for.

    >>> numerals("en")["seven"], numerals("ar")["تسعة"], numerals("xx")
    (7, 9, {})
    """
    listed = NUMERALS.get(language or "", "").split()
    return {form: value for value, forms in enumerate(listed) for form in forms.split("/")}


def is_notice(text: str) -> bool:
    """Whether a passage says of itself that the article was corrected or updated.

    >>> is_notice("Correction, March 14: it is 11."), is_notice("Уточнение: их семь."), is_notice("The correction was swift.")
    (True, True, False)
    """
    return bool(NOTICE.search(text))
