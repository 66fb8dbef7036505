namespace Orleans.Story.Gateway.Retelling;

/// <summary>What <c>retell</c> was asked for.</summary>
/// <param name="Record">A <c>story.jsonl</c>, or the id of a session in <paramref name="Data"/>.</param>
/// <param name="Data">The data folder that a session is looked for in.</param>
/// <param name="Film">The film's folder, or <see langword="null"/> for the record's own edition.</param>
/// <param name="Writer"><c>storylet</c>, or the name of a model in the settings.</param>
/// <param name="Model">Address of a model server instead of the settings', or <see langword="null"/>.</param>
/// <param name="ModelName">The model's name there, or <see langword="null"/>.</param>
/// <param name="Out">Where it goes: <c>.html</c>, <c>.md</c> or <c>.jsonl</c>.</param>
/// <param name="Seconds">How long a beat may take, seconds.</param>
/// <param name="Language">Of what is printed and said about it.</param>
internal sealed record RetellOptions(string Record, string Data, string? Film, string Writer, string? Model, string? ModelName, string Out, int Seconds, string Language);
