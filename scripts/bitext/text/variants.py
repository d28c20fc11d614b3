"""Traditional characters of the words a page puts around a text, read as their simplified forms.

Only characters that the rules of this package use are in the table; one stands for one, so that
places in a folded line are places in the line. The text itself is never changed.
"""

from __future__ import annotations

_TRADITIONAL = (
    "並乾佈併來侷係俬個們倫側備傢傳僅億優內兩冊別刪則剛創劃劉動務區協卻參叢吳呂員唄唸問喬單喲嗎噹嚮嚴囌國圖團埰執報場塗壇夥婁孫學宮寀實寧審寫將專對導屬島嶽師幫幹幾庫"
    "廣張強彆彔後從復慄慣慶慼應懞戶掃採揚搶摺擊據攝數於時晉暢暫曏書會朮東條楊業榦榮構樂樑標樣機檔檯欄權欒歐歡歸氣沒淩減湯準溫滿漢濛濟瀋瀏為無煩熱營爾獨獲獻現產甦甯畢"
    "當發盜監盧眾矇硃碼礙祕禮種穀穫竇箇節範簡簽籌籤糰糾紀約紅納紐純級紹終組結絕絡給統經綜維網綵線編練縣縮總繫繼續纔罈羅習聞聯聲聶聽肅脩腦臺與興舉舊荊莊華萬葉蒐蓆蓋蔔"
    "蔘蔣蕭薑薦藍藺蘆蘇蘭處號蟲術衕衚衛裡製複覈見規視覺覽觀訂計訊記訪設許訴註証評詞詢話該詳誌認語說誰談請論諮諶講謝證識譚譯議讀變讚負財責貴費貼賀資賈賓賞質賬賴購贊趙"
    "跡蹟車載輕輯輸轉辦迴這連週進遊運過達違遞遲選遼還邊郵鄒鄔鄧鄭釘鈕銀錄錢錯錶鍵鍾鏈鏡鐘長門閉開間閔閤閱閻闆關陝陳陸陽隊險隱隻雙雜雲電鞏韆韋韓頁頂項順須預頓領頭頻題"
    "顏類顧顯風颱飛餘館饋饒馬馮駐騰驗體髮鬆鬍鬚鬱魯鮑鰲麴麵麼黃點黨齊齣龍龐龔"
)  # fmt: skip
_SIMPLIFIED = (
    "并干布并来局系私个们伦侧备家传仅亿优内两册别删则刚创划刘动务区协却参丛吴吕员呗念问乔单哟吗当向严苏国图团采执报场涂坛伙娄孙学宫采实宁审写将专对导属岛岳师帮干几库"
    "广张强别录后从复栗惯庆戚应蒙户扫采扬抢折击据摄数于时晋畅暂向书会术东条杨业干荣构乐梁标样机档台栏权栾欧欢归气没凌减汤准温满汉蒙济沈浏为无烦热营尔独获献现产苏宁毕"
    "当发盗监卢众蒙朱码碍秘礼种谷获窦个节范简签筹签团纠纪约红纳纽纯级绍终组结绝络给统经综维网彩线编练县缩总系继续才坛罗习闻联声聂听肃修脑台与兴举旧荆庄华万叶搜席盖卜"
    "参蒋萧姜荐蓝蔺芦苏兰处号虫术同胡卫里制复核见规视觉览观订计讯记访设许诉注证评词询话该详志认语说谁谈请论咨谌讲谢证识谭译议读变赞负财责贵费贴贺资贾宾赏质账赖购赞赵"
    "迹迹车载轻辑输转办回这连周进游运过达违递迟选辽还边邮邹邬邓郑钉钮银录钱错表键钟链镜钟长门闭开间闵合阅阎板关陕陈陆阳队险隐只双杂云电巩千韦韩页顶项顺须预顿领头频题"
    "颜类顾显风台飞余馆馈饶马冯驻腾验体发松胡须郁鲁鲍鳌曲面么黄点党齐出龙庞龚"
)  # fmt: skip
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplify(line: str) -> str:
    """The line with its traditional characters simplified, each in its place.

    >>> simplify("責任編輯：王芳　閱讀 12")
    '责任编辑：王芳　阅读 12'
    """
    return line if line.isascii() else line.translate(_TABLE)
