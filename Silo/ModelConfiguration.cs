using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Orleans.Story.Contracts;
using Orleans.Story.Inference.Models;
using Orleans.Story.Inference.Writers;

namespace Orleans.Story.Silo;

/// <summary>
/// <c>Story:Models</c>, a list of endpoints, and <c>Story:TokensPerShow</c>. A setting that cannot be meant refuses the start: a
/// show that silently goes without its model is found out in front of an audience.
/// </summary>
public static partial class ModelConfiguration
{
    private static readonly string[] Known = ["Name", "Url", "Model", "KeyVariable", "Order", "Weight", "Slots", "Context", "SilenceSeconds", "TokensPerShow", "Temperature"];

    /// <summary>The models that the settings name.</summary>
    /// <exception cref="HallRefusedException">A setting is missing, unknown or out of range.</exception>
    public static ModelOptions Read(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Story:Models").GetChildren().Select(Endpoint).ToList();
        if (endpoints.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new HallRefusedException(Text.Both(
                $"Two models of Story:Models are named '{twice.Key}'. Give each a Name of its own.",
                $"Story:Models 里有两个模型都叫“{twice.Key}”。请给每个模型各自的 Name。"));
        return new ModelOptions { Endpoints = endpoints, TokensPerShow = Whole(configuration.GetSection("Story"), "TokensPerShow", 0, 0, long.MaxValue) };
    }

    /// <summary>Who writes: the models, or the film's storylets where there are none.</summary>
    /// <param name="options">The models.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">For silence and rest.</param>
    /// <exception cref="HallRefusedException">A key's variable is not set.</exception>
    public static IBeatWriter Writer(ModelOptions options, Func<string, string?> environment, TimeProvider time) => options.Endpoints.Count == 0
        ? new StoryletWriter()
        : new ModelWriter(new Endpoints(options.Endpoints.Select(one => new Endpoint(one, Endpoints.Connect(one, Key(one, environment)), time))), time) { TokensPerShow = options.TokensPerShow };

    private static string? Key(ModelEndpoint endpoint, Func<string, string?> environment)
    {
        if (endpoint.KeyVariable is not { } variable) return null;
        return environment(variable) is { Length: > 0 } key
            ? key
            : throw new HallRefusedException(Text.Both(
                $"The environment variable {variable}, which should hold the key of model '{endpoint.Name}', is not set.",
                $"环境变量 {variable} 没有设置，模型“{endpoint.Name}”的密钥应当放在那里。"));
    }

    private static ModelEndpoint Endpoint(IConfigurationSection section)
    {
        foreach (var setting in section.GetChildren().Where(one => !Known.Contains(one.Key, StringComparer.OrdinalIgnoreCase)))
        {
            throw new HallRefusedException(setting.Key.Contains("key", StringComparison.OrdinalIgnoreCase)
                ? Text.Both(
                    $"{section.Path} has a setting '{setting.Key}'. A key never stands in the settings: put it into an environment variable, and that variable's name into KeyVariable.",
                    $"{section.Path} 里有设置项“{setting.Key}”。密钥绝不写在设置里：请放进环境变量，并把变量名写进 KeyVariable。")
                : Text.Both(
                    $"{section.Path} has a setting '{setting.Key}', which nobody reads. There are {string.Join(", ", Known)}.",
                    $"{section.Path} 里的设置项“{setting.Key}”没有人读。可用的有：{string.Join("、", Known)}。"));
        }

        var model = Required(section, "Model");
        var name = section["Name"] ?? Name(model);
        if (!Names().IsMatch(name)) throw new HallRefusedException(Text.Both(
                $"{section.Path}:Name is '{name}'; a name has 1 to 40 letters, digits, dots and hyphens.",
                $"{section.Path}:Name 是“{name}”；名称须为 1 到 40 个字母、数字、点和连字符。"));
        if (section["KeyVariable"] is { } variable && !Variables().IsMatch(variable))
            throw new HallRefusedException(Text.Both(
                $"{section.Path}:KeyVariable is no name of an environment variable. Write the variable's name there, never the key.",
                $"{section.Path}:KeyVariable 不是环境变量的名称。这里写变量名，绝不要写密钥本身。"));
        return new ModelEndpoint
        {
            Name = name,
            Url = Url(section),
            Model = model,
            KeyVariable = section["KeyVariable"],
            Order = (int)Whole(section, "Order", 0, 0, 99),
            Weight = Number(section, "Weight", 1, 0.01, 1000),
            Slots = (int)Whole(section, "Slots", 2, 1, 64),
            Context = (int)Whole(section, "Context", 8192, 4096, 2_000_000),
            SilenceSeconds = Number(section, "SilenceSeconds", 6, 0.5, 60),
            TokensPerShow = Whole(section, "TokensPerShow", 0, 0, long.MaxValue),
            Temperature = (float)Number(section, "Temperature", 0.8, 0, 2),
        };
    }

    private static Uri Url(IConfigurationSection section)
    {
        var text = Required(section, "Url");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0
            ? url
            : throw new HallRefusedException(Text.Both(
                $"{section.Path}:Url must be an http or https address without user, key or query, such as http://127.0.0.1:8080/v1.",
                $"{section.Path}:Url 必须是不带用户名、密钥和查询参数的 http 或 https 地址，例如 http://127.0.0.1:8080/v1。"));
    }

    private static string Required(IConfigurationSection section, string name) => section[name] is { Length: > 0 } text
        ? text
        : throw new HallRefusedException(Text.Both(
                $"{section.Path} has no {name}. A model needs a Url and a Model.",
                $"{section.Path} 缺少 {name}。一个模型需要 Url 和 Model。"));

    private static long Whole(IConfigurationSection section, string name, long otherwise, long least, long most) => section[name] is not { } text
        ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw OutOfRange(section, name, text, least.ToString(CultureInfo.InvariantCulture), most == long.MaxValue ? "" : most.ToString(CultureInfo.InvariantCulture));

    private static double Number(IConfigurationSection section, string name, double otherwise, double least, double most) => section[name] is not { } text
        ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw OutOfRange(section, name, text, least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));

    private static HallRefusedException OutOfRange(IConfigurationSection section, string name, string text, string least, string most) => new(Text.Both(
        $"{section.Path}:{name} is '{text}'; it must be a number {(most.Length == 0 ? $"of at least {least}" : $"from {least} to {most}")}.",
        $"{section.Path}:{name} 是“{text}”；它必须是{(most.Length == 0 ? $"不小于 {least} 的数" : $" {least} 到 {most} 之间的数")}。"));

    /// <summary>A model's name as a name of ours: <c>Qwen/Qwen3-8B:Q4</c> is <c>Qwen3-8B-Q4</c>.</summary>
    private static string Name(string model)
    {
        var name = Others().Replace(model[(model.LastIndexOf('/') + 1)..], "-").Trim('-');
        return name.Length is 0 or > 40 ? "model" : name;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex Names();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,99}$", RegexOptions.None, 1000)]
    private static partial Regex Variables();

    [GeneratedRegex("[^A-Za-z0-9.-]+", RegexOptions.None, 1000)]
    private static partial Regex Others();
}
