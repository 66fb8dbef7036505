using System.Text.RegularExpressions;

namespace Orleans.Story.Rules.Safety;

/// <summary>What a model says about its work instead of doing it, and what it was told: role tokens, formats, refusals, assurances.</summary>
internal static partial class Leaks
{
    /// <summary>The piece that leaked, or <see langword="null"/>.</summary>
    /// <param name="film">The film.</param>
    /// <param name="wording">What was written.</param>
    /// <param name="language">In which language.</param>
    /// <param name="ofShow">Whether it is about the show and not of the story: then it may speak of the audience.</param>
    public static string? In(FilmWords film, string wording, string language, bool ofShow = false)
    {
        foreach (var shape in (Regex[])[Tokens(), Markup(), Format(), English(), Chinese()])
        {
            if (shape.Match(wording) is { Success: true } match) return match.Value.Trim();
        }

        if (!ofShow && Hall().Match(wording) is { Success: true } hall) return hall.Value.Trim();

        if (film.RecitesVoice(wording, language)) return wording;
        var colon = wording.AsSpan().IndexOfAny(':', '：');
        return colon > 0 && film.Speakers.FirstOrDefault(name => wording.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) is { } speaker ? speaker + wording[colon] : null;
    }

    /// <summary>What belongs to a chat's frame.</summary>
    [GeneratedRegex(@"<\|[^|>]{0,40}\|?>|<｜[^>]{0,40}>|\[/?INST\]|<</?SYS>>|</?(s|think|thinking|reasoning|system|assistant|user|tool_call|answer|output|response|instructions?)>|<(start|end)_of_turn>|^\s*(system|assistant|user|human|ai|narrator|narration|旁白|系统|用户|助手)\s*[:：]", Options, 1000)]
    public static partial Regex Tokens();

    [GeneratedRegex(@"```|^\s*#{1,6}\s|\*\*[^*]+\*\*|^\s*[*•]\s|[{}]|[\[{]\s*""[^""]{1,40}""\s*:|""\s*:\s*[""\[{]|</?[a-z][a-z0-9]*(\s[^>]*)?/?>|&(lt|gt|amp|quot|nbsp);", Options, 1000)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[|｜]|\[(if|sets|opens|pays|place|cast|tension|function)\b|\b(sets|opens|pays|tension|function|json|word count|speaker|options?)\s*[:=：]|\boption\s+[a-d1-4]\s*[:：]|^\s*(note|translation|scene|beat|title|question|choices?)\s*\d*\s*[:：]|^\s*(注|译文|翻译|字数|选项|场景|标题|问题|提示)\s*[一二三四1-4a-d]?\s*[:：]", Options, 1000)]
    private static partial Regex Format();

    [GeneratedRegex(
        @"\bas an? (ai|artificial intelligence|language model|large language|assistant)\b|\b(i am|i'm|i’m) (only |just )?an? (ai|language model|large language model|ai assistant)\b|\blanguage model\b|\b(chatgpt|openai|anthropic|deepseek|qwen|llama[- ]?\d)\b|"
        + @"\b(i|we) (can't|can’t|cannot|am unable to|won't|can not) (assist with|help with (that|this) request|comply|fulfil|fulfill|generate|provide|continue (this|the) (story|conversation|scene)|create (that|this|such) content)\b|"
        + @"\bhere(’s|'s| is| are) (the|your|a|an|some) (requested |revised |next |new |rewritten |short )*(json|scene|beat|script|continuation|dialogue|rewrite|version|output|response|lines|options|translation)\b|^\s*(sure|certainly|of course|absolutely)[!,.]? (here|i can|i will|i'd be)|"
        + @"\blet me know if (you|this)\b|\b(system|user|the|this|your|my|above) prompt\b|\bprompt injection\b|\b(previous|above|prior|system) instructions\b|\bas (per|instructed|requested)( your| the)? ?(instructions|above)?\b(?=.*\b(scene|beat|story|line)\b)|"
        + @"\b(end of|in this|for the next|this) (beat|storylet)\b|\bknowledge cut-?off\b|\bcontent (policy|guidelines)\b|\btarget tension\b|\bmax(imum)? tokens?\b",
        Options, 1000)]
    private static partial Regex English();

    [GeneratedRegex(
        @"作为(一个|一名|一款|您的|你的)?\s*(ai|人工智能|语言模型|大模型|智能助手|虚拟助手|聊天机器人)|我(只)?是(一个|一名|一款)?\s*(ai|人工智能|语言模型|大模型)(助手|程序|模型)?|(大)?语言模型|通义千问|文心一言|深度求索|"
        + @"(以下|下面)(是|为)[^，。]{0,14}(json|内容|剧本|续写|对白|台词|场景|翻译|输出|版本|结果|示例|选项|段落)|^好的[，,！!]?\s*(以下|下面|我将|我会为|这是为)|(系统|用户)?提示词|系统(提示|指令|消息)|(之前|以上|上述|前面)的?(指令|提示|设定|要求)|"
        + @"(无法|不能|不便)(提供|满足|协助|生成|回答|继续)(该|此|这类|这样|您|你的请求|相关|有关)|根据(您|你|用户|系统|设定|大纲)的?(要求|指示|设定|提示|指令)|(如需|如果需要|若需)[^，。]{0,10}(修改|调整|帮助|继续)|请(告诉|告知)我(是否|需要)|"
        + @"本(段|拍|幕)(任务|目标|要求|字数|结束|到此)|(全文|本场|本段)完$|目标(张力|紧张度)|输出格式|严格按照",
        Options, 1000)]
    private static partial Regex Chinese();

    /// <summary>Nobody in a story knows of the hall that it is told to.</summary>
    [GeneratedRegex(@"\b(the|your) audience (has )?(voted|chose|chosen|selected|wants)\b|观众(投票|选择)了", Options, 1000)]
    private static partial Regex Hall();

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
