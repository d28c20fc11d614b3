"""The lines that a web page puts around a text: rules, each with its reason.

A rule matches a whole line, or a whole part of it between clear limits; never a sentence that merely
contains the words. STRONG rules hold anywhere in a document; WEAK ones are words that a text may
use as a heading, and hold only where the page's chrome stands (see state.py).

In a rule `{name}` stands for any entry of the list chrome/NAME, or for one of the SETS. The lists
lines/ and weak/ hold whole lines, a list a reason.
"""

from __future__ import annotations

import re
from itertools import groupby

from bitext.text.dates import DAY_NEAR
from bitext.text.numbering import TO_TEN
from bitext.text.scripts import HAN_CASED
from bitext.text.words import any_of

Rules = tuple[tuple[str, re.Pattern[str]], ...]
#: What parts the names of a row of buttons.
GAP = "[\\s,，、|｜/／·•()（）\\[\\]【】:：-]*"
#: What a rule names beside the lists: a gap, a Han character, a Chinese numeral.
SETS = {"gap": GAP, "han": HAN_CASED, "numeral": f"[{TO_TEN}]"}
LIST = re.compile(r"\{([a-z_/]+)\}")


def filled(rule: str) -> str:
    """The pattern of a rule, its lists filled in."""
    return LIST.sub(lambda m: SETS.get(m[1]) or any_of(f"chrome/{m[1]}"), rule)


def _compile(*rules: tuple[str, str]) -> Rules:
    """The rules in order; those beside each other with one reason as one pattern."""
    return tuple(
        (reason, re.compile("|".join(filled(rule) for _, rule in group), re.IGNORECASE))
        for reason, group in groupby(rules, key=lambda rule: rule[0])
    )


