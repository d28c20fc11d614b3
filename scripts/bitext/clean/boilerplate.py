"""What a web page puts around a text, line by line: each rule names its reason.

A rule matches a whole line, or a whole part of it between clear limits; never a sentence that merely
contains the words. STRONG rules hold anywhere in a document; WEAK ones are words that a text may
use as a heading, and hold only where the page's chrome stands (see state.py).
"""

from __future__ import annotations

import re

from bitext.text.numbering import TO_NINE, TO_TEN
from bitext.text.scripts import HAN_CLASS
from bitext.text.variants import simplify

#: Longer lines are text, or a notice that PARAGRAPHS knows by its first words.
LONGEST = 240

_QQ = "微信好友|微信朋友圈|微信|新浪微博|腾讯微博|微博|朋友圈|QQ空间|QQ好友|QQ|qq空间|豆瓣|人人网|百度贴吧|贴吧|知乎|钉钉|飞书|抖音|快手|今日头条|复制链接|复制网址|链接|邮件|邮箱|短信|生成海报|海报|二维码|更多"
_NET = "Facebook|Twitter|X|LinkedIn|WhatsApp|WeChat|Weibo|Sina Weibo|Reddit|Telegram|Pinterest|Instagram|YouTube|TikTok|Bluesky|Mastodon|Threads|Line|E-?mail|Print|Copy link|Copy|Link|SMS|Messenger|RSS|Pocket|Tumblr|Flipboard"
_GAP = "[\\s,，、|｜/／·•()（）\\[\\]【】:：-]*"
_ACT = "点赞|赞|在看|收藏|分享|转发|评论|留言|阅读|举报|投诉|写留言|喜欢|打赏|赞赏|关注|订阅|打印|打印本页|打印本文|关闭|关闭窗口|关闭本页|纠错|我要纠错|推荐|收听|下载|保存|返回|复制|朗读|听全文|扫码阅读|手机看"
_ACTEN = "Share|Tweet|Print|Save|Like|Comment|Comments|Email|Bookmark|Report|Reply|Follow|Subscribe|Copy link|Listen|Download|Cite|PDF|Views?|Post|Pin"


def _compile(*rules: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in rules)


