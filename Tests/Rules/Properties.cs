using FsCheck;
using FsCheck.Fluent;

namespace Orleans.Story.Tests.Rules;

/// <summary>A thousand cases of a property; a failure prints the smallest counter-example and its seed.</summary>
internal static class Properties
{
    public const int Cases = 1000;

    public static void Hold<T>(Gen<T> cases, Func<T, bool> property, int count = Cases) =>
        Prop.ForAll(Arb.From(cases), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true));

    /// <summary>Any 64-bit seed, uniformly.</summary>
    public static Gen<long> Seeds { get; } = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(pair => ((long)pair.Item1 << 32) ^ (uint)pair.Item2);
}
