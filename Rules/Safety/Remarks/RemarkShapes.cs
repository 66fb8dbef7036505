using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Shapes of remarks that are no remarks: code, links, orders to a model, threats, advertisements. They err on the side of the
/// viewer: "ignore the storm", "act as the captain" and "the next scene must be on the bridge" are said to the story.
/// </summary>
internal static partial class RemarkShapes
{
    /// <summary>Markup, programs, formats, a chat's frame, and what is encoded.</summary>
    public static bool IsCode(string words, string folded)
    {
        if (Leaks.Tokens().IsMatch(folded) || Code().IsMatch(folded) || Frames().IsMatch(folded)) return true;
        foreach (Match match in Blob().Matches(words))
        {
            var blob = match.Value;
            if (blob.Any(char.IsAsciiLetterLower) && blob.Any(char.IsAsciiLetterUpper) && (blob.Count(char.IsAsciiDigit) > 1 || blob.EndsWith('='))) return true;
            if (blob.Length >= 32 && blob.All(char.IsAsciiHexDigit) && blob.Any(char.IsAsciiDigit)) return true;
        }

        return false;
    }

    /// <summary>What is said to a model and not to the story.</summary>
    public static bool IsInstruction(string folded) => EnglishOrders().IsMatch(folded) || ChineseOrders().IsMatch(folded);

    /// <summary>A threat to the people in the hall, or somebody who is in danger from themselves.</summary>
    public static bool IsHarm(string folded) => EnglishHarm().IsMatch(folded) || ChineseHarm().IsMatch(folded);