STRONG = _compile(
    # --- sharing
    ("share row", f"(?:分享|转发)(?:到|至|给|本文|文章|此文|这篇文章)?{_GAP}(?:(?:{_QQ}){_GAP}){{1,12}}"),
    ("share row", "(?:分享到|分享至|分享本文|分享文章|分享此文|分享给朋友|转发给朋友|推荐给朋友|分享给好友|一键分享)[:：]?"),
    ("share row", f"(?:(?:{_QQ}){_GAP}){{3,12}}"),
    ("share row", "(?:Share|Tweet|Print|Save|E-?mail|Bookmark|Recommend|Forward)\\s(?:this|the)\\s(?:article|page|post|story|transcript|entry|episode|content|piece)(?:\\s(?:on|via|with|to|by|using)\\s.{1,40})?[:：!]?"),
    ("share row", f"(?:Share|Tweet|Forward)\\s(?:this|the)\\s(?:article|page|post|story|transcript|episode|piece)\\s?[:：|-]{_GAP}(?:(?:{_NET}|and){_GAP}){{1,14}}"),
    ("share row", f"(?:Share|Share (?:this )?(?:on|via|to)|Follow us(?: on)?|Find us on|Connect with us(?: on)?)[:：]?{_GAP}(?:(?:{_NET}|and|on|via){_GAP}){{1,14}}"),
    ("share row", f"(?:(?:{_NET})(?:[,|/·•\\s]+|$)){{3,14}}"),
    ("share row", "(?:Share|Like) us on (?:(?-i:[A-Z@])|social).{0,30}|Share (?:this|via|with (?:your )?friends)[:：!]?|Copy (?:the )?link(?: to clipboard)?|Link copied!?"),
    ("reader's buttons", f"(?:(?:{_ACT}|阅读原文|写评论)\\s*[(（]?(?:\\d[\\d,.]*\\s?[万kKwW]?\\+?)?[)）]?(?:[\\s|｜/／·•,，、【】\\[\\]]+|$)){{2,12}}"),
    ("reader's buttons", f"(?:(?:{_ACTEN})\\s*\\(?\\d*\\)?(?:[\\s|/·•,]+|$)){{3,12}}"),
    ("reader's buttons", "[0-9,.]+\\s?[kKwW万+]*\\s?(?:次阅读|人阅读|阅读|次浏览|浏览|人点赞|个赞|人在看|条评论|人评论|次播放|次点击|人收藏|Views|Reads|Likes|Shares|Comments?|Retweets|Claps)"),
    ("reader's buttons", "[:：\\s]*(?:[，,、]\\s*){5,}.{0,80}"),
    # --- follow, scan, subscribe
    ("call to scan", "(?!.{0,30}(?:进入|打开|参与)[^。]{0,16}。)(?:请|欢迎)?(?:长按|扫描|扫码|扫一扫|识别|微信扫码|微信扫一扫|用微信扫描|打开微信扫一扫|手机扫一扫|长按识别|长按扫描|打开微信)[,，\\s]*(?:识别|扫描|扫一扫)?(?:上方|下方|上图|下图|文末|右侧|左侧|图中|以上|以下|上面|下面|此|本|该)?(?:的)?(?:微信)?(?:二维码|小程序码|图片|条形码|公众号|海报|QR ?码)?[,，、]?\\s*(?:即可|立即|一键|免费|快速|就能|可|来|并)?(?:关注|添加|加入|下载|阅读|订阅|了解|查看|获取|进入|分享|参与|联系|打开|收听|报名|加群|手机阅读|手机观看)(?:我们|本?公众号|更多|详情|[^，,。的了是]{0,16})?[！!。~]*"),
    ("call to scan", "(?:微信|手机)?(?:扫一扫|扫码)[,，]?(?:手机)?(?:阅读|观看|查看|分享|关注|打开|体验)(?:本文|全文|此文|本页|更多)?[！!。]?|(?:微信|公众号|官方|手机版?|客户端|网站|本文)(?:微信)?二维码"),
    ("call to scan", "(?:使用|打开|用)?微信[“\"「]?扫一扫[”\"」]?(?:[,，]?\\s?(?:即可|来|立即|轻松)?(?:关注|分享|阅读|打开|添加|加入|识别|扫描|观看|查看|获取|下载|转发|体验|参与)[^，。的了是]{0,20})?[！!~]*"),
    ("call to scan", "(?:Please )?scan (?:the|this|our) (?:QR )?code(?: (?:above|below))?(?:,? to .{1,60}| for .{1,60}| with .{1,40})?[.!]?|Scan to (?:follow|read|subscribe|join|share|download|view).{0,40}"),
    ("call to follow", "[↑↓▲▼☝👆👇\\s]*(?:欢迎|请|敬请|快来|记得|别忘了|立即)?(?:点击|点|戳|长按|搜索|微信搜索)?(?:上方|下方|右上角|左上角|标题下方|左下角|文末|顶部|底部|上面|下面|这里|此处)?(?:的)?(?:[“「\"]?[^，。\"”」]{0,16}[”」\"])?(?:蓝字|蓝色字体|蓝色文字|名片|卡片|微信名|按钮)?[,，\\s]*(?:一键|立即|立刻|免费|即可|可以|快速|轻松)?(?:关注|订阅|关注并(?:置顶|星标))(?:我们|本站|我|(?:我们的|本|此|该)?(?:官方|同名)?(?:微信|微博)?(?:公众号|公众平台|订阅号|服务号|视频号|微博|账号|频道|微信号|头条号|知识星球)(?:[:：\\s“「\"].{1,30})?|[“「『\"].{1,20}[”」』\"](?:微信)?(?:公众号|视频号|订阅号)?)(?:吧|哦|哟)?[！!。~～↑↓▲▼👆👇\\s]*|[↑↓▲▼👆👇\\s]*(?:点击|戳)(?:上方|下方|右上角|标题下方|顶部|底部|文末|左下角)?的?(?:蓝字|蓝色字体|名片|卡片)[,，\\s]*(?:一键|立即|免费|快速|轻松)?(?:关注|订阅)(?:我们)?[！!。~～↑↓▲▼👆👇\\s]*"),
    ("call to follow", "(?:(?:微信)?公众号|微信号|订阅号|视频号|官方微博|新浪微博|官方微信)\\s?(?:ID)?[:：]\\s?[\\w“”「」·@-]{2,20}"),
    ("call to follow", "(?:将|把|给)?(?:我们|本公众号|公众号)(?:设为|设置为|加|加为)[“「\"]?(?:星标|置顶)[”」\"]?.{0,24}"),
    ("call to follow", "(?:如果|若)?(?:您|你)?(?:喜欢|觉得)?(?:这篇文章|本文|文章|不错|有用|有帮助|有收获)*[,，]?(?:请|就|欢迎|记得|别忘了|不妨)?(?:顺手)?(?:点(?:个|亮|击|一下)?|给个)[“\"「]?(?:赞|在看|星标|分享|收藏|小红心)[”\"」]?(?:[、和与及,，\\s]*(?:点)?[“\"「]?(?:赞|在看|星标|分享|转发|收藏|留言|关注)[”\"」]?)*(?:支持一下|支持|吧|哦|一下|呗)*[!！。~～]*"),
    ("call to follow", "(?:Please )?(?:follow|like) us on (?:(?-i:[A-Z@])|social|our (?:social|channel)).{0,60}|Stay (?:connected|updated|informed|in touch)(?: with us[.!]?)?|Join us on (?-i:[A-Z@]).{0,40}|Follow (?:@\\w{2,30}(?: on \\w{1,12})?|(?-i:[A-Z]\\w{1,30}(?: [A-Z]\\w{1,20}){0,2}) on (?:Facebook|Twitter|X|LinkedIn|WeChat|Weibo|Telegram|Instagram|YouTube|TikTok|Bluesky|Mastodon|Threads))[.!]?"),
    ("call to subscribe", "(?:Please )?(?:Subscribe|Sign up|Register)(?:\\s(?:now|today|here|free|for free))*(?:,?\\s(?:to|for)(?:\\s(?:our|the|your|my|a|this))?(?:\\s[\\w’'&-]+){0,4}\\s(?:newsletters?|updates?|emails?|e-mails?|mailing list|alerts?|podcast|channel|briefings?|bulletin|digest|feed|notifications?|magazine)(?:\\s.{0,60})?)[.!]?"),
    ("call to subscribe", "(?:Please )?(?:Subscribe|Sign up)(?:\\s(?:now|today|here|free|for free|to our channel))[.!]?|Sign up (?:and|to) (?:(?:get|receive) .{1,60}|stay (?:informed|updated|connected|in touch).{0,40})[.!]?|Join our (?:mailing list|newsletter|community)[^.]{0,40}[.!]?|Get (?:the|our) (?:latest|best|newsletter)[^.]{0,60}(?:inbox|email|newsletter)[^.]{0,20}[.!]?"),
    ("call to subscribe", "Enter your e-?mail(?: address)?[^.]{0,40}[.!]?|Your e-?mail(?: address)?|Thank(?:s| you) for (?:subscribing|signing up)[.!]?|Already (?:a subscriber|subscribed|a member|have an account)\\?.{0,30}|Subscribe (?:for|from) [$€£¥].{1,40}|(?:Daily|Weekly|Free|Email) newsletters?|Newsletter (?:sign-?up|signup)"),
    ("call to subscribe", "(?:订阅|加入)(?:我们的)?(?:邮件列表|电子邮件|电子报|新闻简报|newsletter|RSS)(?:[,，].{0,30})?[！!。]?|(?:请)?(?:输入|填写)(?:您|你)的(?:邮箱|电子邮件)(?:地址)?.{0,20}"),
    ("call to follow", "[↑↓▲▼👆👇\\s]*(?:点击?|戳|长按)(?:上方|下方|上面|下面|右上角|左上角|标题下方|顶部|底部|文末)?的?(?:蓝字|名片|卡片)?(?:[“「\"『][^，。”」』\"]{1,20}[”」』\"])?[,，]?\\s?(?:一键|立即|免费)?(?:关注|订阅)(?:我们|我)?[,，][^。！？，,；;]{2,24}[！!~～]*"),
    ("call to scan", "(?:长按|扫描|识别|扫一扫)(?:上方|下方|上图|下图|图中|文末)?(?:的)?(?:微信)?(?:二维码|小程序码)"),
    ("call to give", "(?:Please )?(?:Donate|Give|Chip in|Contribute)(?:\\s(?:now|today|here|monthly))?,?\\s(?:to|and|so that we can)\\s(?:[\\w-]+\\s){1,4}(?:on )?(?:our|this)\\s(?:free |independent |public )?(?:research|journalism|work|site|website|newsletter|reporting|podcast|channel|magazine|newsroom|archive)\\b[^.!?]{0,40}[.!]?"),
    ("call to subscribe", "(?:\\*{0,2})Subscribe to (?-i:The |the )?(?-i:[A-Z])[^.!?]{2,60}\\s[—–-]\\s[^.!?]{4,80}[.!]?"),
    ("app advert", "(?:打开|下载|请(?:在|用|下载)|在|使用|前往)[^，。]{0,12}(?:APP|客户端|小程序|浏览器|微信)[^，。的]{0,8}(?:查看|阅读|打开|体验|观看|享受?|浏览|收听)[^，。的了是]{0,12}|(?:下载|打开)[^，。的]{0,12}(?:APP|客户端)|(?:Open|Read|View|Listen) in (?:the |our )?app|Download (?:the|our) app.{0,30}"),
    # --- getting about in the site
    ("link to another page", "(?:上|下|前|后)一(?:篇|条|页|则|章|节)(?:文章|新闻)?(?:\\s*[:：»«>＞<＜→←|｜].{0,80}|\\s*(?:没有了|无|已经没有了))?"),
    ("link to another page", "(?:上一(?:篇|页)|返回(?:目录|列表|首页))[\\s|｜/]+.{0,30}(?:下一(?:篇|页))"),
    ("link to another page", "(?:Previous|Next|Prev|Older|Newer)\\s(?:article|post|page|story|chapter|entry|posts|episode)s?\\s*(?:[:：»›→←«>|].{0,100})?|[«‹←]\\s*(?:Previous|Prev|Back|Older)(?:\\s.{0,80})?|(?:Next|Newer)(?:\\s.{0,60})?\\s*[»›→]"),
    ("link to the top", "(?:返回|回到)(?:顶部|页首|首页|列表|目录|上一页|上页|上一级|正文|主页)|回顶部|(?:Back|Return|Go|Scroll) to (?:the )?(?:top|home|homepage|list|index|contents|previous page|main page|all .{1,20})|Skip to (?:the )?(?:main )?content|Jump to (?:navigation|content)|Toggle navigation|Main navigation|Skip navigation|Open menu|Close menu"),
    ("page tools", "【?\\[?\\s*(?:我要)?(?:打印|关闭|收藏|纠错|保存)(?:本页|本文|窗口|此页|页面|本网页|文章)\\s*\\]?】?|加入收藏|设为首页|收藏本站|我要纠错|【(?:打印|关闭|纠错|收藏|返回|返回顶部)】(?:\\s*【(?:打印|关闭|纠错|收藏|返回|返回顶部)】)*|手机版|电脑版|无障碍(?:浏览|阅读)?|简体版|繁體版|繁体版|Print(?: this)? (?:page|article|version)|Printer-friendly version|Download (?:as )?PDF|Save as PDF|Listen to (?:this|the) (?:article|story|page|episode)(?:\\s?(?:here|now|instead|below|[(:：·-]?\\s?\\d.{0,20}|on (?-i:[A-Z]).{0,20}))?|This article was generated by.{0,40}"),
    ("font size", "【?\\[?(?:字(?:号|体)(?:大小)?|文字大小)[:：\\s\\[【(（「]+(?:(?:特大|超大|默认|标准|大|中|小|放大|缩小|还原|A\\+?|A-|[+-]|T)[\\s|｜/／、,，\\[\\]【】()（）「」]*)+|(?:Text|Font) size[:：]?\\s*(?:(?:small(?:er)?|medium|large[r]?|default|normal|A|[+-])[\\s|/,+-]*)*|(?:A[-+]?\\s*[|/]?\\s*){2,4}|【(?:大|中|小)】?\\s*【?(?:大|中|小)】?.{0,6}"),
    ("read more", "(?:阅读|查看|点击阅读|点击查看|展开|浏览)(?:原文|全文|更多(?:内容|文章|精彩|新闻|详情)?|完整版|英文版|中文版|剩余全文|大图)\\s*[>＞»›→…]*|点击[“「\"]?阅读原文[”」\"]?(?:[,，]?(?:查看|了解|阅读|获取).{0,16})?[！!。]?|加载更多|显示全部|展开剩余.{0,10}|收起(?:全文)?|点击(?:图片|上图)?(?:查看|看)大图|点击图片[^。！？，,]{0,12}|详情请?(?:点击|见)(?:链接|原文|这里)?"),
    ("read more", "(?:Read|See|View) more\\s?[:：]|(?:Read|See|View|Show|Load|Learn)\\s(?:more|less|all|the full (?:story|article|transcript|text|report|interview)|full (?:story|article|transcript|text|report|interview)|the original(?: article| text)?)\\s*(?:[»›→>…]+|\\.\\.\\.|here[.]?|about .{1,40}[^.?!])?|Continue reading(?:\\s?[:：»›→>…“\"‘].{0,60}|\\s(?:below|here|on\\s.{1,30}|.{1,50}[»›→>…]))?|Click (?:here|image|to enlarge|to expand|to view)(?:\\s(?:to|for)\\s[^.]{1,50})?[.!]?|Keep reading|Tap to (?:read|view|see|open|expand|listen|play|watch|share|load|enlarge|zoom|continue|unmute)\\b.{0,24}|\\[?…?read more\\]?"),
    ("breadcrumb", "(?:网站)?导航\\s?[:：]\\s?(?:首页|主页)\\s*(?:[>＞›»/→|]|&gt;).{1,60}|(?:您?(?:当前|现在|目前)?所在的?位置|您?(?:当前|现在|目前)的?位置|您的位置|You are here)\\s*[:：].{0,60}(?:[>＞›»/→]|&gt;).{1,60}|(?:当前位置|您的位置|You are here)\\s*[:：]|(?:首页|主页|网站首页|Home|Homepage)\\s*(?:[>＞›»/／→]|&gt;)\\s*.{1,80}|(?:您?(?:当前|现在)(?:的)?位置|您的位置)\\s?[:：]?"),
    ("related articles", "(?:相关|延伸|推荐|热门|更多|拓展|往期)(?:阅读|文章|新闻|推荐|链接|报道|资讯|专题|视频|精彩|回顾|精选|内容推荐|话题|排行)(?:\\s*[:：>＞»|｜](?!.*[。！]).{0,100})?|猜[你您]喜欢|大家都在看|编辑推荐|精彩推荐|为您推荐|为你推荐|今日热点|热门排行|点击排行|阅读排行|热点推荐|往期(?:推荐|回顾|精选|文章|内容)(?:[:：].{0,80})?|推荐(?:阅读|文章)(?:[:：].{0,60})?|[你您]可能(?:还|也)?(?:喜欢|感兴趣)(?:的?(?:文章|内容|视频|阅读|话题))?[:：]?"),
    ("related articles", "(?:Related|Recommended|Similar|Popular|Trending|Latest|Featured|Suggested|Recent)\\s(?:articles?|stories|story|posts?|content|topics?|news|links?|reading|coverage|items?|reads|now|videos?|publications?)(?:\\s*[:：|](?!.*(?:[a-z]{4}[.!](?:\\s|$)|[。！])).{0,100})?|Most (?:read|popular|viewed|shared|recent)(?: articles| stories)?|You (?:may|might) (?:also (?:like|enjoy)|(?:also )?be interested in)(?:\\s(?:these|this|the following)(?:\\s\\w+){0,2})?\\s?[:：…]?|Read (?:also|next)\\s*(?:[:：].{1,100})?|More (?:from|on|by) (?:this (?:topic|author|section|series)|the (?:web|author))|(?:What to|Up) (?:read )?next|Don[’']t miss|Editor[’']?s[’']? picks?|In case you missed it|More stories|More articles|More news|Recommended for you|From our partners|Around the web"),
    # --- adverts
    ("advertisement", "[—\\-=*\\[【(（\\s]*(?:广告|推广|赞助内容|赞助商广告|广告位|广告赞助|商业推广|AD|ADVERTISEMENT|Advertisement|Advertisements|Sponsored(?: content| post| by .{1,40})?|Paid (?:content|post|partnership|advertisement)|Promoted(?: content)?|Advertiser content)[—\\-=*\\]】)）\\s]*"),
    ("advertisement", "(?:Story|Article|Transcript|Text) continues (?:below|after)(?: (?:the |this )?(?:advertisement|ad|video|newsletter|promotion|image))?[.:]?|Scroll (?:down )?to continue(?: reading)?.{0,30}|Continue after (?:the )?advertisement.{0,20}|Skip ad(?:vertisement)?|Remove ads?(?:\\s.{0,20})?|Why (?:am I seeing|this) ads?\\??|广告[,，]请继续(?:往下)?阅读|点击跳过广告|(?:以下|以上)(?:为|是)广告.{0,10}"),
    # --- rights
    ("copyright", "(?:©|&copy;|Ⓒ|\\(c\\)\\s?(?=(?:copyright\\s)?(?:19|20)\\d\\d\\b)|copyright\\s?(?=©|&copy;|\\(c\\)|(?:19|20)\\d\\d\\b|by\\s(?-i:[A-Z])))[^。]{0,160}"),
    ("copyright", "(?:版权所有|著作权所有)(?:(?:[©:：/|-]|\\s)[^。]{0,80}|[,，]\\s?(?:未经|任何|请|敬请|禁止|严禁|不得|转载|侵权|翻印|违者|如|若|欢迎|谢绝|商业|本站|本网|仅|联系|编辑|来源|作者|图片|部分|不代表|盗|All|©)[^。]{0,60})?[。]?|(?:本文|文章|图片|内容|以上内容|原文)?(?:的)?(?:版权|著作权)(?:均|皆|都|全部)?(?:归|属于?|为)[^。，,]{1,30}(?:所有|享有)(?:[，,；;、\\s]+(?:未经|任何|请|敬请|禁止|严禁|不得|转载|侵权|翻印|违者|如|若|欢迎|谢绝|商业|本站|本网|仅|联系|编辑|来源|作者|图片|部分|不代表|盗|All|©)[^。]{0,60})?[。]?|版权(?:声明|说明|信息|提示)|(?-i:(?:[A-Z0-9©][\\w’'&-]*(?:\\s|,\\s|\\.\\s?)){0,8}(?:All [Rr]ights? [Rr]eserved|ALL RIGHTS RESERVED))(?: by (?-i:[A-Z0-9])[^.]{1,50}| worldwide)?\\.?"),
    ("copyright", "(?:本文|文章|图片|内容|以上内容|本站内容|本刊|原创(?:文章|内容|作品)?|独家稿件)?[,，:：]?(?:任何(?:媒体|单位|机构|个人|网站)[^。]{0,24})?(?:未经|凡未经|如未经)[^。]{0,24}(?:许可|授权|同意|允许)[,，]?[^。]{0,16}(?:不得|禁止|严禁|请勿|谢绝|均不得|一律不得)[^。]{0,24}(?:转载|摘编|镜像|翻载|翻印|转帖|(?:复制|商用|盗用)(?=[。！!]?$)|(?:使用|传播|引用|复制|转发|盗用)(?=[^。]{0,8}(?:本文|本站|本网|本刊|本报|本平台|本公众号|本作品|本内容|以上内容|上述内容))|(?<=本文)(?:使用|传播|引用|复制|转发)|(?<=本站)(?:使用|传播|引用|复制|转发))[^。]{0,60}[。！!]?"),
    ("copyright", "(?:如需|如要|若需|欢迎|需要|本文|文章|商业|非商业|媒体|图文|公众号)?(?:转载|转发|引用)(?:本文|文章|此文|时|者)?[,，]?(?:请|须|需|务必|敬请|应|烦请)(?:务必|在后台|先)?(?:注明|联系|标明|标注|保留|获得|取得|与[^。]{1,12}联系|后台|回复|留言|申请)[^。]{0,60}[。！!]?|(?:谢绝|禁止|严禁|请勿)(?:任何形式的?|擅自|私自)?转载(?=$|[\\s，,。！!;；、]|本|及|和|或|与|摘|使用|复制|改编|商)[^。]{0,20}[。！!]?|本文(?:已获|经)?(?:授权|许可)(?:转载|发布|转发)[^。]{0,40}[。]?"),
    ("copyright", "(?:No part of (?:this|the) (?:publication|article|site|website|work|transcript|book|page|text|document|report|content|material|translation)s? (?:may|can|shall|should|must|is to) be (?:reproduced|copied|republished|reprinted|distributed|redistributed|transmitted|stored|used|translated|quoted|published|posted)\\b|(?:Reproduction|Republication|Redistribution|Copying)(?: or [a-z]+)? (?:of (?:this|any|our) (?:article|content|material|page|text|site|transcript|publication|work)|in whole or|(?=without (?:prior |written |express |our )*(?:permission|consent|authori[sz]ation) is (?:strictly )?(?:prohibited|forbidden)\\.?$))|Unauthori[sz]ed (?:reproduction|copying|republication|distribution|use of this))[^.]{0,120}(?:without[^.]{0,40}(?:permission|consent)|(?:is|are) (?:strictly |expressly )?(?:prohibited|forbidden))[^.]{0,60}\\.?|Re(?:printed|published|produced) with (?:the )?(?:kind )?permission(?:\\s(?:of|from|by)\\s[^.]{1,70})?\\.?|For (?:permissions?|reprints?|licensing)(?: requests?| inquir(?:y|ies)| information)?,? (?:please )?(?:contact|e-?mail|visit|see|click|write)[^.]{0,80}\\.?|(?:This (?:work|article|content|page|transcript) is )?licensed under (?:a |the )?(?:Creative Commons|CC)[^。]{0,120}"),
    ("picture notice", "(?:[^。]{0,60}[,，；;。、\\s])?[^，。]{0,30}(?:如|若|倘若|如果|涉及|涉嫌|存在)[^。]{0,16}(?:侵权|侵犯|版权|著作权|知识产权)[^。]{0,24}?[,，]?(?:(?:请|敬请|烦请|麻烦|欢迎)[^。]{0,20}(?:联系|联络|告知|通知|来信|私信|留言|来电)[^。]{0,6}(?:我们|本站|本网|小编|后台|作者|编辑|删除|删|处理|更正|下架|撤下|撤除|告知)|可[^。]{0,20}(?:联系|联络|告知|通知|来信|私信|留言|来电)[^。]{0,6}(?:我们|本站|本网|小编|后台))[^。]{0,24}[。！!]?(?:谢谢[!！。]?)?"),
    ("picture notice", "(?:如|若)有?(?:侵权|侵犯)[^。]{0,8}[,，]?(?:请|立|即|联系|告知|必|删)[^。]{0,20}(?:删除?|处理|联系|告知)[^。]{0,8}[。！!]?|(?:侵权|侵删|侵立删|侵权删|图侵删)(?:必|即|立|请联系|联系)?删?除?[。！!]?|(?:部分|本文|文中|文章|以上|所有|题图|封面|配)?(?:图片|图文|素材|配图|内容|文章|资料|文字|视频)(?:部分)?(?:均|都)?(?:来源于?|来自于?|源于|取自|转自|整理自)(?:于)?(?:网络|互联网|公开资料|网上|百度图片|图虫|视觉中国|Unsplash|Pixabay)(?:[,，;；。、\\s]*(?:如有|若有|如涉|若涉|版权|侵|仅供|不作|不代表|谢谢|感谢|侵权|图片版权)[^。]{0,60})?[。]?"),
    ("disclaimer", "(?:本文|文中观点|文章|以上|以上观点|上述观点|所发表内容|文章观点|内容|观点|该文|以上内容|本文观点|本文内容|文章内容|以上文章|网友评论|评论)(?:内容|观点)?(?:仅|只|仅仅|并不|不|纯属|均为|均)(?:为|系|供|代表|反映|属)?[^。，,]{0,12}(?:(?:作者|个人|本人|讲者|演讲者|发言人|嘉宾|受访者|本站|本网|本刊|本报|本平台|本公众号|本号|网友|编辑部|平台|机构|单位|我们)[^。，,]{0,10}(?:观点|立场|看法|意见|言论)|仅?供?(?:参考|学习|交流)(?=[,，;；。]|$|使用|之用))[^。]{0,80}[。]?(?:[^。]{0,60}(?:立场|投资建议|参考|责任|无关)[^。]{0,20}[。])?"),
    ("disclaimer", "(?:The\\s)?(?:views?|opinions?|statements?|content)(?:,?\\s(?:and|or)?\\s?(?:views?|opinions?|conclusions?))?\\s(?:expressed|presented|stated|contained|published|set out)\\s(?:in|on|by|here|herein|above)\\b[^.]{0,100}?\\s(?:are|is|do|does|represent|reflect|belong|should|may)\\b[^.]{0,60}\\b(?:own|alone|solely|necessarily|those of|that of|not represent|not reflect|not be)\\b.{0,260}"),
    ("disclaimer", "This (?:article|transcript|page|publication|content|blog|post|text) (?:is (?:provided )?for (?:general )?information(?:al)?(?: and educational)? purposes only|does not (?:constitute|represent|necessarily|reflect)\\b(?=.{0,160}(?:views?|opinions?|advice|position|polic|endorse|recommend)))\\b.{0,260}|(?:本文|本页|以上内容|本内容|本站内容)(?:仅供(?:参考|学习|交流|学术)|不构成)[^。]{0,60}[。]?"),
    ("site's address block", ".{0,40}(?:ICP\\s?(?:备|证)|公网安备|网安备|经营许可证|新闻信息服务许可证)[^。]{0,80}|(?:网站标识码|违法和不良信息举报|举报电话|举报邮箱|投稿邮箱|商务合作|广告合作|媒体合作|客服电话|客服热线)(?:\\s?[:：/|｜\\s].{0,60}|[^。]{0,24}[@\\d][^。]{0,40}|请?联系[^。]{0,20}|(?:中心|电话|热线|平台))?"),
    # --- comments
    ("comment box", "(?:网友|精彩|最新|热门|全部|用户|读者|精选)(?:评论|留言)(?:\\s?[(（]\\d*[)）])?|评论(?:区|列表)|评论\\s?[(（]\\d+[)）]|共?\\s?\\d+\\s?条?(?:评论|留言|回复|人参与)|(?:发表|写|我要|我来说|抢先|添加|查看|查看全部|参与|点击)(?:评论|留言|两句|几句)|沙发(?:等你来抢|空缺中?.{0,12}|已被.{0,6})[！!~]*|(?:(?:还|目前|暂时)?没有(?:相关)?(?:评论|留言|回复)|暂?无(?:人)?(?:相关)?(?:评论|留言|回复)|(?:还|目前)没有人?(?:评论|留言))(?:哦|数据|[,，].{0,8}(?:沙发|评论|留言|第一).{0,8})?[！!~]*|(?:请|您|你)?(?:需要|必须|请先)?(?:登录|登陆|注册)(?:或注册)?\\s?(?:后|之后|才能|即可|以|再)?.{0,6}(?:评论|发言|留言|回复|发表|参与)[^。，]{0,8}|快来(?:发表|抢|写|说)[^。]{0,12}(?:评论|沙发|留言|意见|看法|两句)[^。]{0,4}[！!~]*|抢沙发|(?:文明上网|理性发言)[^。]{0,40}(?:发言|评论|规定|协议)[^。]{0,20}|请遵守[^。]{0,40}(?:发言|评论)[^。]{0,20}|加载中[.…。]*|留下你的(?:评论|看法|足迹)[^。]{0,10}|评论仅[^。]{0,30}"),
    ("comment box", "(?:\\d+\\s(?:comments?|replies|responses)|(?:No|Zero)\\s(?:comments|replies|responses))(?:\\syet[.!]?)?|(?:Leave|Post|Add|Write|Submit) (?:a|your) (?:comment|reply)!?|Join the (?:conversation|discussion)[.!]?|Be the first to (?:comment|reply|share .{1,30}|like this)[.!]?|Comments (?:are|have been|were) (?:closed|turned off|disabled)[^.]{0,30}\\.?|(?:Log|Sign) in to (?:comment|reply|post|leave a comment|join .{1,30})[.!]?|(?:View|Show|Load|See|Read) (?:all |more )?(?:\\d+ )?comments|Your e-?mail address will not be published.{0,60}|Required fields are marked.{0,6}|You must be (?:logged|signed) in to .{1,40}|Save my name, email, .{1,80}|Notify me of (?:new|follow-?up|comments|replies|updates|when).{0,60}"),
    # --- notices of the page itself
    ("cookie notice", "(?:We|This (?:web)?site|Our (?:web)?site|This page|[A-Z][\\w.]{1,24})\\s(?:and our partners )?uses? cookies(?=[.,;]|\\s(?:to|for|on|and|that|in order|so)\\b)(?=.{0,400}(?:experience|website|site|consent|agree|accept|traffic|personali|analy|preferences|functionality|settings|browsing)).{0,500}"),
    ("cookie notice", "(?=.{0,400}\\b(?:our|this (?:web)?site|you (?:agree|accept|consent))\\b)By (?:continuing|using|clicking|browsing|closing|scrolling)[^.]{0,80}(?:cookies?|privacy policy|terms of (?:use|service))[^.]{0,160}\\.?|(?:Accept|Reject|Manage|Allow|Decline|Deny)(?: all)?(?: optional| non-essential)? (?:cookies|preferences)|(?:Accept|Reject|Allow|Decline) all|Cookie (?:policy|settings|preferences|notice|consent|banner)s?|(?:Privacy (?:policy|notice|settings)|Terms (?:of (?:use|service)|and conditions|& conditions)|Cookie policy|Contact us|About us)(?:\\s*[|·/&]\\s*(?:Privacy (?:policy|notice|settings)|Terms (?:of (?:use|service)|and conditions|& conditions)|Cookie policy|Contact us|About us)){1,5}|(?:本(?:网)?站|我们|本网页)(?:使用|会使用)(?:了)?\\s?cookies?[^。]{0,120}[。]?(?:[^。]{0,60}[。])?|(?:隐私(?:政策|声明)|用户协议|服务条款|使用条款)(?:\\s*[|｜和与及]\\s*(?:隐私(?:政策|声明)|用户协议|服务条款|使用条款)){1,4}"),
    ("notice of the page", "(?:Please )?(?:enable|turn on) JavaScript[^.]{0,80}\\.?|(?:Your browser|您的浏览器)(?: does not|不支持)[^.。]{0,80}[.。]?|Loading(?:[.…]{2,}|…)?|Please wait(?:[.…]{2,}|…)|您?(?:正在|当前)使用的浏览器[^。]{0,60}[。]?|页面(?:加载|出错)[^。]{0,20}|(?:This|The) (?:video|content|image) is (?:not available|unavailable)[^.]{0,40}\\.?|Ad ?blocker? detected.{0,60}"),
    ("page number", "Page\\s?\\d{1,4}(?:\\s?(?:of|/)\\s?\\d{1,4})?|p(?:p|g)?\\.\\s?\\d{1,4}(?:\\s?(?:of|/)\\s?\\d{1,4})?|第\\s?\\d{1,4}\\s?页(?:[,，/／\\s]*共\\s?\\d{1,4}\\s?页)?|共\\s?\\d{1,4}\\s?页[,，/／\\s]*(?:当前)?第\\s?\\d{1,4}\\s?页|[-–—－―−─]{1,2}\\s?\\d{1,4}\\s?[-–—－―−─]{1,2}|(?=.{0,80}(?:页|Next|Prev))(?:首页|上一页|下一页|尾页|末页|\\d{1,3}|[.…]+)(?:[\\s|]+(?:首页|上一页|下一页|尾页|末页|\\d{1,3}|[.…]+|共\\d+页)){2,14}"),
    ("length of the text", "(?:本文|全文)?(?:共|约|总)?(?:计)?\\s?\\d{2,6}\\s?字[,，、|｜\\s]*(?:预计|阅读|全文|大约|读完)*(?:时间|需要?|约|需|大概)*[:：]?\\s?\\d{1,3}\\s?分钟(?:读完|阅读)?[。]?|(?:预计|阅读|读完)(?:本文|全文|阅读)?(?:时间|时长|需要?|约|大约)*[:：]?\\s?\\d{1,3}\\s?分钟[。]?|\\d{1,3}[\\s-]?min(?:ute)?s?\\s?read|About \\d{1,3} min(?:ute)?s? to read"),
    ("picture credit", "(?:图片来源|图源|题图|封面图?|头图|资料图片?|图片提供)\\s?[:：/／|｜]\\s?[^。！？]{1,40}|图\\s?[:：/／|｜]\\s?[^。！？，,]{1,14}|(?:图片|配图|插图|文中图片)\\s?[:：/／]\\s?(?:视觉中国|东方IC|图虫|摄图网|新华社|中新社|新华网|人民网|法新社|路透社?|美联社|网络|Unsplash|Pexels|Pixabay|Getty ?Images|Reuters|AFP|AP|Xinhua|VCG|Shutterstock|iStock|Wikimedia(?: Commons)?|作者|受访者)(?:提供|供图)?|(?:Photo|Image|Picture|Photograph|Illustration|Cover (?:image|photo)|Video)s?\\s?(?:credits?|courtesy(?: of)?|source|by|via|from)\\s?[:：/]?\\s?(?-i:(?:(?:[A-Z©][\\w&'’.-]*|of|the|and|for|via)[\\s/,|]{0,3}){1,10})|(?:(?:Photo|Image|Picture|Illustration)s?\\s?[:：/]|Credits?\\s?[:：])\\s?(?-i:[A-Z©][\\w&'’-]*[\\s/,]{0,3}){1,6}\\.?"),
    ("rule between parts", "(?:[-=_*~—–─━┄·•．＝－＊※◆◇■□●○▲▼★☆♦#+<>…。.]\\s{0,3}){0,200}?(?:([-=_*~—–─━┄＝－＊※◆◇■□●○▲▼★☆♦#+])\\s{0,3}\\1\\s{0,3}\\1)(?:\\s{0,3}[-=_*~—–─━┄·•．＝－＊※◆◇■□●○▲▼★☆♦#+<>…。.]){0,400}\\s*|—{2}"),
    ("end mark", "[-—–=\\s*~【\\[(（]*(?:全文完|本文完|正文完|全文结束|THE END|The End|-\\s?END\\s?-|—\\s?完\\s?—|###|-30-)[-—–=\\s*~】\\])）]*|[-—–=*~【\\[(（]+\\s*(?:完|END|End|Fin)\\s*[-—–=*~】\\])）]+"),
    ("status line", "[（(\\[*\\s]*(?:(?:please )?check against (?:actual )?delivery|as (?:delivered|prepared|prepared for delivery)|(?:strictly )?embargoed (?:until|till|for).{3,60}|for immediate release|transcript as delivered|以(?:现场|实际|最终)?(?:讲话|发言|演讲|致辞|演讲内容|交付)为准|(?:现场)?演讲以(?:实际|现场)为准)[）)\\]*.。\\s]*"),
    # --- the notices of public accounts and of news sites
    ("call to follow", "(?:(?:记得|别忘了|欢迎|请|顺手)?点(?:个|亮|击|一下)?[“\"「]?(?:赞|在看|小红心)[”\"」]?)(?:[、和与及,，\\s]*(?:点)?[“\"「]?(?:赞|在看|分享|转发|收藏|留言|关注)[”\"」]?)*[,，\\s]*(?:并|再)?(?:分享|转发|推荐|传递)给(?:更多|身边|你|您)?的?(?:更多的?)?(?:朋友们?|好友|人|小伙伴)(?:看到|吧|哦)*[!！。~]*"),
    ("call to follow", "(?:[“\"「]?(?:分享|点赞|在看|收藏|转发|关注|评论|留言)[”\"」]?[、,，和与+＋\\s]*){2,6}(?:素质)?(?:一键)?三连(?:吧|哦|走起|支持)?[!！。~]*"),
    ("call to follow", "点击?(?:上方|下方|右上角|左上角|标题下方|文末|顶部|底部)的?(?:蓝字)?[“「\"『][^，。”」』\"]{1,20}[”」\"』][,，]?(?:可以|即可|就能|就可|一键|快速|免费)*(?:订阅|关注)(?:我们)?(?:哦|吧|哟|喔|啦)?[!！。~]*"),
    ("call to follow", "(?:记得|请|快|欢迎)?(?:把|将)?(?:我们)?(?:设为|加|点)?[★☆⭐🌟]?星标[★☆⭐🌟]?(?:我们|本?公众号|本号)?[,，\\s]\\s?[^。，]{0,12}(?:推送|不迷路|不错过|不走散|第一时间)[^。，]{0,12}[!！。~]*"),
    ("read more", "点击?(?:下方|文末|左下角|底部|页面下方|右下角)的?[“「\"『]?阅读(?:原文|全文)[”」\"』]?[,，]?(?:(?:即可|可|来|去|一键)?(?:查看|了解|阅读|获取|下载|报名|浏览|观看|收听|跳转|进入)[^，。]{0,20})?[!！。~]*"),
    ("tags", "(?:已)?收录于(?:合集|话题|专辑|专题)\\s*(?:[#＃「《:：]\\s?.{1,40}|.{1,30}\\d{1,4}\\s?个)"),
    ("advertisement", "(?:[【\\[（(](?:广告|推广)[】\\])）]|(?:广告|推广)\\s?[:：])\\s*(?=[^。]*(?:点击|详情|[>＞»→]{1,3}\\s*$|特惠|优惠|限时|抢购|下载|扫码|报名|咨询|折起?[,，]|免费领|仅需|原价|立减|订购|\\d元|包邮))[^。！？]{2,100}"),
    ("advertisement", "(?:Advertisement|Ad|Sponsored)\\s?[-–—:|]\\s?(?:please )?(?:scroll|continue|story continues|article continues|swipe)\\b[^.]{0,50}\\.?"),
    ("related articles", "Related\\s?[:：]\\s?(?-i:[A-Z])[^.?!:：]{2,90}"),
    ("disclaimer", "(?:[【\\[]?(?:特别|郑重)?(?:声明|提示)[】\\]]?[:：]\\s?)?(?:本文|以上(?:文章)?内容|以上|文章|文中|该文|上述|所有|转载|图文|内容|作者|本内容|本稿件)(?:[^。我]{0,60}[，,；;])?(?:[^。我，,]{0,24})(?:并?不代表|与)(?:本(?:站|网|平台|公众号|号|刊|报|社|媒体|机构|栏目)|[^。，,我]{1,12}(?:网|新闻|号|平台|客户端|频道))[^。，,]{0,12}(?:立场|观点|看法|无关)[^。，,]{0,12}[。]?(?:[^。]{0,40}(?:仅供参考|投资建议|文责自负)[^。]{0,12}[。])?"),
    ("disclaimer", "(?:The\\s|All\\s)?(?:views?|opinions?)(?:\\s(?:and|or)\\s(?:views?|opinions?))?\\s(?:expressed\\s)?(?:are|is|belong)\\s(?:solely\\s|only\\s|purely\\s)?(?:to\\s)?(?:those of\\s)?(?:the\\s)?(?:authors?|writers?|contributors?|speakers?)(?:[’']s?|s[’'])?(?:\\s(?:own|alone|only))*(?:(?:,?\\s(?:and|but))?\\s(?:do(?:es)?|may|should|are)\\s(?:not|no)\\b[^.]{3,140})?\\.?"),
    ("contact line", "[(（\\[]?(?:Contact(?: us| the author| the editors?)?|E-?mail(?: us)?|联系我们|联系方式|来稿请?(?:寄至?|发至?))\\s?[:：]?\\s?\\S+@[\\w.-]+\\.\\w+[)）\\]]?"),
    ("contact line", "[^。！？，,]{0,12}欢迎[^。！？，,]{0,14}[,，]\\s?(?:来|投)稿请?(?:寄至?|发至?|发送至)\\s?\\S+@[\\w.-]+"),
    ("contact line", "(?:Please )?(?:Contact|E-?mail|Write to|Reach) (?:the )?(?:writers?|reporters?|authors?|editors?|correspondent)s? (?:at|via|on|by e-?mail at)\\s?[:：]?\\s?\\S+@\\S+|(?:Media|Press|News) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|relations|queries)\\s?[:：].{2,120}|For (?:more|further|additional) (?:information|details),? (?:please )?(?:visit|contact|see|call|e-?mail|go to|check)\\s[^。]{0,80}(?:www\\.|https?://|\\S@\\S|\\d{3}[\\s-]?\\d{3,4}|\\w\\.(?:com|org|net|edu|cn|gov)\\b)[^\\s]{0,60}|(?:媒体联系人?|新闻联系人|媒体垂询|投稿信箱|联系记者|联系作者|记者邮箱|作者邮箱)\\s?[:：].{2,80}"),
    ("picture caption", f"[△▲▼◀▶↑↓]\\s?(?:图为|图片?[:：]|资料图|图[0-9{TO_TEN}]|.{{1,24}}(?:供图|摄|图片来源)\\b)[^。！？]{{0,60}}[。]?|(?:资料图片?|档案图片)\\s?[:：]\\s?[^。！？]{{2,50}}[。]?|(?:Photo|Picture|Image)\\s?[:：]\\s?[^.!?]{{2,120}}\\.?\\s?[\\[(](?:Photo|Image|Picture)(?:/|\\sby\\s|\\scourtesy of\\s)[^\\])]{{2,40}}[\\])]"),
    ("picture credit", "[\\[(（【](?:Photo|Photos|Image|Picture|Illustration|Graphic|图片?|摄影)\\s?[/／|:：]\\s?[^\\])）】。]{2,40}[\\])）】]"),
    ("place of a picture", "(?:微信图片|微信截图|QQ图片|QQ截图|图片|截图|屏幕截图|IMG|DSC|DSCN|Screenshot|Screen Shot|image|mmexport)[\\w\\s.-]{0,40}\\.(?:jpe?g|png|gif|webp|bmp|heic)"),
    ("notice of the page", "(?:视频|图片|音频|正文|内容|评论|页面|播放器)(?:正在)?(?:努力)?加载中?[.…。]*"),
    ("reader's buttons", "(?:听新闻|听全文|听文章|收听|音频|播放|语音播报|Listen)?\\s?[▶►▷]?\\s?\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?\\s?[/／]\\s?\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?|举报\\s?[/／]?\\s?反馈"),
    # --- what Zhihu, Substack and public accounts put around a text
    ("reader's buttons", "[\\d,.]+\\s?[万kK]?\\s?人(?:赞同了该(?:文章|回答)|赞同|喜欢了该文章|觉得赞|已赞)|(?:▲\\s?)?赞同\\s?[\\d,.]+[万kK]?(?:[\\s\\u200b]+(?:[\\d,]+\\s?条|添加)评论)?|申请转载|继续滑动看下一个|轻触阅读原文|向上滑动看下一个|预览时标签不可点"),
    ("call to follow", "点(?:个|亮|击|一下)?[“「\"](?:在看|赞)[”」\"][,，]\\s?让更多人(?:看见|看到|知道)[^。，]{0,14}[！!~]*|[你您]的每一?[次个]\\s?[“「\"](?:在看|赞|点赞|分享)[”」\"][^。]{0,20}"),
    ("call to follow", "[▼▲↓↑👇👆]\\s*(?:请)?(?:点击|戳|长按|扫描|扫码|识别|关注|滑动)[^。！？▼▲↓↑👇👆]{2,30}[▼▲↓↑👇👆]"),
    ("length of the text", "(?:本文|全文)?(?:字数|共计)?[:：]?\\s?(?:约|共)?\\d{2,6}\\s?字?[,，、|｜\\s]+阅读(?:时长|时间|需|需要)?(?:大约|约|需|为)?[:：]?\\s?\\d{1,3}\\s?分钟"),
    ("account of the page", "功能介绍\\s+[^。！？]{2,60}|[^。！？，,:：]{2,24}\\s微信号[:：\\s]\\s?[A-Za-z][\\w-]{4,24}"),
    ("call to give", "Support (?:independent|our|local|free|quality)(?:\\s[\\w-]+){1,3}[.!]\\s(?:Please )?(?:Donate|Give|Subscribe|Join us)(?:\\s(?:now|today|here|monthly))?[.!]?"),
    ("call to subscribe", "Type your e-?mail(?:\\.{2,}|…)|[^.!?]{2,80} is a reader-supported publication\\.(?:\\s.{0,160})?|This post is (?:public|free)[^.]{0,10} so feel free to share it\\.?|Thanks for reading[^.!?]{0,60}[.!]\\s(?:This post is public so feel free to share it|Subscribe for free to receive new posts[^.]{0,40})\\.?|Start (?:your Substack|writing)(?:\\s?Get the app)?"),
    ("comment box", "Discussion about this (?:post|episode)|Comments\\s?Restacks|\\d*\\s?Restacks?"),
    ("cookie notice", "Privacy\\s?[∙·•|]\\s?Terms(?:\\s?[∙·•|]\\s?Collection notice)?"),
    ("mail program", "Sent from my (?:iPhone|iPad|Android(?: (?:phone|device))?|Samsung Galaxy[^.]{0,20}|BlackBerry|Huawei[^.]{0,12}|mobile(?: (?:phone|device))?)\\.?|(?:发自|来自|从)我的\\s?(?:iPhone|iPad|手机|华为[^。，]{0,8}|小米[^。，]{0,8})(?:发送)?|Get Outlook for (?:iOS|Android)"),
    ("page tools", "(?:【(?:关闭(?:窗口|本页)?|打印(?:本页)?|返回(?:顶部)?|收藏(?:本页)?|纠错|大|中|小)】\\s*){2,6}"),
    ("place of publication", f"发布于\\s?[:：]\\s?[{HAN_CLASS}]{{2,8}}(?<![章文刊报后前])"),
)  # fmt: skip