STRONG = _compile(
    ("share row", r"(?:分享|转发)(?:到|至|给|本文|文章|此文|这篇文章)?{gap}(?:{networks_zh}{gap}){1,12}"),
    ("share row", r"{lines/share_row}"),
    ("share row", r"(?:{networks_zh}{gap}){3,12}"),
    ("share row", r"(?:Share|Tweet|Print|Save|E-?mail|Bookmark|Recommend|Forward)\s(?:this|the)\s{works_en}(?:\s(?:on|via|with|to|by|using)\s.{1,40})?[:：!]?"),
    ("share row", r"(?:Share|Tweet|Forward)\s(?:this|the)\s{works_en}\s?[:：|-]{gap}(?:(?:{networks_en}|and){gap}){1,14}"),
    ("share row", r"(?:Share|Share (?:this )?(?:on|via|to)|Follow us(?: on)?|Find us on|Connect with us(?: on)?)[:：]?{gap}(?:(?:{networks_en}|and|on|via){gap}){1,14}"),
    ("share row", r"(?:{networks_en}(?:[,|/·•\s]+|$)){3,14}"),
    ("share row", r"(?:Share|Like) us on (?:(?-i:[A-Z@])|social).{0,30}"),
    ("reader's buttons", r"(?:(?:{buttons_zh}|阅读原文|写评论)\s*[(（]?(?:\d[\d,.]*\s?[万kKwW]?\+?)?[)）]?(?:[\s|｜/／·•,，、【】\[\]]+|$)){2,12}"),
    ("reader's buttons", r"(?:{buttons_en}\s*\(?\d*\)?(?:[\s|/·•,]+|$)){3,12}"),
    ("reader's buttons", r"[0-9,.]+\s?[kKwW万+]*\s?{counted}"),
    ("reader's buttons", r"[:：\s]*(?:[，,、]\s*){5,}.{0,80}"),
    ("call to scan", r"(?!.{0,30}(?:进入|打开|参与)[^。]{0,16}。)(?:请|欢迎)?{scanning_zh}[,，\s]*(?:识别|扫描|扫一扫)?(?:{where_zh}|此|本|该)?(?:的)?(?:微信)?{codes_zh}?[,，、]?\s*{at_once_zh}?{then_zh}(?:我们|本?公众号|更多|详情|[^，,。的了是]{0,16})?[！!。~]*"),
    ("call to scan", r"{lines/call_to_scan}"),
    ("call to scan", r'(?:使用|打开|用)?微信[“"「]?扫一扫[”"」]?(?:[,，]?\s?(?:即可|来|立即|轻松)?{then_zh}[^，。的了是]{0,20})?[！!~]*'),
    ("call to follow", r'[↑↓▲▼☝👆👇\s]*{inviting_zh}?(?:点击|点|戳|长按|搜索|微信搜索)?{where_zh}?(?:的)?(?:[“「"]?[^，。"”」]{0,16}[”」"])?(?:蓝字|蓝色字体|蓝色文字|名片|卡片|微信名|按钮)?[,，\s]*{at_once_zh}?(?:关注|订阅|关注并(?:置顶|星标))(?:我们|本站|我|(?:我们的|本|此|该)?(?:官方|同名)?(?:微信|微博)?{accounts_zh}(?:[:：\s“「"].{1,30})?|[“「『"].{1,20}[”」』"](?:微信)?(?:公众号|视频号|订阅号)?)(?:吧|哦|哟)?[！!。~～↑↓▲▼👆👇\s]*'),
    ("call to follow", r"[↑↓▲▼👆👇\s]*(?:点击|戳){where_zh}?的?(?:蓝字|蓝色字体|名片|卡片)[,，\s]*{at_once_zh}?(?:关注|订阅)(?:我们)?[！!。~～↑↓▲▼👆👇\s]*"),
    ("call to follow", r"(?:(?:微信)?公众号|微信号|订阅号|视频号|官方微博|新浪微博|官方微信)\s?(?:ID)?[:：]\s?[\w“”「」·@-]{2,20}"),
    ("call to follow", r'(?:如果|若)?(?:您|你)?(?:喜欢|觉得)?(?:这篇文章|本文|文章|不错|有用|有帮助|有收获)*[,，]?{inviting_zh}?(?:顺手)?(?:点(?:个|亮|击|一下)?|给个)[“"「]?{praise_zh}[”"」]?(?:[、和与及,，\s]*(?:点)?[“"「]?{praise_zh}[”"」]?)*(?:支持一下|支持|吧|哦|一下|呗)*[!！。~～]*'),
    ("call to follow", r"{lines/call_to_follow}"),
    ("call to follow", r"(?:Please )?(?:follow|like) us on (?:(?-i:[A-Z@])|social|our (?:social|channel)).{0,60}"),
    ("call to follow", r"Join us on (?-i:[A-Z@]).{0,40}"),
    ("call to follow", r"Follow (?:@\w{2,30}(?: on \w{1,12})?|(?-i:[A-Z]\w{1,30}(?: [A-Z]\w{1,20}){0,2}) on {networks_en})[.!]?"),
    ("call to subscribe", r"(?:Please )?(?:Subscribe|Sign up|Register)(?:\s(?:now|today|here|free|for free))*(?:,?\s(?:to|for)(?:\s(?:our|the|your|my|a|this))?(?:\s[\w’'&-]+){0,4}\s{mailings_en}(?:\s.{0,60})?)[.!]?"),
    ("call to subscribe", r"{lines/call_to_subscribe}"),
    ("call to follow", r'[↑↓▲▼👆👇\s]*(?:点击?|戳|长按){where_zh}?的?(?:蓝字|名片|卡片)?(?:[“「"『][^，。”」』"]{1,20}[”」』"])?[,，]?\s?(?:一键|立即|免费)?(?:关注|订阅)(?:我们|我)?[,，][^。！？，,；;]{2,24}[！!~～]*'),
    ("call to give", r"(?:Please )?(?:Donate|Give|Chip in|Contribute)(?:\s(?:now|today|here|monthly))?,?\s(?:to|and|so that we can)\s(?:[\w-]+\s){1,4}(?:on )?(?:our|this)\s(?:free |independent |public )?{causes_en}\b[^.!?]{0,40}[.!]?"),
    ("call to subscribe", r"(?:\*{0,2})Subscribe to (?-i:The |the )?(?-i:[A-Z])[^.!?]{2,60}\s[—–-]\s[^.!?]{4,80}[.!]?"),
    ("app advert", r"{lines/app_advert}"),
    ("app advert", r"(?:打开|下载|请(?:在|用|下载)|在|使用|前往)[^，。]{0,12}(?:APP|客户端|小程序|浏览器|微信)[^，。的]{0,8}(?:查看|阅读|打开|体验|观看|享受?|浏览|收听)[^，。的了是]{0,12}"),
    ("app advert", r"(?:下载|打开)[^，。的]{0,12}(?:APP|客户端)"),
    ("link to another page", r"(?:上|下|前|后)一(?:篇|条|页|则|章|节)(?:文章|新闻)?(?:\s*[:：»«>＞<＜→←|｜].{0,80}|\s*(?:没有了|无|已经没有了))?"),
    ("link to another page", r"(?:上一(?:篇|页)|返回(?:目录|列表|首页))[\s|｜/]+.{0,30}(?:下一(?:篇|页))"),
    ("link to another page", r"(?:Previous|Next|Prev|Older|Newer)\s(?:article|post|page|story|chapter|entry|posts|episode)s?\s*(?:[:：»›→←«>|].{0,100})?"),
    ("link to another page", r"[«‹←]\s*(?:Previous|Prev|Back|Older)(?:\s.{0,80})?"),
    ("link to another page", r"(?:Next|Newer)(?:\s.{0,60})?\s*[»›→]"),
    ("link to the top", r"{lines/link_to_the_top}"),
    ("link to the top", r"(?:Back|Return|Go|Scroll) to (?:the )?(?:top|home|homepage|list|index|contents|previous page|main page|all .{1,20})"),
    ("page tools", r"{lines/page_tools}"),
    ("page tools", r"【?\[?\s*(?:我要)?(?:打印|关闭|收藏|纠错|保存)(?:本页|本文|窗口|此页|页面|本网页|文章)\s*\]?】?"),
    ("page tools", r"【{tools_zh}】(?:\s*【{tools_zh}】)*"),
    ("page tools", r"Listen to (?:this|the) {works_en}(?:\s?(?:here|now|instead|below|[(:：·-]?\s?\d.{0,20}|on (?-i:[A-Z]).{0,20}))?"),
    ("font size", r"【?\[?(?:字(?:号|体)(?:大小)?|文字大小)[:：\s\[【(（「]+(?:(?:特大|超大|默认|标准|大|中|小|放大|缩小|还原|A\+?|A-|[+-]|T)[\s|｜/／、,，\[\]【】()（）「」]*)+"),
    ("font size", r"(?:Text|Font) size[:：]?\s*(?:(?:small(?:er)?|medium|large[r]?|default|normal|A|[+-])[\s|/,+-]*)*"),
    ("font size", r"(?:A[-+]?\s*[|/]?\s*){2,4}"),
    ("font size", r"【(?:大|中|小)】?\s*【?(?:大|中|小)】?.{0,6}"),
    ("read more", r"{lines/read_more}"),
    ("read more", r"(?:阅读|查看|点击阅读|点击查看|展开|浏览)(?:原文|全文|更多(?:内容|文章|精彩|新闻|详情)?|完整版|英文版|中文版|剩余全文|大图)\s*[>＞»›→…]*"),
    ("read more", r"点击图片[^。！？，,]{0,12}"),
    ("read more", r"(?:Read|See|View|Show|Load|Learn)\s{whole_en}\s*(?:[»›→>…]+|\.\.\.|here[.]?|about .{1,40}[^.?!])?"),
    ("read more", r"Tap to {reader_press_en}\b.{0,24}"),
    ("breadcrumb", r"{lines/breadcrumb}"),
    ("breadcrumb", r"(?:网站)?导航\s?[:：]\s?(?:首页|主页)\s*(?:[>＞›»/→|]|&gt;).{1,60}"),
    ("breadcrumb", r"(?:您?(?:当前|现在|目前)?所在的?位置|您?(?:当前|现在|目前)的?位置|您的位置|You are here)\s*[:：].{0,60}(?:[>＞›»/→]|&gt;).{1,60}"),
    ("breadcrumb", r"(?:首页|主页|网站首页|Home|Homepage)\s*(?:[>＞›»/／→]|&gt;)\s*.{1,80}"),
    ("related articles", r"{lines/related_articles}"),
    ("related articles", r"{related_of_zh}{related_zh}(?:\s*[:：>＞»|｜](?!.*[。！]).{0,100})?"),
    ("related articles", r"往期(?:推荐|回顾|精选|文章|内容)(?:[:：].{0,80})?"),
    ("related articles", r"推荐(?:阅读|文章)(?:[:：].{0,60})?"),
    ("related articles", r"{related_of_en}\s{related_en}(?:\s*[:：|](?!.*(?:[a-z]{4}[.!](?:\s|$)|[。！])).{0,100})?"),
    ("related articles", r"You (?:may|might) (?:also (?:like|enjoy)|(?:also )?be interested in)(?:\s(?:these|this|the following)(?:\s\w+){0,2})?\s?[:：…]?"),
    ("advertisement", r"[—\-=*\[【(（\s]*(?:{advertising}|Sponsored by .{1,40})[—\-=*\]】)）\s]*"),
    ("advertisement", r"{lines/advertisement}"),
    ("copyright", r"(?:©|&copy;|Ⓒ|\(c\)\s?(?=(?:copyright\s)?(?:19|20)\d\d\b)|copyright\s?(?=©|&copy;|\(c\)|(?:19|20)\d\d\b|by\s(?-i:[A-Z])))[^。]{0,160}"),
    ("copyright", r"{lines/copyright}"),
    ("copyright", r"(?:版权所有|著作权所有)(?:(?:[©:：/|-]|\s)[^。]{0,80}|[,，]\s?{after_rights_zh}[^。]{0,60})?[。]?"),
    ("copyright", r"{works_zh}?(?:的)?(?:版权|著作权)(?:均|皆|都|全部)?(?:归|属于?|为)[^。，,]{1,30}(?:所有|享有)(?:[，,；;、\s]+{after_rights_zh}[^。]{0,60})?[。]?"),
    ("copyright", r"(?-i:(?:[A-Z0-9©][\w’'&-]*(?:\s|,\s|\.\s?)){0,8}(?:All [Rr]ights? [Rr]eserved|ALL RIGHTS RESERVED))(?: by (?-i:[A-Z0-9])[^.]{1,50}| worldwide)?\.?"),
    ("copyright", r"{works_zh}?[,，:：]?(?:任何(?:媒体|单位|机构|个人|网站)[^。]{0,24})?(?:未经|凡未经|如未经)[^。]{0,24}(?:许可|授权|同意|允许)[,，]?[^。]{0,16}(?:不得|禁止|严禁|请勿|谢绝|均不得|一律不得)[^。]{0,24}(?:转载|摘编|镜像|翻载|翻印|转帖|(?:复制|商用|盗用)(?=[。！!]?$)|(?:使用|传播|引用|复制|转发|盗用)(?=[^。]{0,8}{whose_zh})|(?<=本文)(?:使用|传播|引用|复制|转发)|(?<=本站)(?:使用|传播|引用|复制|转发))[^。]{0,60}[。！!]?"),
    ("copyright", r"(?:如需|如要|若需|欢迎|需要|本文|文章|商业|非商业|媒体|图文|公众号)?(?:转载|转发|引用)(?:本文|文章|此文|时|者)?[,，]?(?:请|须|需|务必|敬请|应|烦请)(?:务必|在后台|先)?(?:注明|联系|标明|标注|保留|获得|取得|与[^。]{1,12}联系|后台|回复|留言|申请)[^。]{0,60}[。！!]?"),
    ("copyright", r"(?:谢绝|禁止|严禁|请勿)(?:任何形式的?|擅自|私自)?转载(?=$|[\s，,。！!;；、]|本|及|和|或|与|摘|使用|复制|改编|商)[^。]{0,20}[。！!]?"),
    ("copyright", r"(?:No part of (?:this|the) {works_en}s? (?:may|can|shall|should|must|is to) be {reproduced_en}\b|(?:Reproduction|Republication|Redistribution|Copying)(?: or [a-z]+)? (?:of (?:this|any|our) {works_en}|in whole or|(?=without (?:prior |written |express |our )*(?:permission|consent|authori[sz]ation) is (?:strictly )?(?:prohibited|forbidden)\.?$))|Unauthori[sz]ed (?:reproduction|copying|republication|distribution|use of this))[^.]{0,120}(?:without[^.]{0,40}(?:permission|consent)|(?:is|are) (?:strictly |expressly )?(?:prohibited|forbidden))[^.]{0,60}\.?"),
    ("copyright", r"(?:This {works_en} is )?licensed under (?:a |the )?(?:Creative Commons|CC)[^。]{0,120}"),
    ("picture notice", r"(?:[^。]{0,60}[,，；;。、\s])?[^，。]{0,30}(?:如|若|倘若|如果|涉及|涉嫌|存在)[^。]{0,16}(?:侵权|侵犯|版权|著作权|知识产权)[^。]{0,24}?[,，]?(?:(?:请|敬请|烦请|麻烦|欢迎)[^。]{0,20}{contact_zh}[^。]{0,6}{answering_zh}|可[^。]{0,20}{contact_zh}[^。]{0,6}(?:我们|本站|本网|小编|后台))[^。]{0,24}[。！!]?(?:谢谢[!！。]?)?"),
    ("picture notice", r"{lines/picture_notice}"),
    ("picture notice", r"(?:如|若)有?(?:侵权|侵犯)[^。]{0,8}[,，]?(?:请|立|即|联系|告知|必|删)[^。]{0,20}(?:删除?|处理|联系|告知)[^。]{0,8}[。！!]?"),
    ("picture notice", r"(?:部分|本文|文中|文章|以上|所有|题图|封面|配)?(?:图片|图文|素材|配图|内容|文章|资料|文字|视频)(?:部分)?(?:均|都)?(?:来源于?|来自于?|源于|取自|转自|整理自)(?:于)?{picture_sources_zh}(?:[,，;；。、\s]*{going_on_zh}[^。]{0,60})?[。]?"),
    ("disclaimer", r"{works_zh}(?:内容|观点)?(?:仅|只|仅仅|并不|不|纯属|均为|均)(?:为|系|供|代表|反映|属)?[^。，,]{0,12}(?:{holders_zh}[^。，,]{0,10}(?:观点|立场|看法|意见|言论)|仅?供?(?:参考|学习|交流)(?=[,，;；。]|$|使用|之用))[^。]{0,80}[。]?(?:[^。]{0,60}(?:立场|投资建议|参考|责任|无关)[^。]{0,20}[。])?"),
    ("disclaimer", r"(?:The\s)?(?:views?|opinions?|statements?|content)(?:,?\s(?:and|or)?\s?(?:views?|opinions?|conclusions?))?\s(?:expressed|presented|stated|contained|published|set out)\s(?:in|on|by|here|herein|above)\b[^.]{0,100}?\s(?:are|is|do|does|represent|reflect|belong|should|may)\b[^.]{0,60}\b{opinion_verbs_en}\b.{0,260}"),
    ("disclaimer", r"This {works_en} (?:is (?:provided )?for (?:general )?information(?:al)?(?: and educational)? purposes only|does not (?:constitute|represent|necessarily|reflect)\b(?=.{0,160}(?:views?|opinions?|advice|position|polic|endorse|recommend)))\b.{0,260}"),
    ("disclaimer", r"{works_zh}(?:仅供(?:参考|学习|交流|学术)|不构成)[^。]{0,60}[。]?"),
    ("site's address block", r".{0,40}(?:ICP\s?(?:备|证)|公网安备|网安备|经营许可证|新闻信息服务许可证)[^。]{0,80}"),
    ("site's address block", r"{services_zh}(?:\s?[:：/|｜\s].{0,60}|[^。]{0,24}[@\d][^。]{0,40}|请?联系[^。]{0,20}|(?:中心|电话|热线|平台))?"),
    ("comment box", r"{lines/comment_box}"),
    ("comment box", r"(?:网友|精彩|最新|热门|全部|用户|读者|精选)(?:评论|留言)(?:\s?[(（]\d*[)）])?"),
    ("comment box", r"评论\s?[(（]\d+[)）]"),
    ("comment box", r"共?\s?\d+\s?条?(?:评论|留言|回复|人参与)"),
    ("comment box", r"(?:(?:还|目前|暂时)?没有(?:相关)?(?:评论|留言|回复)|暂?无(?:人)?(?:相关)?(?:评论|留言|回复)|(?:还|目前)没有人?(?:评论|留言))(?:哦|数据|[,，].{0,8}(?:沙发|评论|留言|第一).{0,8})?[！!~]*"),
    ("comment box", r"(?:请|您|你)?(?:需要|必须|请先)?(?:登录|登陆|注册)(?:或注册)?\s?(?:后|之后|才能|即可|以|再)?.{0,6}(?:评论|发言|留言|回复|发表|参与)[^。，]{0,8}"),
    ("comment box", r"快来(?:发表|抢|写|说)[^。]{0,12}(?:评论|沙发|留言|意见|看法|两句)[^。]{0,4}[！!~]*"),
    ("comment box", r"(?:文明上网|理性发言)[^。]{0,40}(?:发言|评论|规定|协议)[^。]{0,20}"),
    ("comment box", r"请遵守[^。]{0,40}(?:发言|评论)[^。]{0,20}"),
    ("comment box", r"加载中[.…。]*"),
    ("comment box", r"(?:\d+\s(?:comments?|replies|responses)|(?:No|Zero)\s(?:comments|replies|responses))(?:\syet[.!]?)?"),
    ("comment box", r"(?:View|Show|Load|See|Read) (?:all |more )?(?:\d+ )?comments"),
    ("comment box", r"Your e-?mail address will not be published.{0,60}"),
    ("cookie notice", r"(?:We|This (?:web)?site|Our (?:web)?site|This page|[A-Z][\w.]{1,24})\s(?:and our partners )?uses? cookies(?=[.,;]|\s(?:to|for|on|and|that|in order|so)\b)(?=.{0,400}{cookie_words}).{0,500}"),
    ("cookie notice", r"{lines/cookie_notice}"),
    ("cookie notice", r"(?=.{0,400}\b(?:our|this (?:web)?site|you (?:agree|accept|consent))\b)By (?:continuing|using|clicking|browsing|closing|scrolling)[^.]{0,80}(?:cookies?|privacy policy|terms of (?:use|service))[^.]{0,160}\.?"),
    ("cookie notice", r"{footer_links}(?:\s*[|·/&]\s*{footer_links}){1,5}"),
    ("cookie notice", r"(?:本(?:网)?站|我们|本网页)(?:使用|会使用)(?:了)?\s?cookies?[^。]{0,120}[。]?(?:[^。]{0,60}[。])?"),
    ("cookie notice", r"(?:隐私(?:政策|声明)|用户协议|服务条款|使用条款)(?:\s*[|｜和与及]\s*(?:隐私(?:政策|声明)|用户协议|服务条款|使用条款)){1,4}"),
    ("notice of the page", r"(?:Your browser|您的浏览器)(?: does not|不支持)[^.。]{0,80}[.。]?"),
    ("notice of the page", r"Loading(?:[.…]{2,}|…)?"),
    ("notice of the page", r"Please wait(?:[.…]{2,}|…)"),
    ("notice of the page", r"您?(?:正在|当前)使用的浏览器[^。]{0,60}[。]?"),
    ("page number", r"Page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"),
    ("page number", r"p(?:p|g)?\.\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"),
    ("page number", r"第\s?\d{1,4}\s?页(?:[,，/／\s]*共\s?\d{1,4}\s?页)?"),
    ("page number", r"共\s?\d{1,4}\s?页[,，/／\s]*(?:当前)?第\s?\d{1,4}\s?页"),
    ("page number", r"[-–—－―−─]{1,2}\s?\d{1,4}\s?[-–—－―−─]{1,2}"),
    ("page number", r"(?=.{0,80}(?:页|Next|Prev))(?:首页|上一页|下一页|尾页|末页|\d{1,3}|[.…]+)(?:[\s|]+(?:首页|上一页|下一页|尾页|末页|\d{1,3}|[.…]+|共\d+页)){2,14}"),
    ("length of the text", r"(?:本文|全文)?(?:共|约|总)?(?:计)?\s?\d{2,6}\s?字[,，、|｜\s]*(?:预计|阅读|全文|大约|读完)*(?:时间|需要?|约|需|大概)*[:：]?\s?\d{1,3}\s?分钟(?:读完|阅读)?[。]?"),
    ("length of the text", r"(?:预计|阅读|读完)(?:本文|全文|阅读)?(?:时间|时长|需要?|约|大约)*[:：]?\s?\d{1,3}\s?分钟[。]?"),
    ("length of the text", r"\d{1,3}[\s-]?min(?:ute)?s?\s?read"),
    ("length of the text", r"About \d{1,3} min(?:ute)?s? to read"),
    ("picture credit", r"(?:图片来源|图源|题图|封面图?|头图|资料图片?|图片提供)\s?[:：/／|｜]\s?[^。！？]{1,40}"),
    ("picture credit", r"图\s?[:：/／|｜]\s?[^。！？，,]{1,14}"),
    ("picture credit", r"(?:图片|配图|插图|文中图片)\s?[:：/／]\s?{picture_agencies}(?:提供|供图)?"),
    ("picture credit", r"{photo_en}s?\s?(?:credits?|courtesy(?: of)?|source|by|via|from)\s?[:：/]?\s?(?-i:(?:(?:[A-Z©][\w&'’.-]*|of|the|and|for|via)[\s/,|]{0,3}){1,10})"),
    ("picture credit", r"(?:(?:Photo|Image|Picture|Illustration)s?\s?[:：/]|Credits?\s?[:：])\s?(?-i:[A-Z©][\w&'’-]*[\s/,]{0,3}){1,6}\.?"),
    ("rule between parts", r"(?:[-=_*~—–─━┄·•．＝－＊※◆◇■□●○▲▼★☆♦#+<>…。.]\s{0,3}){0,200}?(?:([-=_*~—–─━┄＝－＊※◆◇■□●○▲▼★☆♦#+])\s{0,3}\1\s{0,3}\1)(?:\s{0,3}[-=_*~—–─━┄·•．＝－＊※◆◇■□●○▲▼★☆♦#+<>…。.]){0,400}\s*"),
    ("rule between parts", r"—{2}"),
    ("end mark", r"[-—–=\s*~【\[(（]*{end_marks}[-—–=\s*~】\])）]*"),
    ("end mark", r"[-—–=*~【\[(（]+\s*(?:完|END|End|Fin)\s*[-—–=*~】\])）]+"),
    ("status line", r"[（(\[*\s]*(?:{status_lines}|(?:strictly )?embargoed (?:until|till|for).{3,60})[）)\]*.。\s]*"),
    ("call to follow", r'(?:{inviting_zh}?点(?:个|亮|击|一下)?[“"「]?(?:赞|在看|小红心)[”"」]?)(?:[、和与及,，\s]*(?:点)?[“"「]?{praise_zh}[”"」]?)*[,，\s]*(?:并|再)?(?:分享|转发|推荐|传递)给(?:更多|身边|你|您)?的?(?:更多的?)?(?:朋友们?|好友|人|小伙伴)(?:看到|吧|哦)*[!！。~]*'),
    ("call to follow", r'(?:[“"「]?{praise_zh}[”"」]?[、,，和与+＋\s]*){2,6}(?:素质)?(?:一键)?三连(?:吧|哦|走起|支持)?[!！。~]*'),
    ("call to follow", r'点击?{where_zh}的?(?:蓝字)?[“「"『][^，。”」』"]{1,20}[”」"』][,，]?{at_once_zh}*(?:订阅|关注)(?:我们)?(?:哦|吧|哟|喔|啦)?[!！。~]*'),
    ("call to follow", r"{inviting_zh}?(?:把|将)?(?:我们)?(?:设为|加|点)?[★☆⭐🌟]?星标[★☆⭐🌟]?(?:我们|本?公众号|本号)?[,，\s]\s?[^。，]{0,12}(?:推送|不迷路|不错过|不走散|第一时间)[^。，]{0,12}[!！。~]*"),
    ("read more", r'点击?{where_zh}的?[“「"『]?阅读(?:原文|全文)[”」"』]?[,，]?(?:{at_once_zh}?{then_zh}[^，。]{0,20})?[!！。~]*'),
    ("tags", r"(?:已)?收录于(?:合集|话题|专辑|专题)\s*(?:[#＃「《:：]\s?.{1,40}|.{1,30}\d{1,4}\s?个)"),
    ("advertisement", r"(?:[【\[（(](?:广告|推广)[】\])）]|(?:广告|推广)\s?[:：])\s*(?=[^。]*(?:点击|详情|[>＞»→]{1,3}\s*$|特惠|优惠|限时|抢购|下载|扫码|报名|咨询|折起?[,，]|免费领|仅需|原价|立减|订购|\d元|包邮))[^。！？]{2,100}"),
    ("advertisement", r"(?:Advertisement|Ad|Sponsored)\s?[-–—:|]\s?(?:please )?(?:scroll|continue|story continues|article continues|swipe)\b[^.]{0,50}\.?"),
    ("related articles", r"Related\s?[:：]\s?(?-i:[A-Z])[^.?!:：]{2,90}"),
    ("disclaimer", r"(?:[【\[]?(?:特别|郑重)?(?:声明|提示)[】\]]?[:：]\s?)?(?:{works_zh}|所有|转载|作者)(?:[^。我]{0,60}[，,；;])?(?:[^。我，,]{0,24})(?:并?不代表|与)(?:本(?:站|网|平台|公众号|号|刊|报|社|媒体|机构|栏目)|[^。，,我]{1,12}(?:网|新闻|号|平台|客户端|频道))[^。，,]{0,12}(?:立场|观点|看法|无关)[^。，,]{0,12}[。]?(?:[^。]{0,40}(?:仅供参考|投资建议|文责自负)[^。]{0,12}[。])?"),
    ("disclaimer", r"(?:The\s|All\s)?(?:views?|opinions?)(?:\s(?:and|or)\s(?:views?|opinions?))?\s(?:expressed\s)?(?:are|is|belong)\s(?:solely\s|only\s|purely\s)?(?:to\s)?(?:those of\s)?(?:the\s)?(?:authors?|writers?|contributors?|speakers?)(?:[’']s?|s[’'])?(?:\s(?:own|alone|only))*(?:(?:,?\s(?:and|but))?\s(?:do(?:es)?|may|should|are)\s(?:not|no)\b[^.]{3,140})?\.?"),
    ("contact line", r"[(（\[]?(?:Contact(?: us| the author| the editors?)?|E-?mail(?: us)?|联系我们|联系方式|来稿请?(?:寄至?|发至?))\s?[:：]?\s?\S+@[\w.-]+\.\w+[)）\]]?"),
    ("contact line", r"[^。！？，,]{0,12}欢迎[^。！？，,]{0,14}[,，]\s?(?:来|投)稿请?(?:寄至?|发至?|发送至)\s?\S+@[\w.-]+"),
    ("contact line", r"(?:Please )?(?:Contact|E-?mail|Write to|Reach) (?:the )?(?:writers?|reporters?|authors?|editors?|correspondent)s? (?:at|via|on|by e-?mail at)\s?[:：]?\s?\S+@\S+"),
    ("contact line", r"For (?:more|further|additional) (?:information|details),? (?:please )?(?:visit|contact|see|call|e-?mail|go to|check)\s[^。]{0,80}(?:www\.|https?://|\S@\S|\d{3}[\s-]?\d{3,4}|\w\.(?:com|org|net|edu|cn|gov)\b)[^\s]{0,60}"),
    ("contact line", r"{address_offices_zh}\s?[:：].{2,80}"),
    ("picture caption", r"[△▲▼◀▶↑↓]\s?(?:图为|图片?[:：]|资料图|图(?:[0-9]|{numeral})|.{1,24}(?:供图|摄|图片来源)\b)[^。！？]{0,60}[。]?"),
    ("picture caption", r"(?:资料图片?|档案图片)\s?[:：]\s?[^。！？]{2,50}[。]?"),
    ("picture credit", r"[\[(（【](?:Photo|Photos|Image|Picture|Illustration|Graphic|图片?|摄影)\s?[/／|:：]\s?[^\])）】。]{2,40}[\])）】]"),
    ("place of a picture", r"{picture_names}[\w\s.-]{0,40}\.(?:jpe?g|png|gif|webp|bmp|heic)"),
    ("reader's buttons", r"{lines/readers_buttons}"),
    ("reader's buttons", r"(?:听新闻|听全文|听文章|收听|音频|播放|语音播报|Listen)?\s?[▶►▷]?\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s?[/／]\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?"),
    ("reader's buttons", r"[\d,.]+\s?[万kK]?\s?人(?:赞同了该(?:文章|回答)|赞同|喜欢了该文章|觉得赞|已赞)"),
    ("reader's buttons", r"(?:▲\s?)?赞同\s?[\d,.]+[万kK]?(?:[\s\u200b]+(?:[\d,]+\s?条|添加)评论)?"),
    ("length of the text", r"(?:本文|全文)?(?:字数|共计)?[:：]?\s?(?:约|共)?\d{2,6}\s?字?[,，、|｜\s]+阅读(?:时长|时间|需|需要)?(?:大约|约|需|为)?[:：]?\s?\d{1,3}\s?分钟"),
    ("account of the page", r"功能介绍\s+[^。！？]{2,60}"),
    ("account of the page", r"[^。！？，,:：]{2,24}\s微信号[:：\s]\s?[A-Za-z][\w-]{4,24}"),
    ("call to give", r"Support (?:independent|our|local|free|quality)(?:\s[\w-]+){1,3}[.!]\s(?:Please )?(?:Donate|Give|Subscribe|Join us)(?:\s(?:now|today|here|monthly))?[.!]?"),
    ("call to subscribe", r"Type your e-?mail(?:\.{2,}|…)"),
    ("call to subscribe", r"[^.!?]{2,80} is a reader-supported publication\.(?:\s.{0,160})?"),
    ("comment box", r"\d*\s?Restacks?"),
    ("mail program", r"{lines/mail_program}"),
    ("page tools", r"(?:【(?:{tools_zh}|大|中|小)】\s*){2,6}"),
    ("place of publication", r"发布于\s?[:：]\s?{han}{2,8}(?<![章文刊报后前])"),
    ("notice of the page", r"{lines/notice_of_the_page}"),
    ("contact line", r"{lines/contact_line}"),
    ("picture caption", r"{lines/picture_caption}"),
)  # fmt: skip

