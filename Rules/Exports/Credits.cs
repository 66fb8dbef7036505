using Orleans.Story.Contracts.Sessions;

namespace Orleans.Story.Rules.Exports;

/// <summary>Who wrote what, line by line: every record of a show says it by these rules.</summary>
public static class Credits
{
    /// <summary>Who wrote the lines that a director wrote; no director is named.</summary>
    public const string Director = "director";

    /// <summary>Who wrote a line: the beat's writer, unless a director put it there during the show.</summary>
    public static string Of(Beat beat, Line line) => line.ByDirector ? Director : beat.Writer;

    /// <summary>The checks that a first attempt failed, by name; empty where it passed or no model wrote.</summary>
    public static string[] Repairs(Writing? writing) =>
        writing?.Repaired?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