#: Words that are chrome only where chrome stands: before the text, after it, between its halves.
WEAK = _compile(
    ("account of the page", "原创\\s?[:：]\\s?[^。！？，,]{2,16}"),
    ("call to subscribe", "Ready for more\\?|[∙·•]\\s?PAID|Paid episode|\\d+ Likes?"),
    ("comment box", "(?:说点|写点)什么吧?[.…]*|评论|留言|回复|跟帖|Comments?|Discussion|Reply|Replies|Responses?"),
    ("tags", "标签|文章标签|话题|Tags?|Topics?|Labels|Keywords|关键词"),
    ("share row", "分享|转发|微信|微博|朋友圈|Share|Tweet|Share:|Facebook|Twitter|LinkedIn|WhatsApp|WeChat|Weibo|Reddit|Telegram|Pinterest|Instagram|YouTube|E-?mail|Print|Copy link|RSS"),
    ("reader's buttons", f"{_ACT}|{_ACTEN}|喜欢此内容的人还喜欢.*|Like this|原创|转载|首发|独家|置顶|精华|推荐"),
    ("menu", "首页|主页|登录|登陆|注册|登录\\s*[/|]\\s*注册|搜索|菜单|导航|网站地图|关于我们|联系我们|帮助|意见反馈|友情链接|站内搜索|加入我们|招聘|新闻|资讯|视频|直播|专题|订阅|正文|目录|简体|繁体|繁體|Home|Menu|Search|Log ?in|Sign ?in|Sign ?up|Register|Subscribe|Newsletter|About(?: us)?|Contact(?: us)?|Help|FAQ|Sitemap|Careers|Support us|Donate(?: now)?|Follow(?: us)?|My account|News|Events|Publications|Research|Video|Podcasts?|Topics|Close|Back|Top|TOP|More|Print|Download|Feedback|Language|Navigation"),
    ("menu", f"(?=.*(?:题库|真题|课程|直播|视频|首页|新闻|资讯|论坛|下载|专题|商城|招聘))[^\\s\\-—。，,：:]{{2,10}}(?:\\s?[-—]\\s?[{HAN_CLASS}]{{2,4}}){{4,12}}"),
    ("related articles", "相关|推荐|延伸阅读|热门|最新|排行榜?|更多|Related|Recommended|Popular|Trending|Latest|See also|Further reading|More"),
    ("advertisement", "推广|赞助|Ad|Ads|Sponsors?|Sponsored|Promotion|Partners"),
    ("site's address block", "(?:主办单位|主办|承办单位|承办|协办|技术支持|联系电话|电话|传真|邮编|地址|联系地址|邮箱|电子邮箱|邮政编码|联系我们|热线|编辑部|Address|Tel|Phone|Telephone|Fax|E-?mail|Contact)\\s?[:：].{2,80}|\\S+@\\S+\\.\\w+|(?:https?://|www\\.)\\S+"),
    ("news agency", "Xinhua|Reuters|AFP|AP|CNS|TASS|Bloomberg|新华社|中新社|中新网|人民网|新华网|央视网"),
    ("reader's buttons", "Evernote|Instapaper|Pocket|Readwise|印象笔记|有道云笔记|(?:Add |Remove |Clear )?(?:Highlights?|Annotations?)(?: text)?"),
    ("reader's buttons", "(?:喜欢|赞赏|打赏|赞助|支持)(?:作者|本文|本站|我们)|(?:人气|热度)\\s?[:：]?\\s?\\d[\\d,.]*|[?？\\d]{1,8}\\s?人气|.{0,4}最多人(?:赞助|阅读|分享|点赞)(?:的)?文章|来自赞助者的话"),
    ("share row", "(?:喜欢|喜爱)(?:这篇|本篇|此)?文章(?:吗|嗎|么)[?？]?|(?:请[^，。]{0,8}|[^，。]{2,4})喝(?:杯|一杯)咖啡[,，]|告诉[我他她](?:这篇)?文章写得真?棒[!！]?"),
    ("call to follow", "关注我们[,，][^。！？，,；;]{2,24}[！!~～]*|(?-i:Follow) us (?:for|on|to)\\s[^.!?]{3,80}!?"),
    ("call to give", "(?:Please )?(?:Support|Donate to|Fund) (?:our|this) (?:work|research|journalism|site|newsletter|reporting|podcast|newsroom|project|archive)|(?:Donate|Give) (?:now|today|here)|(?:赞助|支持|捐助)(?:我们|本站|本刊|本号)"),
    ("place of a picture", "视频(?:连接|链接|地址)?(?:请)?(?:戳|点击?)(?:这里|此处|链接)?|(?:观看|查看)视频请(?:戳|点击?)(?:这里|此处|链接)?"),
    ("breadcrumb", "[^。！？，,>＞›»:：]{2,14}(?:\\s*[>＞›»]\\s*[^。！？>＞›»]{2,40}){2,6}"),
    ("end mark", "完|[(（]完[)）]|END|End|Fin|EOF"),
    ("page number", "\\d{1,3}(?:\\s?/\\s?\\d{1,3})?"),
    ("relative time", "\\d{1,2}\\s?(?:秒|分钟|小时|天|周|个月|年)前|\\d{1,2} (?:second|minute|min|hour|day|week|month|year)s? ago|刚刚|昨天|前天|Just now|Yesterday|Today"),
    ("cookie notice", "Privacy(?: (?:policy|notice|settings))?|Terms(?: (?:of (?:use|service)|and conditions|& conditions))?|Cookies?|隐私(?:政策|声明)|用户协议|服务条款|使用条款"),
    ("disclaimer", "免责声明|法律声明|声明|特别声明|特别提示|风险提示|Disclaimers?|Legal notice"),
)  # fmt: skip

