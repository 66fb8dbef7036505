using System.CommandLine;

namespace Orleans.Story.Gateway.Retelling;

/// <summary>The command line of <c>retell</c>.</summary>
internal static class RetellCommand
{
    /// <summary>The command.</summary>
    /// <param name="model">The option that names a model server.</param>
    /// <param name="modelName">The option that names its model.</param>
    public static Command Make(Option<string?> model, Option<string?> modelName)
    {
        var record = new Argument<string>("record") { Description = "A show's story.jsonl, or the id of a session in the data folder." };
        var data = new Option<string>("--data") { Description = "Data folder that a session is looked for in; no hall may be open on it.", DefaultValueFactory = _ => "./data" };
        var film = new Option<string?>("--film") { Description = "Folder of the film; otherwise the edition on the record." };
        var writer = new Option<string>("--writer") { Description = "Who tells it again: storylet, or the name of a model in the settings.", DefaultValueFactory = _ => "storylet" };
        var file = new Option<string>("--out") { Description = "Where it goes: a page (.html), text (.md) or data (.jsonl).", DefaultValueFactory = _ => "retold.html" };
        var seconds = new Option<int>("--seconds") { Description = "How long a beat may take. (1-3600)", DefaultValueFactory = _ => 90 };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given is < 1 or > 3600) result.AddError("--seconds must be between 1 and 3600.");
        });
        var language = new Option<string>("--language") { Description = "Language of what is printed and said about it: en or zh.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var command = new Command("retell", "Tell a recorded show again with another writer, side by side: the same plans, the same choices.")
        {
            record, data, film, writer, model, modelName, file, seconds, language,
        };
        command.SetAction((parsed, stop) => RetellRun.Run(
            new RetellOptions(
                parsed.GetValue(record)!, parsed.GetValue(data)!, parsed.GetValue(film), parsed.GetValue(writer)!, parsed.GetValue(model), parsed.GetValue(modelName), parsed.GetValue(file)!, parsed.GetValue(seconds), parsed.GetValue(language)!),
            parsed.InvocationConfiguration.Output, stop));
        return command;
    }
}
