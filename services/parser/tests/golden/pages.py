# ruff: noqa: E501 - a page in a test stands on one line, as it is served
"""The golden pages, as HTML: outlets, people and events are invented. write.py packs them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Golden:
    """A page as it was served, the address it came from, the time it was fetched."""

    name: str
    url: str
    fetched_at: str
    html: str
    fields: tuple[str, ...]
    """Fields that its rules must fill."""


COMMON = ("title", "site_name", "section", "language", "published_at", "blocks", "images", "canonical_url")

WIRE = Golden(
    "harbourpost_2026-05-13",
    "https://harbourpost.example/world/2026/05/13/mines-close-port-of-vesk?utm_source=rss",
    "2026-05-13T12:00:00Z",
    """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Drifting mines close the port of Vesk for a night | Harbour Post</title>
<link rel="canonical" href="https://harbourpost.example/world/2026/05/13/mines-close-port-of-vesk">
<meta property="og:site_name" content="Harbour Post"><meta property="og:type" content="article">
<meta property="og:image" content="https://img.harbourpost.example/vesk-tugs.jpg">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Drifting mines close the port of Vesk for a night",
"datePublished":"2026-05-13T07:20:00+02:00","dateModified":"2026-05-13T09:45:00+02:00","articleSection":"World","keywords":["mines","Vesk"],
"author":[{"@type":"Person","name":"Ana Duarte"},{"@type":"Person","name":"Piet Maas"},{"@type":"Organization","name":"Reuters"}],
"publisher":{"@type":"NewsMediaOrganization","name":"Harbour Post Media"}}</script></head>
<body><header><a href="/" rel="home">Harbour Post</a><nav><ul><li><a href="/world">World</a></li></ul></nav></header>
<main><article><h1>Drifting mines close the port of Vesk for a night</h1>
<p class="standfirst">Two ferries waited at anchor until divers had done their work at dawn</p>
<p class="byline">By <a rel="author" href="/people/ad">Ana Duarte</a> and <a rel="author" href="/people/pm">Piet Maas</a></p>
<figure><img src="https://img.harbourpost.example/vesk-tugs-1024x683.jpg" width="1024"><figcaption>Tugs (left) leave the port of Vesk on Tuesday. (Photo: Jo Bell/Reuters)</figcaption></figure>
<p>VESK, May 13 (Reuters) - The port of Vesk was closed for the whole of Tuesday night after a patrol boat found two drifting mines near the outer pier, the coast authority said.</p>
<p>Tugs towed both of them to a sandbank, where divers blew them up at dawn, and <b>ferries</b> to the islands sailed again before noon.</p>
<h2>A second find in a month</h2>
<p>It was the second such find since April. &ldquo;We do not know how many more there are,&rdquo; said Mirela Dostan, who heads the authority.</p>
<ul><li>The first mine was found by a fishing boat eleven miles off the cape.</li><li>The second pair came with the spring tide, officials believe.</li></ul>
<p>Read more: <a href="/world/ferries">Ferries wait for the all-clear</a></p>
<blockquote><p>Every ship that sails tonight does so at its own risk, and its master knows it.</p></blockquote>
<p>An inquiry led by a retired judge is to report to the provincial parliament before the end of the summer.</p></article></main>
<section class="related"><h3>Related</h3><ul><li><a href="/a">Radar station reopens after the storm</a></li></ul></section>
<aside><h2>Newsletter</h2><p>Get the harbour letter in your inbox every Friday.</p></aside>
<footer><p>© 2026 Harbour Post. All rights reserved.</p></footer></body></html>""",
    (*COMMON, "authors", "agencies", "subtitle", "tags", "modified_at", "publisher"),
)

UKRAINIAN = Golden(
    "berehovi_visti_2026-04-02",
    "https://berehovi-visti.example/oborona/mosty-pid-okhoronoiu/",
    "2026-04-02T18:00:00Z",
    """<!DOCTYPE html><html lang="uk-UA"><head><meta charset="windows-1251"><title>Мости через Велику річку взяли під посилену охорону — Берегові вісті</title>
