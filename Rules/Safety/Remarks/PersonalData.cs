using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Safety;

/// <summary>Finds what leads to a person: numbers to call, papers, plates, accounts, addresses.</summary>
internal static partial class PersonalData
{
    /// <summary>Fewer figures are a date, a sum or a laugh.</summary>
    private const int FewestFigures = 8;

    /// <summary>Whether there is any in a folded text.</summary>
    public static bool In(string folded)
    {
        if (Email().IsMatch(folded) || Account().IsMatch(folded) || Address().IsMatch(folded) || ChineseMobile().IsMatch(folded)) return true;
        foreach (Match match in Figures().Matches(folded))
        {
            if (IsNumber(match.Value)) return true;
        }

        return false;
    }

    /// <summary>A countdown, a laugh (233333333) and a span of years are no numbers to call.</summary>
    private static bool IsNumber(string run)
    {
        var figures = string.Concat(run.Where(char.IsAsciiDigit));
        if (figures.Length < FewestFigures || figures.Distinct().Count() <= 2 || Years().IsMatch(run)) return false;
        var groups = run.Split([' ', '-', '.', '/', ',', '(', ')', '+', '*', '_'], StringSplitOptions.RemoveEmptyEntries);
        if (groups.Length < 5 || groups.Any(group => group.Length > 2)) return true;
        var numbers = groups.Select(group => int.Parse(group, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return !numbers.Zip(numbers.Skip(1)).All(pair => Math.Abs(pair.First - pair.Second) == 1);
    }

    [GeneratedRegex(@"\d([\d \-./()+*_,]{0,2}\d){6,24}", Options, 1000)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\A\d{4}\s*[-/]\s*\d{4}\z", Options, 1000)]
    private static partial Regex Years();

    [GeneratedRegex(@"[a-z0-9._%+-]{2,}\s*(@|\(at\)|\[at\]|\bat\b|艾特)\s*[a-z0-9-]{2,}\s*(\.|\(dot\)|\[dot\]|\bdot\b|点)\s*(com|net|org|cn|edu|io|co|uk|de|gov)\b|(邮箱|e-?mail)[^。]{0,6}\b[a-z0-9._-]{3,}@", Options, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(
        @"(微信|威信|薇信|维信|徽信|v信|wechat|weixin|\bwx|\bvx|\bqq|扣扣|企鹅|telegram|whatsapp|snapchat|instagram|\bkik\b|抖音|快手|小红书)\s*(号|id|群)?\s*[:：=是叫]?\s*(is\s+)?@?(?=[a-z0-9_.-]*[0-9_])[a-z0-9_.-]{4,}|"
        + @"(微信|威信|薇信|维信|v信|wechat|weixin|telegram|whatsapp|snapchat|instagram|抖音|小红书)\s*(号|id|群)?\s*[:：=]\s*[a-z0-9_.-]{4,}|(^|\s)@[a-z0-9_]{4,}|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·\s-]?[a-z0-9]{5,6}(?![a-z0-9])|"
        + @"\b(passport|ssn|social security|card number|iban)\b\D{0,12}\d|(身份证|护照|银行卡|卡号|社保号)[^。]{0,6}\d{4}",
        Options, 1000)]
    private static partial Regex Account();

    [GeneratedRegex(@"(路|街|巷|大道|胡同|弄)\s*\d+\s*号|\d+\s*(号楼|栋|幢|单元)|(小区|花园|公寓)\s*[a-z]?\d+|\b\d{1,5}[a-z]?\s+([a-z]+\s+){1,2}(street|road|avenue|ave|lane|drive|boulevard|blvd|terrace)\b|\b(lives|live|living) at \d|(家住|住在)[^，。]{0,12}(小区|号楼|单元|栋|路\d|街\d)", Options, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"[一幺1][三四五六七八九3-9]([零〇一二两三四五六七八九幺洞拐0-9][ -]?){9}(?![零〇一二三四五六七八九幺0-9])", Options, 1000)]
    private static partial Regex ChineseMobile();

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
