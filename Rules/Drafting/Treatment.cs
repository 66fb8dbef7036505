using System.Collections.Immutable;

namespace Orleans.Story.Rules.Drafting;

/// <summary>A treatment or screenplay that was brought along, as a draft uses it.</summary>
/// <param name="Title">Its title, or <see langword="null"/>.</param>
/// <param name="Beats">Its scenes or paragraphs, in order.</param>
public sealed record Treatment(string? Title, ImmutableArray<TreatmentBeat> Beats)
{
    /// <summary>Longest text that is read, characters: a screenplay of three hours.</summary>
    public const int Longest = 400_000;

    /// <summary>Most beats that are read; what comes after is left out, and the draft says so.</summary>
    public const int MostBeats = 120;

    /// <summary>Everybody who speaks, in order of appearance.</summary>
    public ImmutableArray<string> Cast => [.. Beats.SelectMany(beat => beat.Lines).Select(line => line.Speaker).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Beats that were left out because there were more than <see cref="MostBeats"/>.</summary>
    public int LeftOut { get; init; }
}

/// <summary>A scene or paragraph.</summary>
/// <param name="Act">The section that it stands in, or <see langword="null"/>.</param>
/// <param name="Place">Where, as the scene heading says, or <see langword="null"/>.</param>
/// <param name="Moment">When, as the scene heading says, or <see langword="null"/>.</param>
/// <param name="Lines">What is seen and said.</param>
/// <param name="Notes">Synopses and notes; they are for writers and never told.</param>
public sealed record TreatmentBeat(string? Act, string? Place, string? Moment, ImmutableArray<TreatmentLine> Lines, ImmutableArray<string> Notes);

/// <summary>A line of a treatment.</summary>
/// <param name="Speaker">Who speaks, or <see langword="null"/> for what is seen.</param>
/// <param name="Words">The words, without parentheticals and emphasis.</param>
public sealed record TreatmentLine(string? Speaker, string Words);

/// <summary>Recognises and reads what was brought along.</summary>
public static class Treatments
{
    /// <summary>Reads Fountain where the name ends in <c>.fountain</c> or <c>.spmd</c>, or where the text has two scene headings; else a treatment.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Its file name, or <see langword="null"/>.</param>
    public static Treatment Read(string text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Treatment.Longest) text = text[..Treatment.Longest];
        var fountain = name is not null && (name.EndsWith(".fountain", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".spmd", StringComparison.OrdinalIgnoreCase));
        return fountain || FountainImport.Headings(text) >= 2 ? FountainImport.Read(text) : TreatmentImport.Read(text);
    }

    /// <summary>At most <see cref="Treatment.MostBeats"/>, and none without words.</summary>
    internal static Treatment Of(string? title, IEnumerable<TreatmentBeat> beats)
    {
        var told = beats.Where(beat => !beat.Lines.IsEmpty).ToImmutableArray();
        return new Treatment(title, [.. told.Take(Treatment.MostBeats)]) { LeftOut = Math.Max(0, told.Length - Treatment.MostBeats) };
    }
}