#: Sentences of the page that hold only as the first or the last words of all, or at such an edge.
ENDS = _compile(
    ("where it was first published", "(?:This|The) (?:article|commentary|essay|piece|interview|transcript|speech|op-ed|text|column|post|translation|paper) (?:was |is |has been )?(?:first |originally |previously )?(?:published|appeared|posted|printed|released)(?: here)? (?:by|in|on|at) (?-i:(?:the |The )?[\\w’'&-]*[A-Z*_《“][^.!?;]{1,80})\\.?"),
)  # fmt: skip

#: Notices told by their first words; the paragraph may be long.
PARAGRAPHS = _compile(
    ("disclaimer", "[【\\[(（*※\\s]*(?:免责声明|免责条款|法律声明|责任声明|Disclaimers?|Legal (?:disclaimer|notice))[】\\])）*\\s]*[:：]"),
    ("copyright", "[【\\[(（*※\\s]*(?:版权声明|版权说明|转载声明|转载说明|侵权声明|著作权声明|Copyright (?:notice|statement))[】\\])）*\\s]*[:：]"),
    ("cookie notice", "(?:Cookie (?:notice|policy)|Cookies? (?:声明|提示)|Cookie\\s?通知)\\s?[:：]"),
)  # fmt: skip
#: A notice by its first word only where it goes on to speak of the page it stands on.
NOTICE = re.compile(
    "[【\\[(（*※\\s]*(?:声明|特别声明|郑重声明|特别提示|风险提示|温馨提示|提示|说明|注|Notice|Note|Editor[’']s note)[】\\])）*\\s]*[:：]",
    re.I,
)
NOTICE_WORDS = re.compile(
    "本站|本网(?!络)|本公众号|本平台|不代表|投资建议|仅供参考|联系(?:我们|删除|本)|do(?:es)? not necessarily|investment advice",
    re.I,
)
#: Words of somebody who speaks about such a notice: `版权归谁所有，是…的问题`, `转载请注明出处，这句话…`.
SPOKEN_OF = re.compile(
    "[，,；;：:]\\s?(?:也|都|就|便|正|却|又|还|既)?(?:是(?!否)|在(?!线)|这|那|但|却|因为|所以|然而|不过|几乎|可惜|于是|从而|意味|成为|已经|据说|听)"
    "|谁|哪|什么|如何|怎样|为何|吗|呢|这(?=[句行条四几个种样里是])|那(?=[句行条些个种样里是])|几乎|并不是|而不是|从来|常常|往往|(?<!其)他|她|我(?!们)|人们|许多人|很多人|没有人|大家都"
    "|(?:出处|来源|所有|必究|转载|授权)(?:的(?!链接|原文|作者|文章|权利|内容|图片|稿件|作品|[，,。]|$)|是|曾|已|在(?!线|内)|变|写|印)"
    "|的(?:规定|做法|要求|习惯|制度|问题|时候|原则|提醒|字样|字眼|观念)"
)
#: Words of which the last clause of such a notice has one; `…，真正的答案在田里` has none.
NOTICE_TALK = re.compile(
    "转载|转发|摘编|摘录|翻印|复制|镜像|分享|使用|版权|著作权|侵|授权|许可|同意|盗|必究|追究|违者|法律|立场|观点|看法|意见|不代表|无关|参考|建议|风险|责任|文责|后果"
    "|出处|来源|注明|署名|原文|链接|作者|编辑|小编|联系|联络|告知|通知|私信|留言|后台|删|处理|更正|下架|撤|谢|所有|享有|交流|学习|研究之用|本[站网刊报台社号文]|网|平台|公众号|微信|邮|电话|[A-Za-z@©\\d]"
)
#: Somebody says it, or writes it: then it is told, and none of the page's own.
REPORTED = re.compile(
    "[,，][^，,。；;]{0,12}(?:说|问|写道|写着|写的|念道|笑了|讲)[。！!]?$"
    "|[,，]\\s?(?:可是|不过|可惜|其实|于是|结果|只是|真正|后来|大家|谁|没有一)"
    "|总是|[,，]\\s?(?:作者|编辑|记者)也"
    f"|(?:不得|禁止|严禁|请勿|谢绝)[^，,。；;]{{0,12}}(?:转载|摘编|转帖|复制|翻印|镜像|使用|传播|引用|商用|盗用)(?:的(?=[，,。]|其实|应该|是)|(?:这|那|[两{TO_NINE}]|几)[句个条种行])"
    "|,\\s(?:(?:as )?(?:he|she|they|I|we|the \\w+|its? \\w+|my \\w+|his \\w+|her \\w+|(?-i:[A-Z]\\w+)) )?(?:said|says|told|asked|wrote|explained|knew|laughed|read(?=\\.?$))\\b"
    "|\\b(?:my|his|her) (?:grand)?(?:mother|father|son|daughter|wife|husband)s?\\b",
    re.IGNORECASE,
)
GUARDED = frozenset(("copyright", "picture notice"))
TALKING = GUARDED | frozenset(("disclaimer",))
DISCLAIMER_WORDS = re.compile(
    "观点|立场|不代表|本站|本网|转载|版权|侵权|责任|投资建议|仅供参考|views?|opinions?|do(?:es)? not|necessarily|liab|endorse|responsib|advice|information|author",
    re.I,
)

