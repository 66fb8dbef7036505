using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Proper names in Chinese that a film does not know. Nothing marks a name in Chinese, so only what can hardly be anything else
/// is taken for one: a transliteration with a middle dot, a surname before a title, what somebody is called or surnamed, and a
/// nickname (老, 小 or 阿 and a surname) that says or does something. Rather one missed than a sentence of the film refused.
/// </summary>
internal static partial class ChineseNames
{
    private const string Surname = "[王李张刘陈杨赵吴周徐孙朱胡郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹陆郝孔崔邱秦顾侯邵孟钱汤尹黎武乔贺赖龚文]";

    private const string Given = "[\u4E00-\u9FFF]";

    /// <summary>Names that are known neither to the film nor from what was told.</summary>
    public static IEnumerable<string> Unknown(string wording, Predicate<string> isKnown)
    {
        foreach (var shape in (Regex[])[Dotted(), Titled(), Called(), Surnamed(), Nicknamed()])
        {
            foreach (Match match in shape.Matches(wording))
            {
                var name = match.Groups["name"].Value;
                if (!isKnown(name)) yield return name;
            }
        }
    }

    [GeneratedRegex($@"(?<name>{Given}{{1,5}}[·•‧]{Given}{{1,6}}?)(?={Given}{{0,3}}(\P{{L}}|$|的|是|在|说|把|和))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dotted();

    [GeneratedRegex($@"(?<![一二三四五六七八九十百千两每几这那本上下对老文语数英课作译武大小])(?<name>{Surname}(先生|女士|小姐|太太|老师|医生|警官|队长|经理|师傅|教授|主任|局长|局座|所长|站长|老板|科长|处长|护士))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Titled();

    [GeneratedRegex($@"(名叫|名字叫|叫做|[我他她你]叫|[我他她你]的名字是)(?<name>{Surname}{Given}{{1,2}})(?=[，。！？、；…”]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Called();

    [GeneratedRegex($@"(?<!百)(?<name>姓{Surname})(?=[，。！？、；…”]|的|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Surnamed();

    [GeneratedRegex(@"(?<=^|[，。！？、；：…“”—\s])(?<name>[老小阿][王李张刘陈杨赵吴徐孙胡郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛潘杜戴汪姜谭廖邹郝孔崔邱秦侯邵孟汤尹黎乔贺赖龚])(?=[，。！？：…]|说|问|喊|道|笑|点头|摇头|叹|把|从|走|站|坐|拿|看|没)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nicknamed();
}