    [GeneratedRegex(
        @"</|<!|<\?|<%|%>|<\s*(script|img|iframe|svg|b|i|u|a|div|style|body|html|marquee|object|embed|h[1-6]|input|form|meta|link|p|br|span|video|audio|button|textarea)\b|\bon[a-z]{3,12}\s*=|javascript\s*:|data\s*:\s*text|vbscript\s*:|&(lt|gt|amp|quot|nbsp);|&#x?[0-9a-f]+;|%3c|%3e|"
        + @"[{}]|\$\(|```|\\[ux][0-9a-f]{2}|\\n|[\[{]\s*[""'][^""']{1,40}[""']\s*:|[""'””]\s*[,:]\s*[""'][a-z_]+[""']\s*:|"
        + @"['"";)]\s*(or|and)\s+['""]?[\w]+['""]?\s*=\s*['""]?[\w]*|\b(drop|truncate|alter)\s+table\b|\bunion\s+(all\s+)?select\b|\bselect\s+(\*|[\w, ]+)\s+from\s+\w+|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\bdelete\s+from\s+\w+\s*(;|where)|;\s*--|'\s*--|\bxp_cmdshell\b|"
        + @"\brm\s+-rf?\b|&&\s*(curl|wget|cat|rm)|/etc/passwd|\.\./|\bsudo\s|\b(system|eval|exec|alert|import|require|fetch)\s*\(|\bconsole\.log\b|\bprint\s*\(",
        Options, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"\b(system|assistant|developer|human|user)\s*[:：]|(系统|助手|用户|管理员|开发者)(消息|指令|提示|通知)?\s*[:：]|[\[【(（<]\s*/?\s*(system|assistant|user|developer|inst|end|系统|指令|提示|管理员)[^\]】)）>]{0,16}[\]】)）>]|#{2,}|\*\*[^*]+\*\*|-{4,}|={4,}|~{4,}|""""""|"
        + @"(?<=\S)\s*[|｜]\s*(?=\S)|^\s*(to|note|json|yaml|xml)\s*:\s|\bend of (prompt|user|input|quote|message|remark)s?\b|^\s*(label|sets|opens|pays|options?)\s*[:：=]|\b(sets|opens|pays)\s*[:：=]|\[if\b",
        Options, 1000)]
    private static partial Regex Frames();

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{20,}={0,2}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blob();

    [GeneratedRegex(
        @"https?\b\s*[:：]|hxxps?|\bwww\s*[.。]|://|\b[a-z0-9][a-z0-9-]{1,}\s*(\.|。|\(dot\)|\[dot\]|\bdot\b|点)\s*(com|net|org|cn|io|cc|xyz|info|vip|shop|club|site|online|top/|link/|ru/|me/|tv/|gg/|ly/|co/|app/|dev/)(?![a-z])|\b(t\.me|bit\.ly|goo\.gl|discord\.gg|tinyurl)\b|\b\d{1,3}(\.\d{1,3}){3}\b|magnet\s*:|网址[:：]|链接[:：]",
        Options, 1000)]
    public static partial Regex Link();

    [GeneratedRegex(
        @"\b(ignore|disregard|forget|override|bypass|discard|drop)\b.{0,24}\b(previous|prior|above|earlier|all|your|any|system|preceding)\b.{0,16}\b(instructions?|prompts?|rules|guidelines|directions|orders|context|messages?|programming|training|constraints|restrictions)\b|\b(ignore|disregard|forget) (everything|all|anything) (above|before this|said before|you were told|that came before)|"
        + @"\b(system|hidden|initial|original|developer|secret) (prompts?|instructions?|message)\b|\b(your|the) (prompt|instructions)\b|\bprompt(s)? (injection|leak)|\b(you are|you're|ur|u r) (now |no longer )?(bound|an? |the )?\s*(ai\b|dan\b|assistant|chatbot|language model|gpt|llm|jailbroken|unrestricted|unfiltered|uncensored|in (developer|debug|god|dan))|"
        + @"\b(act|behave|respond|answer|speak|roleplay|role-play) (as|like) (if you (were|are|had) )?(an? |the |my |no )?(ai\b|dan\b|assistant|admin|administrator|root|developer|linux|terminal|unrestricted|jailbroken|hacker|chatbot|gpt|evil|no rules|rules|dead grand|late grand)|\bpretend (you are|to be|you're|that you|you have) (an? |the |my |no )?(ai\b|dan\b|unrestricted|dead|late|grandma|grandmother|assistant|developer|hacker|admin|rules|restrictions|filters?)|"
        + @"\b(dan|developer|god|debug|jailbreak|sudo|admin|maintenance|unrestricted) mode\b|\bjail ?break|\bdo anything now\b|\b(dear|hey|hi|hello|attention|note to|message (to|for)|instructions? (to|for)|listen,?) (the )?(ai|model|llm|gpt|chatgpt|claude|gemini|bot|language model)\b|"
        + @"\b(new|updated|override|final|additional|secret|real) (instructions?|directives?|orders|system message|task|prompt)\s*[:：-]|\b(respond|reply|answer|write|output|print|say|encode|return)\b.{0,24}\b(in|as|with) (json|base64|rot13|hex|code|markdown|html|xml|yaml|binary|morse)\b|"
        + @"\bfrom now on\b.{0,12}\b(you (will|must|are to|shall|only) (answer|respond|ignore|write|speak|output|obey|say)|respond|answer|output|write|every (line|beat|answer|response|sentence|option)|all (lines|options|answers))|\b(must|should|shall|has to|always) (say|contain|include|begin with|start with|end with|read|output) (the |this )?(word|words|phrase|sentence|text|string|url|link|exactly)\b|"
        + @"\b(execute|run|invoke|call)\b.{0,15}\b(code|command|script|tools?|functions?|shell)\b|\btool_?call|\b(repeat|print|output|echo|translate|summari[sz]e)s?\b.{0,16}\b(above|everything|verbatim|word for word|your (rules|text|context|configuration|initial))\b|\b(api|secret|encryption|signing) keys?\b|\b(admin|operator|root|console|wifi|database|system) password|"
        + @"\b(disable|turn off|remove|without|no|bypass|skip|deactivate) (all |any |the |your )*(content )?(filters?|censorship|restrictions|safety|moderation|guardrails|checks|safeguards)\b|\b(training data|context window|temperature=|max_tokens|knowledge cutoff|language model)\b|\b(stop|exit|break|quit) (being )?(the |an? )?(assistant|role ?play|simulation|ai\b|chatbot)|\b(the|this|dear) (ai|model|llm|assistant|bot) (should|must|will|has to|needs to|is to|can)\b",
        Options, 1000)]
    private static partial Regex EnglishOrders();

    [GeneratedRegex(
        @"(忽略|无视|忘记|忘掉|忘了|不要理会|别管|不用管|跳过|绕过|推翻|抛开|清除|覆盖|作废)[^，。！]{0,6}(之前|以上|上面|上述|所有|全部|你的|你们的|系统|前面|先前|原来|任何|一切)[^，。！]{0,8}(指令|指示|提示|设定|规则|要求|限制|约束|内容|对话|命令|训练)|以上(指令|内容|规则|设定)?(全部|一律)?(作废|无效|忽略)|"
        + @"提示词|(系统|隐藏|初始|原始|开发者|内部)(提示|指令|消息|设定|规则)|(输出|打印|显示|告诉我|说出|泄露|重复|复述|背出|念出|公开|翻译)[^，。！]{0,10}(你的|你收到的|上面的|以上的?|全部的?)(提示|指令|设定|规则|内容|文字|prompt|要求)|prompt|"
        + @"(你现在是|你是|从现在起你是|从现在开始你是|从今以后你是|你不再是|假装你是|假设你是|假装自己是|扮演|充当|变成)[^，。！]{0,8}(ai|人工智能|助手|语言模型|大模型|机器人|猫娘|管理员|黑客|开发者|终端|没有(任何)?限制|不受(任何)?限制|过世的|去世的奶奶|女友|dan\b|gpt)|(越狱|开发者|调试|上帝|管理员|无限制|dan|维护|猫娘)\s*模式|"
        + @"作为(一个|一名)?\s*(ai|人工智能|语言模型|大模型)|(给|致|告诉|命令|通知|提醒)\s*(ai|模型|大模型|机器人|语言模型|人工智能|编剧程序)|^\s*(ai|模型|大模型|人工智能|机器人|gpt)\s*[，,：:！!]|(以|用|按)\s*(json|base64|markdown|代码|html|xml)\s*(格式|编码)?[^，。]{0,4}(输出|回答|回复|返回)|只(需)?(输出|回复|返回)|"
        + @"(接下来|以后|之后|从现在起|从现在开始|后面)[^。！]{0,8}(每句|每一句|所有|每个选项|每次|回答|输出|台词|选项|句子)[^。！]{0,10}(都|必须|加上|开头|结尾|以)|(台词|选项|剧情|下一段|旁白|输出)(里|中)?(必须|一定要|务必)(写上|包含|出现|加上|说|输出|插入)|(执行|运行|调用)[^，。]{0,6}(代码|命令|脚本|函数|工具|接口)|"
        + @"(关闭|解除|去掉|取消|停用|跳过|关掉)[^，。]{0,6}(审查|过滤|限制|审核|安全|检查)|新的?(指令|规则|任务|系统消息|命令)\s*[：:]|(管理员|后台|控制台|数据库|系统|操作员)的?密码|密钥|语言模型|大模型",
        Options, 1000)]
    private static partial Regex ChineseOrders();

    [GeneratedRegex(
        @"\b(i|we)( ?'ll| ?’ll| will| am going to| ?'m gonna| ?’m gonna| ?'m going to| ?’m going to| gonna| are going to| wanna| want to) (kill|shoot|stab|bomb|burn|hurt|murder|attack|blow up|beat|strangle) (you\b|u\b|everyone|everybody|all|the (hall|cinema|staff|audience|operator|director|theatre|theater)|this (place|cinema|hall)|people|somebody here)|\b(bomb|gun|shooter|explosives?|knife|grenade)\b.{0,25}\b(in|under|inside|behind) (this|the|my|your|row|a) ?(hall|cinema|theatre|theater|room|building|seats?|row|bag|audience|auditorium|\d)|"
        + @"\b(i|we)( ?'ve| ?’ve| have| brought)( got)? (a|the|my) (bomb|gun|knife|grenade|rifle)\b|\bfire in (the|this) (cinema|hall|theatre|theater)|\bi know where (you|he|she|they) (live|lives|sit|sits|park|parks)|\b(wait|waiting|find|get|see|follow) (for )?you (outside|after the (show|film)|in the car ?park|home)|\b(watch your back|you(’|')?re dead|you are dead) (after|outside|when)|"
        + @"\bi (really |just )?(want|am going|plan|intend|wish|wanna|need) (to )?(die|end it|disappear forever|hurt myself|be dead)\b|\bi ?(['’]?m| am) (going to|gonna) (end it|die tonight|hurt myself)|\b(don['’]?t|do not) want to (live|be alive) (any ?more|any longer)?|\b(cutting|hurting|harming|hurt|harm|killing|kill|cut) (myself|yourself|urself)\b|\bsuicid|\bself.?harm|\bend my life\b|\bnobody would miss me\b|\bbetter off dead\b|\bswallow(ed|ing)? .{0,12}pills\b",
        Options, 1000)]
    private static partial Regex EnglishHarm();

    [GeneratedRegex(
        @"(杀|弄死|砍|捅|炸|烧|打死|干掉)(了|死|光|掉)?(你们|你全家|全场|这里的?人|在场|在座|工作人员|这个?影院|电影院|影厅|观众)|我(要|会|去|来)?(杀了|弄死|砍死|捅死|打死|炸死|炸了)(你|他们|这)|(影院|影厅|电影院|厅里|座位下面?|现场|场内|放映厅)[^，。]{0,6}(有|放了|藏了|埋了)?[^，。]{0,2}(炸弹|枪|着火|起火|失火|刀)|我(身上)?(带|有|揣)了?(着|一)?[^，。]{0,2}(炸弹|枪|刀|汽油|雷管)|"
        + @"我知道你(住|坐|家|在哪)|(散场|出去|外面|门口|停车场)[^，。]{0,6}(等着你|堵你|打你|弄你|揍你|砍你|收拾你)|(想|要|打算|准备)(轻生|寻死|结束生命|结束自己|自尽|自残|跳下去死)|不想活|活不下去|活着没(有)?(意思|意义)|(我|好|真的|只)想死(?![你我])|想去死|自杀|自残|割腕|遗书(已经|我)|吞了[^，。]{0,4}(药|安眠)|(你|他|她)(怎么|为什么)(还)?不去?死",
        Options, 1000)]
    private static partial Regex ChineseHarm();

    [GeneratedRegex(
        @"加我?个?(微信|v信|威信|薇信|vx|wx|qq|扣扣|好友|群)|(代写|代考|办证|刷单|兼职日结|日入\d|日赚|月入过万|免费领|扫码(领|进|加)|点击链接|优惠券|低价出售|返利|博彩|彩票群|无抵押|套现|信用卡提额|代开发票|开发票|刷粉|涨粉|私聊我|私信我|包邮|上门服务|加盟|中奖了?请)|"
        + @"\b(buy now|click (here|below|the link)|free (bitcoin|crypto|money|followers|iphone|gift ?cards?|nft)|earn \$?\d+|make money|limited (time )?offer|subscribe to my|follow me|check out my|promo code|discount code|online casino|crypto giveaway|dm me|text me|call me at|work from home|viagra|cialis|cheap (pills|watches|meds)|% off|bitcoin)",
        Options, 1000)]
    public static partial Regex Advert();

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
