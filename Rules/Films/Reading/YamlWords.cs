using System.Collections.Immutable;

namespace Orleans.Story.Rules.Films.Reading;

/// <summary>Why YAML cannot be read, in Chinese: what the parser says in English, as far as writers meet it.</summary>
internal static class YamlWords
{
    public const string Lost = "a value is missing or out of place";

    public const string TooDeep = "nested too deeply";

    public const string TooShort = "the file ends too early";

    private static readonly ImmutableDictionary<string, string> Known = new Dictionary<string, string>
    {
        [Lost] = "缺了一个值，或者值的位置不对",
        [TooDeep] = "嵌套太深",
        [TooShort] = "文件提前结束",
        ["Block sequence entries are not allowed in this context"] = "这里不能写列表项",
        ["Mapping keys are not allowed in this context"] = "这里不能写键",
        ["Mapping values are not allowed in this context"] = "这里不能写“键: 值”",
        ["While parsing a block collection, did not find expected '-' indicator"] = "列表里缺少开头的“-”",
        ["While parsing a block mapping, did not find expected key"] = "这里应当是一个键",
        ["While parsing a flow mapping, did not find expected ',' or '}'"] = "花括号里缺少“,”或“}”",
        ["While parsing a flow mapping,  did not find expected ',' or '}'"] = "花括号里缺少“,”或“}”",
        ["While parsing a flow sequence, did not find expected ',' or ']'"] = "方括号里缺少“,”或“]”",
        ["While parsing a node, did not find expected node content"] = "这里应当是一个值",
        ["While scanning a multi-line double-quoted scalar, found wrong indentation"] = "引号里的文字换行后缩进不对",
        ["While scanning a multiline plain scalar, found invalid mapping"] = "没加引号的文字里有冒号",
        ["While scanning a plain scalar value, found invalid mapping"] = "没加引号的文字里有冒号",
        ["While scanning a quoted scalar, found unexpected end of stream"] = "引号没有合上",
        ["While scanning a quoted scalar, found unknown escape character"] = "引号里有不认识的转义字符",
        ["While scanning a simple key, could not find expected ':'"] = "键后面缺少冒号",
        ["While scanning for the next token, found character that cannot start any token"] = "这个字符不能放在开头",
        ["While scanning an anchor or alias, found value containing disallowed: []{},"] = "锚点或别名里有不允许的字符 []{},",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The reason in Chinese; one that is not known is quoted as the parser's own words.</summary>
    public static string Chinese(string english) => Known.GetValueOrDefault(english) ?? $"解析器原文：{english}";
}