#: Words that are chrome only where chrome stands: before the text, after it, between its halves.
WEAK = _compile(
    ("call to subscribe", r"{weak/call_to_subscribe}"),
    ("call to subscribe", r"\d+ Likes?"),
    ("comment box", r"{weak/comment_box}"),
    ("tags", r"{weak/tags}"),
    ("share row", r"{weak/share_row}"),
    ("reader's buttons", r"{buttons_zh}|{buttons_en}|{weak/readers_buttons}"),
    ("reader's buttons", r"喜欢此内容的人还喜欢.*"),
    ("menu", r"{weak/menu}"),
    ("menu", r"(?=.*{section_words_zh})[^\s\-—。，,：:]{2,10}(?:\s?[-—]\s?{han}{2,4}){4,12}"),
    ("related articles", r"{weak/related_articles}"),
    ("advertisement", r"{weak/advertisement}"),
    ("site's address block", r"{address_labels}\s?[:：].{2,80}"),
    ("site's address block", r"\S+@\S+\.\w+"),
    ("site's address block", r"(?:https?://|www\.)\S+"),
    ("news agency", r"{weak/news_agency}"),
    ("reader's buttons", r"(?:人气|热度)\s?[:：]?\s?\d[\d,.]*"),
    ("reader's buttons", r"[?？\d]{1,8}\s?人气"),
    ("reader's buttons", r".{0,4}最多人(?:赞助|阅读|分享|点赞)(?:的)?文章"),
    ("share row", r"(?:请[^，。]{0,8}|[^，。]{2,4})喝(?:杯|一杯)咖啡[,，]"),
    ("call to follow", r"(?-i:Follow) us (?:for|on|to)\s[^.!?]{3,80}!?"),
    ("call to give", r"{weak/call_to_give}"),
    ("place of a picture", r"{weak/place_of_a_picture}"),
    ("breadcrumb", r"[^。！？，,>＞›»:：]{2,14}(?:\s*[>＞›»]\s*[^。！？>＞›»]{2,40}){2,6}"),
    ("end mark", r"{weak/end_mark}"),
    ("page number", r"\d{1,3}(?:\s?/\s?\d{1,3})?"),
    ("relative time", DAY_NEAR),
    ("cookie notice", r"{weak/cookie_notice}"),
    ("disclaimer", r"{weak/disclaimer}"),
    ("account of the page", r"{weak/account_of_the_page}"),
    ("call to follow", r"{weak/call_to_follow}"),
)  # fmt: skip

#: Sentences of the page that hold only as the first or the last words of all, or at such an edge.
ENDS = _compile(
    ("where it was first published", r"(?:This|The) {works_en} (?:was |is |has been )?(?:first |originally |previously )?(?:published|appeared|posted|printed|released)(?: here)? (?:by|in|on|at) (?-i:(?:the |The )?[\w’'&-]*[A-Z*_《“][^.!?;]{1,80})\.?"),
)  # fmt: skip

#: Notices told by their first words; the paragraph may be long.
PARAGRAPHS = _compile(
    ("disclaimer", r"[【\[(（*※\s]*{declaring}[】\])）*\s]*[:：]"),
    ("copyright", r"[【\[(（*※\s]*{declaring_rights}[】\])）*\s]*[:：]"),
    ("cookie notice", r"(?:Cookie (?:notice|policy)|Cookies? (?:声明|提示)|Cookie\s?通知)\s?[:：]"),
)  # fmt: skip
