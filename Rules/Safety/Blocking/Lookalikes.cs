using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Orleans.Story.Rules.Films.Reading;

namespace Orleans.Story.Rules.Safety;

/// <summary>
/// Writes words as a reader takes them in, for comparing and never for showing: what cannot be seen is gone, full-width, circled,
/// mathematical and accented letters are plain, Cyrillic and Greek letters that look Latin are Latin, and traditional characters of
/// the lists are simplified. The server runs without Unicode's tables, so this stands for NFKC (UAX #15) and confusables (UTS #39)
/// as far as lists of words need them.
/// </summary>
internal static class Lookalikes
{
    private static readonly FrozenDictionary<int, string> Table = Build();

    /// <summary>The words in lower case and plain letters; white space of every kind is one space.</summary>
    public static string Fold(string words)
    {
        var folded = new StringBuilder(words.Length);
        foreach (var letter in words.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(letter)) folded.Append(' ');
            else if (HiddenCharacters.IsHidden(letter) || IsMark(letter)) continue;
            else Append(folded, letter);
        }

        return folded.ToString();
    }

    /// <summary>A folded text with the figures and signs inside of words read as the letters that they stand for: <c>1gn0re</c>.</summary>
    public static string Spelled(string folded)
    {
        var spelled = folded.ToCharArray();
        foreach (var token in LatinTokens.Of(folded).Where(token => token.Text.Count(char.IsAsciiLetter) * 2 >= token.Text.Length))
        {
            for (var i = token.Start; i < token.End; i++)
            {
                spelled[i] = spelled[i] switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => spelled[i] };
            }
        }

        return new string(spelled);
    }

    /// <summary>Whether it is a character of Chinese, Japanese or Korean, whose words are not set apart by spaces.</summary>
    public static bool IsIdeograph(char letter) => letter >= 0x2E80 && char.IsLetter(letter);

    private static void Append(StringBuilder folded, Rune letter)
    {
        var value = letter.Value;
        if (value is >= 0xFF01 and <= 0xFF5E) folded.Append(char.ToLowerInvariant((char)(value - 0xFEE0)));
        else if (value is >= 0x1D400 and <= 0x1D6A3) folded.Append((char)('a' + ((value - 0x1D400) % 26)));
        else if (value is >= 0x1D7CE and <= 0x1D7FF) folded.Append((char)('0' + ((value - 0x1D7CE) % 10)));
        else if (value is >= 0x24B6 and <= 0x24E9) folded.Append((char)('a' + ((value - 0x24B6) % 26)));
        else if (value is >= 0x249C and <= 0x24B5) folded.Append((char)('a' + (value - 0x249C)));
        else if (value is >= 0x1F110 and <= 0x1F129) folded.Append((char)('a' + (value - 0x1F110)));
        else if (value is >= 0x1F130 and <= 0x1F149) folded.Append((char)('a' + (value - 0x1F130)));
        else if (value is >= 0x1F150 and <= 0x1F169) folded.Append((char)('a' + (value - 0x1F150)));
        else if (value is >= 0x1F170 and <= 0x1F189) folded.Append((char)('a' + (value - 0x1F170)));
        else if (value is >= 0x1F1E6 and <= 0x1F1FF) folded.Append((char)('a' + (value - 0x1F1E6)));
        else
        {
            var lower = Rune.ToLowerInvariant(letter);
            folded.Append(Table.TryGetValue(lower.Value, out var plain) ? plain : lower.ToString());
        }
    }

    private static bool IsMark(Rune letter) => Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static FrozenDictionary<int, string> Build()
    {
        var table = new Dictionary<int, string>();
        (string Plain, string Like)[] latin =
        [
            ("a", "àáâãäåāăąǎɑαаᴀª"), ("b", "ßʙвβьƀ"), ("c", "çćĉċčсᴄ¢"), ("d", "ďđᴅԁ"), ("e", "èéêëēĕėęěеёεᴇ€"), ("f", "ƒғꜰ"), ("g", "ĝğġģɡɢ"), ("h", "ĥħнʜһ"),
            ("i", "ìíîïĩīĭįıіїιɪ"), ("j", "ĵјᴊ"), ("k", "ķкκᴋ"), ("l", "ĺļľŀłʟӏ"), ("m", "мᴍ"), ("n", "ñńņňŉпᴎɴ"), ("o", "òóôõöøōŏőоοσᴏº"), ("p", "рρᴘ"), ("q", "ԛǫ"),
            ("r", "ŕŗřʀг"), ("s", "śŝşšșѕꜱ"), ("t", "ţťŧțтτᴛ"), ("u", "ùúûüũūŭůűųυµᴜцц"), ("v", "νѵᴠ"), ("w", "ŵωшԝᴡ"), ("x", "хχ×"), ("y", "ýÿŷуүʏ"), ("z", "źżžᴢ"),
            ("ae", "æ"), ("oe", "œ"), ("0", "⁰₀"), ("1", "¹₁"), ("2", "²₂"), ("3", "³₃"), ("4", "⁴₄"), ("5", "⁵₅"), ("6", "⁶₆"), ("7", "⁷₇"), ("8", "⁸₈"), ("9", "⁹₉"),
        ];
        foreach (var (plain, like) in latin)
        {
            foreach (var letter in like.EnumerateRunes()) table[letter.Value] = plain;
        }

        const string traditional = "媽罵幹雞鷄殺個這麼嗎傻腦殘廢無聲門裏裡賤貨騷蕩婦陰莖蕩亂倫輪姦強獸戀銅蘿兒齒黃視頻聊約炮龜頭鳥蛋滾豬賣國賊點開關殺爛臉幾歲給讓過還會說話為時鐘錢號碼電聯繫網址請輸統設顯員與從現後們優圖樣誰總結應該麥髒東爺孫親屍斬賭癮審詞條導級別規則執運動語變對實僅將據隱權離傷處邊槍彈藥園樓單證郵銀護訊訓練複復寫劇臺詢問當閉額團蘇劉陳楊張";
        const string simplified = "妈骂干鸡鸡杀个这么吗傻脑残废无声门里里贱货骚荡妇阴茎荡乱伦轮奸强兽恋铜萝儿齿黄视频聊约炮龟头鸟蛋滚猪卖国贼点开关杀烂脸几岁给让过还会说话为时钟钱号码电联系网址请输统设显员与从现后们优图样谁总结应该麦脏东爷孙亲尸斩赌瘾审词条导级别规则执运动语变对实仅将据隐权离伤处边枪弹药园楼单证邮银护讯训练复复写剧台询问当闭额团苏刘陈杨张";
        for (var i = 0; i < traditional.Length; i++)
        {
            if (traditional[i] != simplified[i]) table[traditional[i]] = simplified[i].ToString();
        }

        return table.ToFrozenDictionary();
    }
}
