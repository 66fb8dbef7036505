using System.Collections.Immutable;
using Orleans.Story.Contracts;
using Orleans.Story.Rules.Voting;

namespace Orleans.Story.Gateway.Api;

/// <summary>What was decided in a show and how, as it is published.</summary>
/// <param name="Session">The session.</param>
/// <param name="Title">The film's title.</param>
/// <param name="Rounds">By round.</param>
internal sealed record ShowRecord(SessionId Session, Text Title, ImmutableArray<PublishedRound> Rounds);
