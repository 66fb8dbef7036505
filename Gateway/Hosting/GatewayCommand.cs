using System.CommandLine;
using Orleans.Story.Gateway.Films;
using Orleans.Story.Gateway.Retelling;
using Orleans.Story.Silo.Hosting;

namespace Orleans.Story.Gateway.Hosting;

/// <summary>The command line.</summary>
internal static class GatewayCommand
{
    private static readonly Option<bool> Demo = new("--demo") { Description = "Run a whole show by itself, with a simulated hall." };
    private static readonly Option<int> Port = Number("--port", 5080, "TCP port to listen on.", 0, 65_535);
    private static readonly Option<string> Bind = new("--bind") { Description = "Address to listen on; * is all interfaces.", DefaultValueFactory = _ => "*" };
    private static readonly Option<string> Data = new("--data") { Description = "Folder that holds what must not be lost.", DefaultValueFactory = _ => "./data" };
    private static readonly Option<string?> Origin = new("--origin") { Description = "Address phones should use, if the printed one is wrong." };
    private static readonly Option<int> Seats = Number("--seats", 200, "Simulated viewers in the demo.", 1, 5_000);
    private static readonly Option<int> Minutes = Number("--minutes", 4, "Running time of the demo.", 1, 180);
    private static readonly Option<string?> Film = new("--film") { Description = "Film of the demo, for instance seventh-night; otherwise one that was written in the language it is told in." };
    private static readonly Option<string> Language = new("--language") { Description = "Language of what is printed and told: en or zh.", DefaultValueFactory = _ => "en" };
    private static readonly Option<string?> Model = new("--model") { Description = "A model server that writes the beats, for instance http://127.0.0.1:8080/v1; otherwise the film's storylets tell the show." };
    private static readonly Option<string?> ModelName = new("--model-name") { Description = "The model's name as that server knows it, if it has several." };
    private static readonly Option<bool> Reset = new("--reset-password") { Description = "Give the operator a new password and print it." };

    /// <summary>Reads the arguments and runs the gateway; answers the exit code.</summary>
    /// <param name="args">What was typed.</param>
    /// <param name="to">Where help, refusals of arguments, the report of <c>check</c> and what keeps a film from its rehearsal go; the console when left out.</param>
    public static Task<int> Run(string[] args, TextWriter? to = null) => Make().Parse(args).InvokeAsync(new InvocationConfiguration
    {
        // The host listens to Ctrl+C itself and drains; the parser must not end the process before that.
        ProcessTerminationTimeout = null,
        Output = to ?? Console.Out,
        Error = to ?? Console.Error,
    });

    private static RootCommand Make()
    {
        Language.AcceptOnlyFromAmong("en", "zh");
        var command = new RootCommand("Orleans.Story: a live story server for a hall of phones and a big screen.")
        {
            Demo, Film, Port, Bind, Data, Origin, Seats, Minutes, Language, Model, ModelName, Reset,
        };
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Rehearse());
        command.Subcommands.Add(RetellCommand.Make(Model, ModelName));
        command.Subcommands.Add(DraftArguments.Make(Model, ModelName));
        command.Subcommands.Add(Health());
        command.SetAction((parsed, stop) => GatewayHost.Run(
            new GatewayOptions
            {
                Demo = parsed.GetValue(Demo),
                Film = parsed.GetValue(Film),
                Port = parsed.GetValue(Port),
                Bind = parsed.GetValue(Bind)!,
                Data = parsed.GetValue(Data)!,
                Origin = parsed.GetValue(Origin),
                Seats = parsed.GetValue(Seats),
                Minutes = parsed.GetValue(Minutes),
                Language = parsed.GetValue(Language)!,
                Model = parsed.GetValue(Model),
                ModelName = parsed.GetValue(ModelName),
                ResetPassword = parsed.GetValue(Reset),
            },
            stop));
        return command;
    }

    private static Command Health()
    {
        var port = Number("--port", 5080, "TCP port it listens on.", 1, 65_535);
        var command = HealthCommand.Make(parsed => $"http://127.0.0.1:{parsed.GetValue(port)}/readyz");
        command.Options.Add(port);
        return command;
    }

    private static Command Check()
    {
        var folders = new Argument<string[]>("folders") { Description = "Folders of films, for instance Films/last-ferry.", Arity = ArgumentArity.OneOrMore };
        var quick = new Option<bool>("--quick") { Description = "Tell it to 500 random audiences instead of 10,000." };
        var language = new Option<string>("--language") { Description = "Language of the report: en or zh.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var command = new Command("check", "Check films for their writers: problems, and how they are told to 10,200 audiences on paper.") { folders, quick, language };
        command.SetAction((parsed, stop) => FilmCheck.Run(parsed.GetValue(folders)!, parsed.GetValue(language)!, parsed.GetValue(quick), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static Command Rehearse()
    {
        var folder = new Argument<string>("folder") { Description = "Folder of the film." };
        var port = Number("--port", 5080, "TCP port to listen on.", 0, 65_535);
        var seats = Number("--seats", 30, "Simulated viewers.", 1, 5_000);
        var minutes = Number("--minutes", 12, "Running time.", 1, 180);
        var language = new Option<string>("--language") { Description = "Language of what is printed and told: en or zh.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var data = new Option<string>("--data") { Description = "Folder under which the rehearsal keeps what it writes until the next one.", DefaultValueFactory = _ => "./data" };
        var command = new Command("rehearse", "Play a film to a simulated hall and take every change its writer saves from the next beat on.") { folder, port, seats, minutes, language, data, Model, ModelName };
        command.SetAction(async (parsed, stop) =>
        {
            if (!await FilmCheck.IsFilm(parsed.GetValue(folder)!, parsed.GetValue(language)!, parsed.InvocationConfiguration.Output, stop)) return 1;
            return await GatewayHost.Run(
                new GatewayOptions
                {
                    Demo = true,
                    Rehearse = FilmCheck.Find(parsed.GetValue(folder)!),
                    Bind = "localhost",
                    Port = parsed.GetValue(port),
                    Seats = parsed.GetValue(seats),
                    Minutes = parsed.GetValue(minutes),
                    Language = parsed.GetValue(language)!,
                    Data = parsed.GetValue(data)!,
                    Model = parsed.GetValue(Model),
                    ModelName = parsed.GetValue(ModelName),
                },
                stop);
        });
        return command;
    }

    private static Option<int> Number(string name, int value, string description, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} ({least}-{most})", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && (given < least || given > most))
            {
                result.AddError($"{name} must be between {least} and {most}.");
            }
        });
        return option;
    }
}