#: Parts in brackets that a page puts into running text.
INLINE = re.compile(
    "[\\[【(（〔]\\s?(?:"
    "(?P<advertisement>广告|推广|advertisement|sponsored|ad)"
    "|(?P<picture>图片|视频|音频|表情|链接|动图|点击(?:图片)?(?:查看|看)?大图|点击图片[^\\]】)）〕]{0,16}|image|click to enlarge|embedded video|(?:photo|image|picture)s? (?:credits?|courtesy(?: of)?|by)\\s?[:：]?\\s[^\\]】)）〕.。]{1,50}|(?:photo|image|picture)s?\\s?/\\s?[^\\]】)）〕.。]{2,40}|(?:图片来源|图源|资料图片?来源|供图)[:：/][^\\]】)）〕。]{1,40})"
    "|(?P<more>read more|continue reading|阅读全文|查看全文|点击(?:此处|这里)?(?:阅读|查看)(?:原文|全文|更多))"
    "|(?P<edit>编辑|edit)(?=\\])"
    ")\\s?[\\]】)）〕]",
    re.IGNORECASE,
)  # fmt: skip
#: What the other language may say for such a place in brackets; where it does, both are text.
ANSWERS = {
    "视频": "videos?",
    "音频": "audio|recording",
    "链接": "links?",
    "图片": "pictures?|photos?",
    "动图": "gif|animation",
    "表情": "emoji|sticker",
}
INLINE_REASON = {
    "advertisement": "advertisement",
    "picture": "place of a picture",
    "more": "read more",
    "edit": "page tools",
}
#: A page number that a converter left within a paragraph; not one that a speaker refers to.
INLINE_PAGE = re.compile(
    "(?<![\\w,，（(])(?<!\\bon )(?<!\\bsee )(?<!\\bat )(?<!\\bto )(?<!\\bfrom )(?<!\\bof )(?<!\\band )(?-i:Page) \\d{1,4} (?:of|/) \\d{1,4}(?![\\w%])|第\\s?\\d{1,4}\\s?页\\s?[,，/／]?\\s?共\\s?\\d{1,4}\\s?页"
)
TRIM = " \t\xa0\u3000\u200b\ufeff\u2060\x0b\x0c"
#: Signs that point at what a line calls for: a code, a name card, a button.
POINTERS = "▼▲▽△↓↑⬇⬆↙↘👇👆☟☝👉☞→▶►●◆■※★☆⭐📢🔔 \t\u3000\ufe0f"
CALLS = tuple(
    (r, p)
    for r, p in STRONG
    if r.startswith(("call ", "read more", "related", "share", "link to the top"))
)
#: Reasons of which several may stand on one line, a sentence each.
NOTICES = frozenset(
    "copyright|picture notice|disclaimer|contact line|call to follow|call to scan|call to subscribe|"
    "call to give|where it was first published".split("|")
)
BETWEEN_SENTENCES = re.compile("(?<=[。！!])|(?<=[.!])\\s+(?=[A-Z©])")
PART = re.compile("\\s+[/|｜·•]\\s+|[|｜]|\\s{2,}|\u3000+")

