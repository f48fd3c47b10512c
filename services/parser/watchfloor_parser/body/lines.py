"""Lines of furniture that stand between the paragraphs of an article, in the words of several languages."""

import re

LONGEST = 220
"""Characters; a longer line is text, whatever it begins with."""
WHOLE = re.compile(
    r"^(?:advertisement|advertising|ad|anzeige|werbung|publicit[eé]|publicidad|pubblicit[aà]"
    r"|reklama|реклама|إعلان|广告|広告|광고"
    r"|story continues below(?: advertisement)?|(?:article|story) continues after .{0,40}"
    r"|continue reading(?: the main story)?|read more|show more|load more|weiterlesen"
    r"|skip (?:to|past) .{3,60}|loading.{0,3}|share|share this.{0,30}|tweet|print"
    r"|email|copy link|link copied.?|listen(?: to (?:this )?article)?|\d+ min(?:ute)?s? read"
    r"|(?:all rights reserved|copyright\b.*|©.*|\(c\) .*)|end of .{3,40}|watch:? .{3,100}"
    r"|[-–—*•·.#=_ ]+|\d+ comments?|follow us.{0,60}"
    r"|(?:first |last )?(?:published|posted|updated|veröffentlicht|aktualisiert|erstellt"
    r"|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|опубликовано"
    r"|обновлено|опубліковано|оновлено|opublikowano|aktualizacja|yayınlanma|güncelleme"
    r"|发布|發布|更新|公開|نشر|تحديث)\b.{0,20}\d.{0,90}"
    r"|getty images|reuters|ap photo|afp)\.?$",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"^(?:(?:read|see|watch|listen|learn) (?:more|also|next|now)\s*[:>»|–-]|also read\s*:"
    r"|read\s*:|related(?: (?:stories|articles|content|coverage|topics))?\s*:|more (?:on"
    r"|from) .{2,60}[:>»]$|recommended(?: stories)?\s*:"
    r"|lesen sie (?:auch|hier|mehr)|lesen sie dazu|mehr zum thema\s*:?|auch interessant\s*:"
    r"|lire aussi|à lire aussi|lisez aussi|lea también|lee también|te puede interesar"
    r"|leggi anche|leia (?:mais|também)\s*:|veja também"
    r"|читайте (?:також|также)|читай(?:те)? (?:ещ[её]|ще)|дивіться також|смотрите также"
    r"|по темі\s*:|по теме\s*:|підписуйтесь на|підпишіться на|подписывайтесь на|подпишитесь на"
    r"|zobacz (?:także|też|również)\s*:?|czytaj (?:także|też|więcej|również)\s*:?"
    r"|lees ook\s*:?|läs (?:också|mer|även)\s*:|les også\s*:|læs også\s*:|lue myös\s*:"
    r"|oku(?:yun)?\s*:"
    r"|اقرأ أيض|اقرأ المزيد|شاهد أيض|延伸閱讀|延伸阅读|相关阅读|更多新闻|あわせて読みたい|関連記事|관련기사"
    r"|sign up (?:for|to) |subscribe to |get (?:the|our) .{0,60}(?:newsletter|inbox)"
    r"|follow .{2,40} on (?:x|twitter|facebook|telegram|whatsapp|instagram|youtube)"
    r"|join our (?:telegram|whatsapp|newsletter)|click here to|download (?:the|our) .{0,30}app"
    r"|© ?\d{4}|copyright ©?|all rights reserved|this (?:article|story) (?:was )?(?:originally"
    r"|first) (?:appeared|published)|(?:photo|image|picture|foto|фото|credit)\s*(?:credit"
    r"|by)?\s*[:|])",
    re.IGNORECASE,
)
INVITES = re.compile(
    r"(?:in your inbox|to our newsletter|our (?:free )?(?:daily|weekly|morning|evening) (?:newsletter"
    r"|briefing|letter)|we use cookies|accept (?:all )?cookies|privacy policy"
    r"|subscribe (?:now|today)|sign up (?:now|here|today)|already a subscriber|terms of (?:use"
    r"|service)|enable javascript|turn on javascript"
    r"|unseren newsletter|newsletter abonnieren|inscrivez-vous à (?:notre|la) newsletter"
    r"|suscríbete a|iscriviti alla newsletter|у нашому telegram|в нашем telegram|нашого telegram"
    r"|в telegram-канал)",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """Whether a line is no part of the article.

    >>> is_furniture("Read more: Harbour chief resigns")
    True
    >>> is_furniture("Read more books, the minister told the pupils.")
    False
    """
    if WHOLE.match(text):
        return True
    return len(text) <= LONGEST and bool(BEGINS.match(text) or INVITES.search(text))