<meta property="og:site_name" content="Берегові вісті"><meta property="og:image" content="/media/mist.jpg">
<meta property="article:section" content="Оборона"><link rel="canonical" href="/oborona/mosty-pid-okhoronoiu/"></head>
<body><div class="menu"><a href="/">Головна</a> <a href="/oborona/">Оборона</a></div>
<h1>Мости через Велику річку взяли під посилену охорону</h1>
<div class="post-info"><span class="date">2 квітня 2026, 14:05</span> <span class="author">Автор: Олена Ковальчук</span></div>
<div class="post-body"><div><img src="/media/mist-800x600.jpg"><br><em>Міст біля Старої Вески зранку в четвер. Фото: Укрінформ</em></div>
<p>Уряд у четвер посилив охорону трьох мостів через Велику річку після двох нічних аварій, під час яких, за словами міністра, хтось двічі вимкнув освітлення на опорах.</p>
<p>«Ми не кажемо, що це диверсія, але й не виключаємо цього», — сказала речниця міністерства Ірина Савчук на брифінгу в столиці.</p>
<p>Читайте також: Пороми повернулися на маршрут</p>
<p>Прикордонники просять водіїв не зупинятися на мостах і повідомляти про човни без номерів на гарячу лінію, яка працює цілодобово.</p></div>
<div class="tags"><a rel="tag" href="/t/mosty">мости</a> <a rel="tag" href="/t/okhorona">охорона</a></div>
<div class="comments"><h3>Коментарі</h3><p>Нарешті хтось подумав про мости, бо минулого року все було навпаки.</p></div></body></html>""",
    (*COMMON, "authors", "tags"),
)

ARABIC = Golden(
    "sahifat_almina_2026-05-03",
    "https://sahifat-almina.example/news/2210",
    "2026-05-03T20:00:00Z",
    """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>إغلاق ميناء فسك بعد العثور على لغمين | صحيفة الميناء</title>
<meta property="og:site_name" content="صحيفة الميناء"><meta property="og:url" content="https://sahifat-almina.example/news/2210"></head>
<body><nav><ul><li><a href="/category/sea/">البحر</a></li></ul></nav><article><span class="cat-links"><a href="/category/security/">الأمن</a></span>
<h1>إغلاق ميناء فسك بعد العثور على لغمين</h1><p class="date">٣ مايو ٢٠٢٦</p><p class="author">بقلم ليلى الحداد</p>
<figure><img src="/img/mina.jpg"><figcaption>سفينة تغادر الميناء صباح الأحد (رويترز)</figcaption></figure>
<p>أغلقت السلطات ميناء فسك طوال ليلة السبت بعد أن عثرت دورية على لغمين عائمين قرب الرصيف الخارجي، بحسب بيان قصير لهيئة السواحل.</p>
<p>وقالت المتحدثة باسم الهيئة إن الغواصين فجروا اللغمين عند الفجر على شاطئ رملي بعيد، وإن العبارات استأنفت رحلاتها قبل الظهر.</p>
<p>ومن المقرر أن يرفع قاض متقاعد تقريره إلى برلمان الإقليم قبل نهاية الصيف، على أن تنشر نتائجه كاملة.</p></article>
<section><h3>مواضيع ذات صلة</h3><ul><li><a href="/news/2001">عودة الرادار إلى العمل</a></li></ul></section></body></html>""",
    (*COMMON, "authors"),
)

CHINESE = Golden(
    "haian_ribao_2026-05-13",
    "https://haian-ribao.example/2026/0513/c12.html",
    "2026-05-13T10:00:00Z",
    """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="gb2312"><title>发现两枚漂雷 维斯克港关闭一夜_海岸日报</title><meta property="og:site_name" content="海岸日报"></head>
<body><div class="breadcrumb"><a href="/">首页</a> &gt; <a href="/gj/">国际</a></div><h1>发现两枚漂雷 维斯克港关闭一夜</h1>
<div class="info"><span class="time">2026年05月13日 08:15</span> <span>来源：新华社</span></div>
<div class="article-content"><figure><img src="/p/1.jpg"><figcaption>图为拖船离开维斯克港。新华社记者 王明 摄</figcaption></figure>
<p>　　新华社维斯克5月13日电　海岸管理局13日说，一艘巡逻艇12日夜间在外防波堤附近发现两枚漂雷，维斯克港因此关闭了整整一夜。</p>
<p>　　拖船把两枚水雷拖到一处沙洲，潜水员于黎明时分将其引爆，前往各岛的渡轮在中午之前恢复航行，没有人员受伤。</p>
<p>　　一名退休法官将领导调查，并在夏季结束前向省议会提交报告，报告全文将对外公布。</p></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/a">雷达站恢复运行</a></li></ul></div></body></html>""",
    (*COMMON,),
)