#: Between the links of a site's row.
BAR = re.compile("\\s*[|｜·•]\\s*")
#: Links that a site has and a text has not.
NAVIGATION = re.compile(
    "首页|主页|登录|登陆|注册|登录[/／]注册|关于我们|联系我们|网站地图|Home(?:page)?|Log ?in|Sign ?in|Sign ?up|Register|About us|Contact us|Sitemap",
    re.IGNORECASE,
)


def strong_reason(line: str) -> str:
    """Why a whole line is chrome wherever it stands; '' where it is not known to be."""
    text = simplify(line.strip(TRIM))
    if not text:
        return ""
    for reason, pattern in PARAGRAPHS:
        if pattern.match(text[:80]) and len(text) <= 1200:
            return reason
    if len(text) <= 600 and NOTICE.match(text[:60]) and len(NOTICE_WORDS.findall(text)) >= 2:
        return "notice of the page"
    if len(text) > 700:
        return ""
    bare = text.lstrip(POINTERS)
    if reason := _first(STRONG, text) or (_first(CALLS, bare) if bare != text else ""):
        return "" if _is_told(reason, text) else reason
    starred = text.lstrip("*＊※ ")
    if starred != text and (reason := _first(STRONG, starred)) in TALKING:
        return "" if _is_told(reason, text) else reason
    if len(text) > LONGEST:
        return ""
    if not INLINE_PAGE.sub("", text).strip(TRIM + "-–—|/,，"):
        return "page number"
    if _is_navigation(text):
        return "menu"
    return (
        _parts_reason(text, STRONG)
        or _sentences_reason(text, STRONG)
        or ("call to scan" if _is_cut_call(text) else "")
    )


