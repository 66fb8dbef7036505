using System.CommandLine;
using Orleans.Story.Gateway.Films;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>The command line of <c>draft</c>.</summary>
internal static class DraftArguments
{
    /// <summary>The command with its three subcommands.</summary>
    public static Command Make(Option<string?> model, Option<string?> modelName)
    {
        var command = new Command("draft", "Draft a film from a premise, a treatment or a screenplay, part by part.");
        command.Subcommands.Add(New(model, modelName));
        command.Subcommands.Add(Review(model, modelName));
        command.Subcommands.Add(Advise());
        return command;
    }

    private static Command New(Option<string?> model, Option<string?> modelName)
    {
        var title = new Option<string?>("--title") { Description = "Title of the film." };
        var genre = new Option<string?>("--genre") { Description = "Genre: mystery, romance, science fiction, ghost story." };
        var premise = new Option<string?>("--premise") { Description = "About three sentences." };
        var from = new Option<string?>("--from") { Description = "A treatment (.txt, .md) or a screenplay (.fountain) to begin with." };
        var to = new Option<string?>("--out") { Description = "Folder to write; its name is the film's id. Otherwise drafts/ and the title." };
        var languages = new Option<string?>("--languages") { Description = "Languages, the original first: en, zh or en,zh. Otherwise the premise's own." };
        var seed = new Option<long>("--seed") { Description = "Another seed draws other people, places and wordings.", DefaultValueFactory = _ => 1 };
        var (yes, force, language) = (Yes(), Force(), Language());
        var command = new Command("new", "Draft a film; at a terminal each part is asked about, otherwise all is proposed.") { title, genre, premise, from, to, languages, seed, yes, force, language, model, modelName };
        command.SetAction((parsed, stop) => DraftCommand.New(
            new DraftWish
            {
                Title = parsed.GetValue(title), Genre = parsed.GetValue(genre), Premise = parsed.GetValue(premise), From = parsed.GetValue(from), Out = parsed.GetValue(to),
                Languages = parsed.GetValue(languages), Seed = parsed.GetValue(seed), Yes = parsed.GetValue(yes), Force = parsed.GetValue(force),
                Model = parsed.GetValue(model), ModelName = parsed.GetValue(modelName),
            },
            parsed.GetValue(language)!, Person(parsed.GetValue(yes)), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static Command Review(Option<string?> model, Option<string?> modelName)
    {
        var folder = Folder();
        var (yes, force, language) = (Yes(), Force(), Language());
        var command = new Command("review", "Go on with the parts of a draft that nobody has accepted.") { folder, yes, force, language, model, modelName };
        command.SetAction((parsed, stop) => DraftCommand.Review(
            parsed.GetValue(folder)!,
            new DraftWish { Yes = parsed.GetValue(yes), Force = parsed.GetValue(force), Model = parsed.GetValue(model), ModelName = parsed.GetValue(modelName) },
            parsed.GetValue(language)!, Person(parsed.GetValue(yes)), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static Command Advise()
    {
        var folder = Folder();
        var language = Language();
        var command = new Command("advise", "Tell a draft, or any film, to 200 simulated audiences and say what its writer should do.") { folder, language };
        command.SetAction((parsed, stop) => DraftCommand.Advise(parsed.GetValue(folder)!, parsed.GetValue(language)!, parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    /// <summary>Whoever can be asked.</summary>
    private static TextReader? Person(bool yes) => yes || Console.IsInputRedirected ? null : Console.In;

    private static Argument<string> Folder() => new("folder") { Description = "Folder of the draft." };

    private static Option<bool> Yes() => new("--yes") { Description = "Accept all that is proposed without asking." };

    private static Option<bool> Force() => new("--force") { Description = "Write over what is there." };

    private static Option<string> Language()
    {
        var language = new Option<string>("--language") { Description = "Language of what is printed: en or zh.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        return language;
    }
}
