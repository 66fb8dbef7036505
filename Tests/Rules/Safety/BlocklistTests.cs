using Orleans.Story.Rules.Safety;

namespace Orleans.Story.Tests.Rules.Safety;

/// <summary>Words are found through their disguises, and never inside an innocent one.</summary>
public sealed class BlocklistTests
{
    [Fact]
    public void Both_languages_have_a_list_of_their_own()
    {
        Blocklist.BuiltIn.Words.Length.ShouldBeInRange(400, 1000);
        Blocklist.BuiltIn.Words.Count(word => word.Word.Any(letter => letter > '\u4E00')).ShouldBeGreaterThan(150);
        Blocklist.BuiltIn.Words.Select(word => word.Rating).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["12", "15", "18", "PG", "allow", "never"]);
    }

    [Theory]
    [InlineData("Scunthorpe, Penistone, Essex, Sussex and Cockermouth")]
    [InlineData("An assassin passed the class with a cocktail, a bass and a cumin seed")]
    [InlineData("Shiitake, shitake, Dickens, Hitchcock, a titmouse and a peacock")]
    [InlineData("The heroine assembled an analysis of the document, then a therapist's grapes")]
    [InlineData("A chink of light. The cock crows. U.S. hit parade. Moby Dick")]
    [InlineData("It's hit me. Let's hit it. On the A55 at 5:45, hello shell, snigger, niggardly")]
    [InlineData("Bass, brass, glass, harass, embarrassed, Massachusetts, canal, psychoanalysis")]
    [InlineData("spick and span, raccoon, cocoon, tycoon, suspicious, Pakistan, Japan")]
    [InlineData("今日你好，若干你没见过的饼干你拿去")]
    [InlineData("大麻烦来了，我操心了一夜，操场上没人")]
    [InlineData("他妈妈的声音，我妈的碗，果真他妈妈来了")]
    [InlineData("他很傻。逼着我唱歌，画得逼真")]
    [InlineData("一支那么长的笔，其中出现了鸡和巴士")]
    [InlineData("我日日夜夜靠在墙上，有啥比得上这碗面")]
    public void An_innocent_sentence_is_allowed_at_G(string words) =>
        Blocklist.BuiltIn.In(words, "G").Select(word => word.Word).ShouldBeEmpty();

    [Theory]
    [InlineData("shit", "12")]
    [InlineData("SHIT", "12")]
    [InlineData("sh1t", "12")]
    [InlineData("s.h.i.t", "12")]
    [InlineData("s h i t", "12")]
    [InlineData("sh-it", "12")]
    [InlineData("shhhiiiittt", "12")]
    [InlineData("ｓｈｉｔ", "12")]
    [InlineData("s\u200Bh\u200Bit", "12")]
    [InlineData("\u0455hit", "12")]
    [InlineData("sh*t", "12")]
    [InlineData("shitty", "12")]
    [InlineData("fu ck", "15")]
    [InlineData("f\u0301uck", "15")]
    [InlineData("傻逼", "15")]
    [InlineData("傻 逼", "15")]
    [InlineData("傻*逼", "15")]
    [InlineData("傻\u200B逼", "15")]
    [InlineData("操 你 妈", "15")]
    [InlineData("操你媽", "15")]
    [InlineData("草泥马", "15")]
    [InlineData("卧槽", "12")]
    [InlineData("damn", "PG")]
    public void A_disguised_word_is_found_and_allowed_from_its_rating_on(string words, string rating)
    {
        var below = rating switch { "PG" => "G", "12" => "PG", _ => "12" };
        Blocklist.BuiltIn.In(words, below).ShouldNotBeEmpty();
        Blocklist.BuiltIn.In(words, rating).ShouldBeEmpty();
        Blocklist.BuiltIn.In(words, "PG13").ShouldNotBeEmpty("what is no rating allows nothing");
    }

    [Theory]
    [InlineData("kys")]
    [InlineData("k!ll y0urself")]
    [InlineData("n*gger")]
    [InlineData("child porn")]
    [InlineData("儿童色情")]
    [InlineData("你怎么不去死")]
    public void Some_words_are_said_at_no_rating(string words) => Blocklist.BuiltIn.In(words, "18").ShouldNotBeEmpty();

    [Fact]
    public void Chinese_abbreviations_count_where_Chinese_is_spoken()
    {
        Blocklist.BuiltIn.In("导演sb", "PG").ShouldNotBeEmpty();
        Blocklist.BuiltIn.In("sb", "PG").ShouldNotBeEmpty();
        Blocklist.BuiltIn.In("tell sb about it", "PG").ShouldBeEmpty();
    }

    [Fact]
    public void A_venue_adds_words_takes_words_out_and_rates_them_anew()
    {
        var venue = Blocklist.BuiltIn.With([new("popcorn", "never"), new("Shit*", "PG"), new("bloody", "allow"), new("票房", "18")]);
        venue.In("popcorn", "18").Select(word => word.Word).ShouldBe(["popcorn"]);
        venue.In("shitty", "PG").ShouldBeEmpty();
        venue.In("bloody", "G").ShouldBeEmpty();
        venue.In("票房不错", "15").ShouldNotBeEmpty();
        venue.In("票房不错", "18").ShouldBeEmpty();
        Blocklist.BuiltIn.In("popcorn", "G").ShouldBeEmpty("the built-in list is as it was");
    }

    [Fact]
    public void A_phrase_that_is_allowed_covers_a_word_in_it_and_nothing_beside_it()
    {
        var venue = Blocklist.Empty.With([new("fish", "never"), new("fish and chips", "allow")]);
        venue.In("fish and chips", "18").ShouldBeEmpty();
        venue.In("fish and chips and fish", "18").ShouldNotBeEmpty();
    }

    [Fact]
    public void Any_blocked_word_is_found_in_any_case_and_width_and_between_words()
    {
        var cases = Blocklist.BuiltIn.Words.Where(word => word.Rating != BlockedWord.Allow).ToArray();
        foreach (var word in cases)
        {
            var plain = word.Word.TrimEnd('*');
            var wide = string.Concat(plain.ToUpperInvariant().Select(letter => letter is > ' ' and < '\u007F' ? (char)(letter + 0xFEE0) : letter));
            Blocklist.BuiltIn.In(wide, "none", word.Language).ShouldNotBeEmpty(wide);
            Blocklist.BuiltIn.In($"好， {plain} ！", "none", word.Language).ShouldNotBeEmpty(plain);
        }
    }

    [Theory]
    [InlineData("popcorn | never", "popcorn", "never", null)]
    [InlineData("  Fish and chips|pg ", "Fish and chips", "PG", null)]
    [InlineData("票房｜ALLOW｜zh", "票房", "allow", "zh")]
    [InlineData("stem* | 15 | en-GB", "stem*", "15", "en-GB")]
    public void A_line_of_a_list_is_read(string line, string word, string rating, string? language) =>
        BlocklistFile.Read($"\uFEFF# ours\r\n\r\n{line}\r\n").Words.ShouldBe([new BlockedWord(word, rating, language)]);

    [Theory]
    [InlineData("popcorn", "Line 2: A line is: word | rating", "第 2 行：每行写成")]
    [InlineData("a|b|c|d", "Line 2: A line is: word | rating", "第 2 行：每行写成")]
    [InlineData("popcorn | PG13", "Line 2: There is no rating \"PG13\".", "第 2 行：没有“PG13”这个分级。")]
    [InlineData("x | never", "Line 2: A word has at least two letters", "第 2 行：词至少要有一个汉字或两个字母")]
    [InlineData(" | never", "Line 2: A word has at least two letters", "第 2 行：词至少要有一个汉字或两个字母")]
    [InlineData("po*p | never", "Line 2: A star stands at the end", "第 2 行：星号只能写在词尾")]
    [InlineData("pop | never | English", "Line 2: \"English\" is not a language tag.", "第 2 行：“English”不是语言标签。")]
    public void A_line_that_cannot_be_read_says_why_with_its_number(string line, string english, string chinese)
    {
        var problem = BlocklistFile.Read($"good | never\n{line}\n").Problems.ShouldHaveSingleItem();
        problem.In("en").ShouldStartWith(english);
        problem.In("zh").ShouldStartWith(chinese);
    }

    [Fact]
    public void A_list_is_bounded()
    {
        BlocklistFile.Read(string.Concat(Enumerable.Range(0, BlocklistFile.Most + 1).Select(n => $"word{n} | never\n"))).Problems.ShouldHaveSingleItem().Line.ShouldBe(BlocklistFile.Most + 1);
        BlocklistFile.Read(new string('字', BlocklistFile.Longest + 1) + " | never").Problems.ShouldHaveSingleItem();
        BlocklistFile.Read(string.Concat(Enumerable.Repeat("broken\n", 500))).Problems.Length.ShouldBe(20);
    }
}
