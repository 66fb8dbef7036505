using System.Collections.Immutable;

namespace Orleans.Story.Tests.Conformance.Grains;

/// <summary>What the product sends: an immutable record with numbered members.</summary>
[GenerateSerializer, Immutable, Alias("test.Note")]
public sealed record Note(
    [property: Id(0)] string Text,
    [property: Id(1)] ImmutableArray<int> Numbers,
    [property: Id(2)] Guid? Id,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] Mood Mood,
    [property: Id(5)] ImmutableDictionary<string, Point> Places);

[GenerateSerializer, Immutable, Alias("test.Point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] int Y);

/// <summary>An enum needs no attribute.</summary>
public enum Mood
{
    None,
    Glad,
}

/// <summary>A message that is not marked immutable is copied on its way.</summary>
[GenerateSerializer, Alias("test.Basket")]
public sealed class Basket
{
    [Id(0)]
    public List<string> Things { get; set; } = [];
}

/// <summary>Messages of a family; a member of the base type holds any of them.</summary>
[GenerateSerializer, Immutable, Alias("test.Shape")]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer, Immutable, Alias("test.Circle")]
public sealed record Circle(string Name, [property: Id(0)] int Radius) : Shape(Name);

[GenerateSerializer, Immutable, Alias("test.Drawing")]
public sealed record Drawing([property: Id(0)] ImmutableArray<Shape> Shapes);

/// <summary>No attribute: it cannot travel.</summary>
public sealed record Stowaway(string Name);

[GenerateSerializer, Alias("test.KnownException")]
public sealed class KnownException(string message) : Exception(message);

/// <summary>No attribute: it cannot travel as itself.</summary>
public sealed class UnknownException(string message) : Exception(message);