GERMAN = Golden(
    "kuestenblatt_2026-03-09",
    "https://kuestenblatt.example/politik/bruecke-gesperrt-4711.html",
    "2026-03-09T20:00:00Z",
    """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Brücke bei Altwesk nach Drohnenflug gesperrt - Küstenblatt</title>
<meta property="og:site_name" content="Küstenblatt"><meta name="author" content="Jens Muster, Eva Groß, dpa">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Brücke bei Altwesk nach Drohnenflug gesperrt","datePublished":"2026-03-09",
"isAccessibleForFree":false,},{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Startseite"},{"@type":"ListItem","position":2,"item":{"@id":"/politik","name":"Politik"}}]}]}</script></head>
<body><article><h1>Brücke bei Altwesk nach Drohnenflug gesperrt</h1>
<div class="article-meta">Stand: 09.03.2026, 06:30 Uhr | Aktualisiert: 09.03.2026, 14:12 Uhr</div>
<figure><img src="/bilder/bruecke.jpg"><figcaption>Die Brücke bei Altwesk am Montagmorgen. Foto: Jens Muster/dpa</figcaption></figure>
<div class="article-body">Die Polizei hat die Brücke bei Altwesk am frühen Montagmorgen gesperrt, nachdem zwei Drohnen eine Stunde lang über den Pfeilern gekreist waren.<br><br>Verletzt wurde niemand. Ein Sprecher sagte, man prüfe, ob die Geräte von einem Schiff aus gestartet seien, das in der Nacht ohne Signal vorbeigefahren war.<br><div class="ad">Anzeige</div><br>Die Bahn leitete elf Züge um; am Nachmittag sollten sie nach Angaben eines Sprechers wieder nach Plan fahren.</div>
<p>Lesen Sie auch: Was über die Drohnen bekannt ist</p></article></body></html>""",
    (*COMMON, "authors", "agencies", "modified_at"),
)

LIVE = Golden(
    "meridianwatch_2026-05-20",
    "https://meridianwatch.example/live/strait-crisis",
    "2026-05-20T19:00:00Z",
    """<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Strait crisis: what we know | Meridian Watch</title>
<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Strait crisis: what we know","datePublished":"2026-05-20T10:00:00-04:00",
"dateModified":"2026-05-20T14:30:00-04:00","articleSection":"Sea Lanes","author":{"@type":"Person","name":"Bram Tessel"},"publisher":{"name":"Meridian Watch"},
"image":{"@type":"ImageObject","url":"https://meridianwatch.example/i/strait.jpg","caption":"A frigate in the strait.","creditText":"Navy handout"},
"liveBlogUpdate":[{"@type":"BlogPosting","headline":"Second tanker stopped","datePublished":"2026-05-20T13:00:00-04:00"}]}</script></head>
<body><main><h1>Strait crisis: what we know</h1><div class="live-entries">
<h2>Second tanker stopped</h2><p>A second tanker has been stopped at the mouth of the strait, the navy said, after its crew failed to answer four calls on the open channel.</p>
<h2>Insurers raise rates</h2><p>Three insurers have doubled their rates for ships that pass the strait by night, according to brokers in two ports who saw the new tables.</p>
<h2>Talks to go on</h2><p>Envoys of both coasts will meet again on Friday, their ministries said in statements that agreed on the place but not on the hour.</p></div></main></body></html>""",
    (*COMMON, "authors", "modified_at", "publisher"),
)

GOLDEN = (WIRE, UKRAINIAN, ARABIC, CHINESE, GERMAN, LIVE)
CHARSETS = {UKRAINIAN.name: "windows-1251", CHINESE.name: "gb18030"}