def _is_navigation(text: str) -> bool:
    """Whether a line is a site's row of links: short words in a row, of which two lead home or log in.

    >>> _is_navigation("首页 | 新闻 | 专栏 | 登录 | 注册"), _is_navigation("水 | 土 | 火 | 风")
    (True, False)
    """
    parts = [p.strip() for p in BAR.split(text) if p.strip()]
    return (
        4 <= len(parts) <= 20
        and all(len(p) <= (16 if p.isascii() else 8) for p in parts)
        and sum(bool(NAVIGATION.fullmatch(p)) for p in parts) >= 2
    )


def _is_told(reason: str, text: str) -> bool:
    """Whether a line that has a notice's words is somebody's sentence about them."""
    if REPORTED.search(text) or (reason in GUARDED and SPOKEN_OF.search(text)):
        return True
    clauses = [c for c in re.split("[，,；;。！!]", text) if c.strip()]
    last = clauses[-1] if clauses else ""
    return reason in TALKING and len(clauses) > 1 and not NOTICE_TALK.search(last)


def _is_cut_call(text: str) -> bool:
    """A call to scan that the page has in two parts: `扫描二维码 | 加入读者群`."""
    parts = re.split("\\s*[|｜]\\s*", text)
    return len(parts) == 2 and _first(CALLS, "，".join(parts)) == "call to scan"


def _sentences_reason(text: str, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """Several notices in a row, each a sentence: `All rights reserved. Reproduction … prohibited.`"""
    parts = [p.strip() for p in BETWEEN_SENTENCES.split(text) if p.strip()]
    if not 2 <= len(parts) <= 5:
        return ""
    reasons = [_first(rules, p) for p in parts]
    if not all(r in NOTICES for r in reasons) or SPOKEN_OF.search(text) or REPORTED.search(text):
        return ""
    return reasons[0]


def end_reason(line: str) -> str:
    """Why a whole line is none of the text where it opens or closes it."""
    text = line.strip(TRIM + "[]【】()（）*_")
    if not text or len(text) > 200:
        return ""
    reason = _first(ENDS, text) or _sentences_reason(text, STRONG + ENDS)
    return reason if reason in {name for name, _ in ENDS} else ""


def weak_reason(line: str) -> str:
    """Why a whole line is chrome where chrome stands."""
    text = simplify(line).strip(TRIM + "[]【】()（）「」<>《》#*|｜:：>＞»›")
    if not text or len(text) > 200:
        return ""
    return (
        _first(WEAK, text)
        or (_parts_reason(text, STRONG + WEAK) if len(text) <= 100 else "")
        or _sentences_reason(text, STRONG + WEAK + ENDS)
    )


def answered_places(text: str) -> frozenset[str]:
    """Words of ANSWERS that the text has in English too, in brackets: `(video)` for `（视频）`.

    >>> answered_places("PyCon（视频） PyCon (video) [图片]")
    frozenset({'视频'})
    """
    bracketed = "[\\[【(（〔]\\s?(?:%s)\\s?[\\]】)）〕]"
    return frozenset(
        word for word, said in ANSWERS.items() if re.search(bracketed % said, text, re.IGNORECASE)
    )


#: `Next: The long way home`, which may be a heading: a link where the other language's was one.
NEXT = re.compile("(?:Next|Previous|Prev)(?:\\sup)?\\s?[:：]\\s?[^.!。！]{2,80}", re.IGNORECASE)


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    return next((reason for reason, pattern in rules if pattern.fullmatch(text)), "")


def _parts_reason(text: str, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """A row of parts, each of them chrome: `扫码关注 / Scan to follow us`."""
    parts = [p.strip() for p in PART.split(text) if p.strip()]
    if not 2 <= len(parts) <= 12:
        return ""
    reasons = [_first(rules, p) for p in parts]
    # A number beside something else is that thing's own: `1  https://…` is a footnote.
    return reasons[0] if all(reasons) and "page number" not in reasons else ""
